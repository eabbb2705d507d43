/** Problems of a sync window, as Argo CD validates it: with an invalid one no application of the project is synchronized any more. */
import { readSchedule } from "@fridayproof/components/core";
import { deliveryLimits } from "@fridayproof/components/core/limits";
import { secondsPer } from "../reading/amount";
import { goSeconds } from "../reading/go-duration";

/** A window as a manifest states it. */
export interface SyncWindowText {
  readonly kind?: string;
  readonly schedule?: string;
  readonly duration?: string;
  /** UTC when absent. */
  readonly timeZone?: string;
  readonly description?: string;
}

/** One problem of a window. */
export interface SyncWindowProblem {
  readonly field: keyof SyncWindowText;
  readonly got: string;
  readonly expected: string;
  readonly fix: string;
  /** The value that was probably meant, where there is one. */
  readonly meant?: string;
}

function scheduleProblem(schedule: string): SyncWindowProblem | undefined {
  const read = readSchedule(schedule);
  if ("schedule" in read) return undefined;
  const fix = "write minute, hour, day of month, month and day of week";
  return { field: "schedule", got: schedule, expected: read.expected, fix };
}

/** Go opens the zone's file by its name: case matters, and an offset is no name. */
export function isTimeZone(timeZone: string): boolean {
  if (!/^[A-Z]/.test(timeZone)) return false;
  try {
    const known = new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
    return known === timeZone || known.toLowerCase() !== timeZone.toLowerCase();
  } catch {
    return false;
  }
}

/** The word that is written in capitals. */
function inLowerCase(kind: string): Pick<SyncWindowProblem, "meant"> {
  const meant = kind.trim().toLowerCase();
  return meant === "allow" || meant === "deny" ? { meant } : {};
}

/** The zone of which the name is another spelling. */
function inItsCase(timeZone: string): Pick<SyncWindowProblem, "meant"> {
  const meant = Intl.supportedValuesOf("timeZone").find((zone) => zone.toLowerCase() === timeZone.toLowerCase());
  return meant === undefined ? {} : { meant };
}

/** Hours of a duration in days, a unit that Go does not have. */
function inHours(duration: string): Pick<SyncWindowProblem, "meant"> {
  const [, days] = /^(\d{1,3}) ?d(ays?)?$/.exec(duration.trim()) ?? [];
  return days === undefined ? {} : { meant: `${(Number(days) * secondsPer.d) / secondsPer.h}h` };
}

const MILLISECONDS = 1_000;

/** Milliseconds of a duration of Go; undefined where it is no duration, or a negative one. */
export function milliseconds(duration: string): number {
  return Math.max(0, (goSeconds(duration) ?? 0) * MILLISECONDS);
}

/** Every error of SyncWindow.Validate in Argo CD, and a zone that Argo CD takes for UTC without an error. */
export function syncWindowProblems(window: SyncWindowText): SyncWindowProblem[] {
  const { kind = "", schedule = "", duration = "", timeZone = "", description = "" } = window;
  const problems: SyncWindowProblem[] = [];
  if (kind !== "allow" && kind !== "deny")
    problems.push({
      field: "kind",
      got: kind,
      expected: "allow or deny",
      fix: "write one of the two",
      ...inLowerCase(kind),
    });
  const wrongSchedule = scheduleProblem(schedule);
  if (wrongSchedule !== undefined) problems.push(wrongSchedule);
  if (!(milliseconds(duration) > 0))
    problems.push({
      field: "duration",
      got: duration,
      expected: "a duration of Go, such as 48h or 1h30m",
      fix: duration === "" ? "state how long it lasts, such as 48h" : "write days as hours",
      ...inHours(duration),
    });
  if (timeZone !== "" && !isTimeZone(timeZone))
    problems.push({
      field: "timeZone",
      got: timeZone,
      expected: "an IANA time zone",
      fix: "use a name such as Europe/Berlin or UTC",
      ...inItsCase(timeZone),
    });
  const most = deliveryLimits.freezeReasonAtMost.value;
  if (description.length > most)
    problems.push({
      field: "description",
      got: `${description.length} characters`,
      expected: `at most ${most}`,
      fix: "shorten the description",
    });
  return problems;
}
