/** What Argo CD refuses of a sync window: with one that it cannot read, no application of the project syncs any more. */
import { deliveryLimits } from "../../components/core/limits/delivery";

/** A window as a manifest has it; what is absent or not known yet is not judged. */
export interface SyncWindowText {
  readonly schedule?: string;
  readonly duration?: string;
  /** UTC when absent. */
  readonly timeZone?: string;
  readonly description?: string;
}

/** One thing that is wrong with a window. */
export interface SyncWindowFault {
  readonly field: keyof SyncWindowText;
  readonly got: string;
  readonly wanted: string;
  readonly fix: string;
}

/** A field of a cron schedule as robfig/cron's ParseStandard reads it: least and greatest number, names. */
interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names?: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Source: https://github.com/robfig/cron/blob/master/spec.go; 7 for Sunday is not among them. */
const FIELDS: readonly CronField[] = [
  { name: "minute", least: 0, most: 59 },
  { name: "hour", least: 0, most: 23 },
  { name: "day of month", least: 1, most: 31 },
  { name: "month", least: 1, most: 12, names: MONTHS },
  { name: "day of week", least: 0, most: 6, names: WEEKDAYS },
];
const DAY = 2;
const MONTH = 3;
const WEEKDAY = 4;
const DESCRIPTORS = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/;
/** 29 February counts: cron waits for it. */
const LEAP_YEAR = 2024;
/** Go's time.ParseDuration: it knows no days. */
const GO_DURATION = /^\+?((\d+(\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h))+$/;

/** The numbers that a field allows; undefined where it cannot be read. */
function allowedBy(text: string, { least, most, names = [] }: CronField): number[] | undefined {
  const numberOf = (word: string): number => {
    const at = names.indexOf(word.toLowerCase());
    return at >= 0 ? at + least : /^\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  const all: number[] = [];
  for (const part of text.split(",")) {
    const [range = "", step, ...more] = part.split("/");
    const [first = "", last, ...rest] = range.split("-");
    const isAny = range === "*" || range === "?";
    const from = isAny ? least : numberOf(first);
    const to = isAny || (last === undefined && step !== undefined) ? most : last === undefined ? from : numberOf(last);
    const by = step === undefined ? 1 : /^[1-9]\d*$/.test(step) ? Number(step) : Number.NaN;
    const fits = more.length + rest.length === 0 && from >= least && to <= most && from <= to && by >= 1;
    if (!fits) return undefined;
    for (let value = from; value <= to; value += by) all.push(value);
  }
  return all;
}

/** How many days a month has at most: the day before the first of the next. */
function daysIn(month: number): number {
  return new Date(Date.UTC(LEAP_YEAR, month, 0)).getUTCDate();
}

function scheduleFault(schedule: string): SyncWindowFault | undefined {
  const fault = (wanted: string): SyncWindowFault => {
    return { field: "schedule", got: schedule, wanted, fix: "write minute, hour, day of month, month and day of week" };
  };
  if (DESCRIPTORS.test(schedule)) return undefined;
  const words = schedule.trim().split(/\s+/);
  if (words.length !== FIELDS.length) return fault("a cron schedule of five fields");
  const allowed = FIELDS.map((field, index) => allowedBy(words[index] ?? "", field));
  const wrong = FIELDS.find((_, index) => allowed[index] === undefined);
  if (wrong !== undefined)
    return fault(`${wrong.name === "hour" ? "an" : "a"} ${wrong.name} from ${wrong.least} to ${wrong.most}`);
  const isAnyWeekday = /^[*?]/.test(words[WEEKDAY] ?? "");
  const exists = allowed[MONTH]?.some((month) => allowed[DAY]?.some((day) => day <= daysIn(month)));
  return isAnyWeekday && exists !== true ? fault("a day that some month has") : undefined;
}

function knowsZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

/** Everything that Argo CD refuses of a window (SyncWindow.Validate); empty when nothing. */
export function syncWindowFaults(window: SyncWindowText): SyncWindowFault[] {
  const { schedule, duration, timeZone = "", description = "" } = window;
  const faults: SyncWindowFault[] = [];
  const wrongSchedule = schedule === undefined ? undefined : scheduleFault(schedule);
  if (wrongSchedule !== undefined) faults.push(wrongSchedule);
  if (duration !== undefined && !(GO_DURATION.test(duration) && /[1-9]/.test(duration)))
    faults.push({
      field: "duration",
      got: duration,
      wanted: "a duration of Go, such as 48h or 1h30m",
      fix: "write days as hours",
    });
  if (timeZone !== "" && !knowsZone(timeZone))
    faults.push({
      field: "timeZone",
      got: timeZone,
      wanted: "an IANA time zone",
      fix: "use a name such as Europe/Berlin or UTC",
    });
  const most = deliveryLimits.freezeReasonAtMost.value;
  if (description.length > most)
    faults.push({
      field: "description",
      got: `${description.length} characters`,
      wanted: `at most ${most}`,
      fix: "say it in fewer words",
    });
  return faults;
}
