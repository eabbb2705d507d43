/** Public functions of this package to parse schedules as Argo CD does and to evaluate sync windows. */
export { readSchedule } from "@fridayproof/components/core";
export { latestStart } from "./kit/reading/cron";
export { type ProjectWindow, type SyncHold, syncHold, type WindowedApplication } from "./kit/argo-cd/sync-hold";
export { milliseconds } from "./kit/argo-cd/sync-window";
export { clockOf } from "./kit/argo-cd/window-clock";
