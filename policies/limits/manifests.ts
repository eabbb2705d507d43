/** Bounds on files of manifests. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** How much of a text is read. */
export const manifestLimits = limits("2026-11-30", {
  nestedLevels: choice(400, "count", {
    source:
      "the parser goes down by calls, some 900 levels on Node's stack; near its end V8 aborts the process (seen at 4,000)",
    reason: "The process would end without a sentence; no object of Kubernetes has forty levels.",
  }),
});
