/** Schedules as Argo CD reads them, and what windows hold: the package's public part for whoever simulates or shows a sync. */
export { readSchedule } from "@fridayproof/components/core";
export { latestStart } from "./kit/reading/cron";
export { type ProjectWindow, type SyncHold, syncHold, type WindowedApplication } from "./kit/argo-cd/sync-hold";
export { milliseconds } from "./kit/argo-cd/sync-window";
export { clockOf } from "./kit/argo-cd/window-clock";
