/** Schedules as Argo CD reads them, for whoever asks whether a sync window is open: the package's public part about them. */
export { latestStart, readSchedule } from "./kit/cron";
export { milliseconds } from "./kit/sync-window";
