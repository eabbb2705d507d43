/** Schedules as Argo CD reads them, and what windows hold: the package's public part for whoever simulates or shows a sync. */
export { readSchedule } from "@fridayproof/components/core";
export { latestStart } from "./kit/cron";
export { type ProjectWindow, type SyncHold, syncHold, type WindowedApplication } from "./kit/sync-hold";
export { milliseconds } from "./kit/sync-window";
export { clockOf } from "./kit/window-time";
