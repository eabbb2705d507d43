/** Requests are counted in the step that they were planned in; what has no good answer is lost. */
import { expect, test } from "vitest";
import type { Outcome } from "../../../tools/rehearsal/load/client";
import { table } from "../../../tools/rehearsal/table";
import { isLost, tallies } from "../../../tools/rehearsal/tally";

const outcome = (index: number, planned: number, more: Partial<Outcome> = {}): Outcome => ({
  index,
  planned,
  status: 200,
  milliseconds: 5,
  retried: false,
  headers: {},
  ...more,
});
const step = (name: string, begun: number) => ({ name, planned: true, begun, note: "" });

test("each request counts once, in its step; what came before the first step counts nowhere", () => {
  const outcomes = [
    outcome(0, 5),
    outcome(1, 10),
    outcome(2, 19, { status: 502, milliseconds: 900 }),
    outcome(3, 20, { status: 0, retried: true }),
    outcome(4, 90, { retried: true }),
  ];
  const logs = [{ client: "POST", outcomes, runs: new Map([[4, 2]]) }];
  const [first, second] = tallies([step("one", 10), step("two", 20)], logs);
  expect(first?.clients).toEqual({ POST: { sent: 2, lost: 1, retried: 0, twice: 0, latest: 900 } });
  expect(second?.clients).toEqual({ POST: { sent: 2, lost: 1, retried: 2, twice: 1, latest: 5 } });
});

test("a step without requests has no latest", () => {
  expect(tallies([step("one", 10)], [{ client: "GET", outcomes: [], runs: new Map() }])[0]?.clients["GET"]).toEqual({
    sent: 0,
    lost: 0,
    retried: 0,
    twice: 0,
    latest: 0,
  });
});

test("lost is what has no answer, or one from 400 on", () => {
  expect([0, 200, 201, 302, 399, 400, 401, 503].filter((status) => isLost({ status }))).toEqual([0, 400, 401, 503]);
});

test("a table's numbers stand to the right", () => {
  expect(
    table(
      ["step", "ms"],
      [
        ["switch", "7"],
        ["undo", "123"],
      ],
    ),
  ).toEqual(["step    ms", "------  ---", "switch    7", "undo    123"]);
});
