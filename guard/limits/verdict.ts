/** Numbers of the verdict on a plan. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** How much of a plan is read. */
export const verdictLimits = limits("2026-11-29", {
  planBytes: choice(256_000_000, "bytes", {
    source: "the largest public plans have some tens of MB; 100 MB were read within 1 GiB (docs/verdict.md)",
    reason: "A larger file could fill the memory of a pipeline's machine, which ends without a sentence.",
  }),
});
