/** Schedules of jobs as Kubernetes reads them: five fields, or a word for a whole schedule. */

const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const WEEKDAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

/** Minute, hour, day of month, month, day of week: least and greatest number, and words for numbers. */
const FIELDS = [
  { least: 0, most: 59, words: [] },
  { least: 0, most: 23, words: [] },
  { least: 1, most: 31, words: [] },
  { least: 1, most: 12, words: MONTHS },
  { least: 0, most: 6, words: WEEKDAYS },
] as const;

/** 29 February counts: the controller waits for it. */
const LEAP_YEAR = 2024;

/** The numbers that a field allows; undefined where Kubernetes cannot read it. */
function numbersOf(text: string, { least, most, words }: (typeof FIELDS)[number]): readonly number[] | undefined {
  const numberOf = (word: string): number => {
    const at = (words as readonly string[]).indexOf(word.toLowerCase());
    return at >= 0 ? at + least : /^\d+$/.test(word) ? Number(word) : Number.NaN;
  };
  const numbers: number[] = [];
  for (const part of text.split(",")) {
    const [, range = "", step] = /^([^/]+)(?:\/([1-9]\d*))?$/.exec(part) ?? [];
    const [first = "", last, ...rest] = range.split("-");
    const from = first === "*" ? least : numberOf(first);
    const to = last === undefined ? (first === "*" || step !== undefined ? most : from) : numberOf(last);
    if (rest.length > 0 || (first === "*" && last !== undefined)) return undefined;
    if (!(from >= least && to <= most && from <= to)) return undefined;
    for (let number = from; number <= to; number += Number(step ?? 1)) numbers.push(number);
  }
  return numbers;
}

const daysIn = (month: number): number => new Date(Date.UTC(LEAP_YEAR, month, 0)).getUTCDate();

/** Whether Kubernetes can read a schedule, and some day meets it: a job of 30 February never runs, without a word. */
export function isCron(schedule: string): boolean {
  if (/^@(yearly|annually|monthly|weekly|daily|midnight|hourly)$/.test(schedule)) return true;
  const fields = schedule.trim().split(/\s+/);
  if (fields.length !== FIELDS.length) return false;
  const numbers = FIELDS.map((field, index) => numbersOf(fields[index] ?? "", field));
  if (numbers.includes(undefined)) return false;
  const [, , days = [], months = []] = numbers;
  // With a day of the week beside it, one of the two days is enough.
  const byWeekday = !/^\*(\/1)?$/.test(fields.at(-1) ?? "");
  return byWeekday || months.some((month) => days.some((day) => day <= daysIn(month)));
}
