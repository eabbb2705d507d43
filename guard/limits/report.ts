/** Numbers of the report on a pull request. */
import { choice, hardLimit, limits } from "@fridayproof/components/core/limits";

/** How much a comment and a value may hold. */
export const reportLimits = limits("2026-11-30", {
  commentCharacters: hardLimit(65_536, "characters", {
    source: "https://docs.github.com/en/rest/issues/comments: body is too long (maximum is 65536 characters)",
    reason: "GitHub refuses a longer comment as a whole, so the pull request would have none.",
  }),
  valueCharacters: choice(160, "characters", {
    source: "two lines of a pull request's page; a policy document or a chart's values go to thousands",
    reason: "A longer value hides the one that matters; the whole value stands in the plan.",
  }),
  detailedChanges: choice(8, "count", {
    source: "the report is read in a minute: eight changes of some five lines",
    reason: "More in the open, and nobody reads to the end; the others are folded, none is left out.",
  }),
});
