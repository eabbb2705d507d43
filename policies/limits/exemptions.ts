/** Numbers of exemptions from policies. */
import { limits } from "../../components/core/limits/limit";

const checked = "2026-11-29";

/** Rows of what an exemption may look like. */
export const exemptionLimits = limits({
  letters: {
    value: 3,
    unit: "characters",
    kind: "choice",
    source: "Our choice: the shortest run that still tells one workload's name from another's",
    checked,
    reason:
      "Letters or digits in a row that the name of an exemption with * keeps, so that it cannot cover a whole type",
  },
  words: {
    value: 3,
    unit: "count",
    kind: "choice",
    source: "Our choice: subject, verb and object",
    checked,
    reason: "Words that the reason of an exemption has at least",
  },
  life: {
    value: 366,
    unit: "days",
    kind: "choice",
    source: "Our choice: every exemption is decided anew once a year",
    checked,
    reason: "Days for which an exemption may hold at most, from today",
  },
});
