/** Schedules as Argo CD and Kubernetes read them: robfig/cron v3 with five fields and no words for whole schedules. */

/** One field: the numbers that it allows, and whether it says "any". */
interface CronSet {
  readonly allowed: ReadonlySet<number>;
  readonly any: boolean;
}

/** Minute, hour, day of month, month, day of week. */
export type Schedule = readonly [CronSet, CronSet, CronSet, CronSet, CronSet];

/** A field of a schedule: least and greatest number, names. */
interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
/** Source: https://github.com/robfig/cron/blob/master/spec.go; 7 for Sunday is not among them. */
const FIELDS: readonly CronField[] = [
  { name: "minute", least: 0, most: 59, names: [] },
  { name: "hour", least: 0, most: 23, names: [] },
  { name: "day of month", least: 1, most: 31, names: [] },
  { name: "month", least: 1, most: 12, names: MONTHS },
  { name: "day of week", least: 0, most: 6, names: WEEKDAYS },
];
/** 29 February counts: cron waits for it. */
const LEAP_YEAR = 2024;

/** A schedule, or what was expected instead; one that can be read and that no day meets is distinguished. */
type ParsedSchedule = { readonly schedule: Schedule } | { readonly expected: string; readonly never?: true };

/**
 * Reads a schedule. Argo CD's parser is made without descriptors, so `@daily` and `@every 1h` are errors to it; a zone
 * in front (`TZ=…`) it would take, and then add the window's own timeZone to it.
 * Source: argo-cd, pkg/apis/application/v1alpha1/types.go, SyncWindow.Validate; robfig/cron, parser.go.
 */
export function readSchedule(text: string): ParsedSchedule {
  const words = text.trim().split(/\s+/);
  if (/^(CRON_)?TZ=/.test(text)) return { expected: "five fields alone, and the zone in timeZone" };
  if (text.startsWith("@") || words.length !== FIELDS.length) return { expected: "a cron schedule of five fields" };
  const sets: CronSet[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const set = setOf(words[index] ?? "", field);
    const { name, least, most } = field;
    if (set === undefined) return { expected: `${name === "hour" ? "an" : "a"} ${name} from ${least} to ${most}` };
    sets.push(set);
  }
  const schedule = sets as unknown as Schedule;
  return meetsSomeDay(schedule) ? { schedule } : { expected: "a day that some month has", never: true };
}

/** The numbers that a field allows; undefined where it cannot be read. */
function setOf(text: string, { least, most, names }: CronField): CronSet | undefined {
  const numberOf = (word: string): number => {
    const at = names.indexOf(word.toLowerCase());
    return at >= 0 ? at + least : /^\+?\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  const allowed = new Set<number>();
  let any = false;
  for (const part of text.split(",").filter((one) => one !== "")) {
    const [range = "", step, ...more] = part.split("/");
    const [first = "", last, ...rest] = range.split("-");
    // Whatever follows a star is not looked at (getRange).
    const isAny = first === "*" || first === "?";
    const by = step === undefined ? 1 : /^\+?\d+$/.test(step) ? Number(step) : Number.NaN;
    const from = isAny ? least : numberOf(first);
    const to = isAny || (last === undefined && step !== undefined) ? most : last === undefined ? from : numberOf(last);
    const long = more.length > 0 || (!isAny && rest.length > 0);
    if (long || !(from >= least && to <= most && from <= to && by >= 1)) return undefined;
    any ||= isAny && by === 1;
    for (let value = from; value <= to; value += by) allowed.add(value);
  }
  return { allowed, any };
}

/** How many days a month has at most: the day before the first of the next. */
function daysIn(month: number): number {
  return new Date(Date.UTC(LEAP_YEAR, month, 0)).getUTCDate();
}

/** A schedule without such a day is worse than none: Argo CD takes "never" for a moment in the past, and the window for open. */
function meetsSomeDay([minute, hour, day, month, weekday]: Schedule): boolean {
  if ([minute, hour, month].some(({ allowed }) => allowed.size === 0)) return false;
  const date = [...month.allowed].some((one) => [...day.allowed].some((number) => number <= daysIn(one)));
  return day.any || weekday.any ? date && weekday.allowed.size > 0 : date || weekday.allowed.size > 0;
}
