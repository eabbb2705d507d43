/** Each bug of `make friday` as a canary: which gate sees it, and what no gate on a laptop sees. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Bug, bugs } from "../../../tools/rehearsal/friday/bugs";
import { servingOld } from "../../../tools/rehearsal/friday/story";
import { canary, deliver, smoked, type Way } from "../../../tools/rehearsal/friday/ways";
import type { Rehearsal } from "../../../tools/rehearsal/rehearsal";
import { Testbed } from "../../../tools/rehearsal/testbed";

const MINUTES_MS = 180_000;
let testbed: Testbed;
let rehearsal: Rehearsal;

beforeAll(async () => {
  testbed = await Testbed.start();
  rehearsal = await servingOld(testbed);
});
afterAll(() => testbed.end());

const asCanary = (bug: Bug): Promise<Way> => deliver(rehearsal, "2-bad", bug, canary);
const atCanary = ({ requests }: Way): number => requests["2-bad"] ?? 0;

/** Requests of the five percent's eight seconds, and what a gate's look and the way back add. */
const FIRST_STEP = 150;

test.each([
  ["session", "rejection-ratio"],
  ["errors", "server-error-ratio"],
  ["post", "server-error-ratio"],
  ["slow", "latency-p95"],
  ["sluggish", "latency-p95"],
] as const)("%s is seen by %s at five percent", { timeout: MINUTES_MS }, async (name, gate) => {
  const way = await asCanary(bugs[name]);
  expect(way.verdict).toBe(gate);
  expect(atCanary(way)).toBeGreaterThan(0);
  expect(atCanary(way)).toBeLessThan(FIRST_STEP);
});

test(
  "a version that answers nothing fails closed, and the smoke test had seen it",
  { timeout: MINUTES_MS },
  async () => {
    expect((await smoked(rehearsal, "2-bad", bugs.hang)).verdict).toBe("refused by the smoke test: no answer in 10 s");
    const way = await asCanary(bugs.hang);
    expect(way).toMatchObject({ verdict: "request-volume", requests: { none: way.errors } });
    expect(way.errors).toBeGreaterThan(0);
    expect(way.errors).toBeLessThan(FIRST_STEP);
  },
);

test("processes that end are 502 at nginx, and seen as 5xx", { timeout: MINUTES_MS }, async () => {
  expect((await asCanary(bugs.crash)).verdict).toBe("server-error-ratio");
});

test("processes that end after the last step are seen by nobody but users", { timeout: MINUTES_MS }, async () => {
  const way = await asCanary(bugs["slow-crash"]);
  expect(way.verdict).toBe("100 %, every gate content; then a person");
  expect(way.errors).toBeGreaterThan(0);
});

test("a leak is in the memory and in no gate", { timeout: MINUTES_MS }, async () => {
  const way = await asCanary(bugs.leak);
  expect(way).toMatchObject({ verdict: "100 %, every gate content; then a person", errors: 0 });
  expect(Math.max(...(way.memory ?? []))).toBeGreaterThan(130);
});

test("a version that never gets ready is refused before a user meets it", { timeout: MINUTES_MS }, async () => {
  expect((await smoked(rehearsal, "2-bad", bugs.unready)).verdict).toBe("refused: not ready");
  const way = await asCanary(bugs.unready);
  expect(way).toMatchObject({ verdict: "refused: not ready", errors: 0, slow: 0 });
  expect(atCanary(way)).toBe(0);
});

test("a good version goes to 100 %", { timeout: MINUTES_MS }, async () => {
  const way = await deliver(
    rehearsal,
    "3-good",
    { what: "good", variables: { SESSION_READS: "1,2", SESSION_WRITES: "1" } },
    canary,
  );
  expect(way).toMatchObject({ verdict: "100 %, every gate content", errors: 0 });
});
