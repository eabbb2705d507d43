/** The report on a pull request, from plans of any number of environments: a comment, a page, JSON and SARIF. */
export { FACTS_FORMAT, factsOf, type PlanFacts, type RuleFinding } from "./facts";
export { htmlOf } from "./page";
export { commentMark, markdownOf } from "./markdown";
export { type EnvironmentReport, type Report, type ReportedChange, type ReportedPlan, reportOf } from "./report";
export type { Pair, PairReport } from "./pairs";
export { sarifOf } from "./sarif";
