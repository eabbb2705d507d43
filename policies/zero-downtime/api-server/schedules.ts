/** What the API server has against a CronJob's schedule. Source: pkg/apis/batch/validation, validateScheduleFormat. */
import { readSchedule } from "@fridayproof/components/core";
import { isDescriptor } from "../../kit/reading/cron";
import { type Violation } from "../../kit/finding/finding";
import { isTimeZone } from "../../kit/argo-cd/sync-window";
import { example, fix, remove, set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";

const nightly = "0 3 * * *";

/** Violations of the schedule; one that no day meets is accepted by the API server, and reported by config-rolls. */
export function* scheduleViolations(cronJob: Resource): Iterable<Violation> {
  const field = cronJob.at("spec", "schedule");
  const text = field.text();
  if (text === undefined) return;
  const zoned = /^\s*(CRON_)?TZ=/.test(text);
  const read = isDescriptor(text) ? undefined : readSchedule(text);
  if (zoned)
    yield {
      at: field.path,
      got: "a time zone in the schedule",
      expected: "the zone in timeZone: the API refuses it here",
      fix: fix`${set(field, nightly)} and ${set(cronJob.at("spec", "timeZone"), "Etc/UTC")}, with its own time and zone`,
    };
  else if (read !== undefined && "expected" in read && !read.never)
    yield {
      at: field.path,
      got: "a schedule that the API refuses",
      expected: read.expected,
      fix: example(set(field, nightly), "the time that is meant"),
    };
  const zone = cronJob.at("spec", "timeZone");
  if (zone.isSet() && !isTimeZone(zone.textOrEmpty()))
    yield {
      at: zone.path,
      got: "no time zone",
      expected: "a name such as Europe/Berlin: the API refuses others",
      fix: fix`${remove(zone)}, which means UTC on EKS`,
    };
}
