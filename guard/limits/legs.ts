/** Numbers about changes of two legs of a failover pair. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** How far apart the changes of both legs are. */
export const legLimits = limits("2026-11-30", {
  window: choice(12, "hours", {
    source:
      "Amazon Builders' Library, Automating safe, hands-off deployments: twelve hours after the first wave of regions",
    reason:
      "What is wrong with a machine image, an add-on or a chart shows within hours: a leg that has it too is no way out (Datadog, 2023-03-08).",
  }),
});
