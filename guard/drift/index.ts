/** What others changed since the last update, without what controllers change in their own right. */
export { churnRows } from "./churn";
export { foundIn } from "./document";
export { type DriftReport, driftReport, type Found, type Planned, type Trail, type Writer } from "./drift";
export { cloudTrail } from "./cloud-trail";
export { driftText } from "./text";
