/** The verdict on a plan of Pulumi or Terraform: its effects on traffic and data, from a table of facts with sources. */
export { type Acceptance, readAcceptances } from "./acceptances";
export type { Declaration, Note, Operation, Order, Plan, Resource, Tool } from "./plans/change";
export { type Evidence, type Verdict, verdicts } from "./effects/row";
export { exitCodeOf } from "./exit-code";
export type { ChangeVerdict, Finding } from "./change/finding";
export { PlanError } from "./plans/plan-error";
export { readPlan } from "./plans/read";
export { asUtf8 } from "./plans/utf8";
export { type PlanVerdict, verdictOn } from "./verdict";
