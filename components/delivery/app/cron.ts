/** Schedules of jobs as Kubernetes reads them: five fields, or a word for a whole schedule. */
import { readSchedule } from "../../core/cron";

/** Numbers, ranges and steps as the documentation of Kubernetes writes them: cron also takes signs and question marks. */
const PART = String.raw`(\*|\w+(-\w+)?)(/[1-9]\d*)?`;
const FIELDS = new RegExp(String.raw`^\s*${PART}((,|\s+)${PART})*\s*$`);

/** Whether Kubernetes can read a schedule, and some day meets it: a job of 30 February never runs, and nothing reports it. */
export function isCron(schedule: string): boolean {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule)) return true;
  return FIELDS.test(schedule) && "schedule" in readSchedule(schedule);
}
