/** Numbers of the comparison of two states. */
import { choice, limits } from "@fridayproof/components/core/limits";

/** How much is read and shown. */
export const parityLimits = limits("2026-11-30", {
  stateBytes: choice(256_000_000, "bytes", {
    source: "a state of 3,000 resources has 16 MB; both states are in memory at once",
    reason: "A larger file could fill the memory of a pipeline's machine, which ends without a sentence.",
  }),
  valueCharacters: choice(120, "characters", {
    source: "a line of a terminal; a policy document or a chart's values go to thousands",
    reason: "A longer value hides where the two differ; the path names the whole one.",
  }),
  shownDifferences: choice(200, "count", {
    source: "more than a person reads; `--json` has all of them",
    reason: "Two states of different programs differ in thousands of places, and the first ones show it.",
  }),
});
