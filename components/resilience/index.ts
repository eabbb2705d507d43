/** Disruption budgets that can be drained. */
export { DisruptionBudget, type DisruptionBudgetArgs } from "./disruption-budget";
export { drainProblems, type GuardedWorkload } from "../core/drain";
