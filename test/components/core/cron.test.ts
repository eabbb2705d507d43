/** Schedules allow the numbers that robfig/cron allows. */
import { describe, expect, it } from "vitest";
import { readSchedule, type Schedule } from "../../../components/core/cron";

const read = (text: string): Schedule => {
  const found = readSchedule(text);
  if ("schedule" in found) return found.schedule;
  throw new Error(found.expected);
};
const minutes = (text: string): readonly number[] => [...read(`${text} 0 * * *`)[0].allowed];

describe("a field of a schedule", () => {
  it.each([
    ["5", [5]],
    ["+5", [5]],
    ["3-6", [3, 4, 5, 6]],
    ["3-9/3", [3, 6, 9]],
    ["5/20", [5, 25, 45]],
    ["*/25", [0, 25, 50]],
    ["30,10,", [30, 10]],
  ])("%s allows these numbers", (text, numbers) => {
    expect(minutes(text)).toEqual(numbers);
  });

  it("says any with a star or a question mark of step one alone", () => {
    const isAny = (text: string): boolean => read(`${text} 0 * * *`)[0].any;
    expect(["*", "?", "*/1", "0,*"].map(isAny)).toEqual([true, true, true, true]);
    expect(["*/2", "0-59", "5"].map(isAny)).toEqual([false, false, false]);
  });

  it("has names for months and days of the week, in any case", () => {
    const [, , , month, weekday] = read("0 0 * jan,DEC mon-Fri");
    expect([...month.allowed]).toEqual([1, 12]);
    expect([...weekday.allowed]).toEqual([1, 2, 3, 4, 5]);
  });
});
