/** How long a plan or a state would take to be made on AWS, simulated: the package's public part about it. */
export type { Percentiles } from "./draws";
export { type PlanTime, planTimeOf } from "./plan-time";
export { readTimed, type Timed, timedState } from "./read";
export { type ScaleTime, scaleTimeOf } from "./scale-time";
export { scaleText } from "./scale-text";
export { timelinePicture } from "./picture";
export { timelineText } from "./text";
export { type Timeline, timelineOf, type TimelineRow } from "./timeline";
export { TimelineError } from "./timeline-error";
