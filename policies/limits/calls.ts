/** Bounds of how the gateway calls services that only policy rules need. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const callLimits = limits("2026-11-29", {
  retriesAtMost: choice(3, "count", {
    source: "Our choice: one more than Istio makes when nothing is said (2); four requests in place of one",
    reason: "Times that a request which reached a pod is sent again; each adds to the load under which it failed",
  }),
  atOnceAtLeast: choice(10, "count", {
    source: "Our choice: what a browser opens to two pages at once; Istio has no bound when nothing is said",
    reason: "Connections, waiting requests or open requests that a caller must have room for",
  }),
});
