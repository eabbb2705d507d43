/** Numbers of a lost region. */
import { byDefault, choice, limits } from "@fridayproof/components/core/limits";

/** How long is waited for what does not respond, and how often what flaps fails. */
export const outageLimits = limits("2026-11-30", {
  callTimeout: byDefault(30, "seconds", {
    source: "https://github.com/aws/aws-sdk-go-v2/blob/main/aws/transport/http/client.go: DefaultDialConnectTimeout",
    reason:
      "One attempt of the real provider waits so long for a connection; after it come the retries (clusterLimits.apiRetries).",
  }),
  flapFailures: choice(0.9, "ratio", {
    source: "us-east-1 on 2025-10-20: most calls that launch instances failed for hours while some came through",
    reason: "With fewer failures a run often gets through at once, and nothing is rehearsed.",
  }),
});
