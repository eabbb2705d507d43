/** A drill of the replica as data: scenarios, steps, times, and what is reported of them. */
export { type Loses, losesOf, type Outcome, type PairNames, type Scenario, scenarios } from "./scenarios";
export { type Action, type DrillStep, type Legs, stepsOf } from "./steps";
export { type Recoveries, type Store, storesOf } from "./stores";
export { type DrillReport, drillReport, type PreflightRow, type StepResult } from "./report";
export { drillMarkdown, drillText } from "./text";
export { drillPicture } from "./picture";
