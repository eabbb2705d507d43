/** The laptop's gates: numbers of nginx's log, judged by the conditions that the cluster's templates have. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Answers, closedGate, failedGate, GateLog, gateOutcome } from "../../../tools/rehearsal/friday/gates";
import { fridayPicture } from "../../../tools/rehearsal/friday/picture";

const answers = (all: number, more: Partial<Answers> = {}): Answers => ({
  ...{ all, failed: 0, rejected: 0, milliseconds: [] },
  ...more,
});
const nobody = answers(0);
const against = (canary: Answers, stable = answers(1_000)) => failedGate({ canary, stable, past: stable }, false);
const outcome = (gate: string, canary: Answers, stable = nobody) => gateOutcome(gate, { canary, stable, past: stable });

test("a session bug fails the gate of rejections, and no gate on 5xx", () => {
  expect(against(answers(10, { rejected: 10 }))).toBe("rejection-ratio");
  expect(outcome("server-error-ratio", answers(10, { rejected: 10 }), answers(10))).toBe("success");
});

test("errors fail the gate of 5xx, a good version none", () => {
  expect(against(answers(100, { failed: 1 }))).toBe("server-error-ratio");
  expect(against(answers(1_000, { failed: 5 }))).toBeUndefined();
  expect(against(answers(1_000))).toBeUndefined();
});

test("rejections count above what the serving version has", () => {
  const usual = answers(1_000, { rejected: 100 });
  expect(against(answers(1_000, { rejected: 150 }), usual)).toBeUndefined();
  expect(against(answers(1_000, { rejected: 151 }), usual)).toBe("rejection-ratio");
  expect(against(answers(1_000, { rejected: 20 }))).toBeUndefined();
  expect(against(answers(1_000, { rejected: 21 }))).toBe("rejection-ratio");
});

test("nine requests are too few to judge by, and none are no number", () => {
  expect(against(answers(9, { rejected: 9 }))).toBeUndefined();
  expect(outcome("rejection-ratio", nobody)).toBe("inconclusive");
  expect(() => outcome("latency-p99", answers(1))).toThrow("the gate latency-p99 has no number on a laptop");
});

test("a step that ends with too few answers fails closed: a version that answers nothing fails no other gate", () => {
  const ended = (canary: Answers) => closedGate({ canary, stable: answers(1_000), past: answers(1_000) });
  expect([nobody, answers(9), answers(10)].map(ended)).toEqual(["request-volume", "request-volume", undefined]);
});

/** So many answers of one duration, and of another one. */
const took = (many: number, ms: number, more = 0, late = 0): Answers =>
  answers(many + more, { milliseconds: [...Array<number>(many).fill(ms), ...Array<number>(more).fill(late)] });

test("a p95 above twice the serving version's fails the gate of latency, twice does not", () => {
  expect(against(took(100, 121), took(1_000, 60))).toBe("latency-p95");
  expect(against(took(100, 120), took(1_000, 60))).toBeUndefined();
  expect(against(took(100, 121), took(940, 5, 60, 61))).toBeUndefined();
});

test("with few answers a p95 must be sure: of a hundred it is the 89th, of ten thousand the 9,435th", () => {
  expect(against(took(88, 60, 12, 900), took(1_000, 60))).toBe("latency-p95");
  expect(against(took(89, 60, 11, 900), took(1_000, 60))).toBeUndefined();
  expect(against(took(9_434, 60, 566, 900), took(1_000, 60))).toBe("latency-p95");
  expect(against(took(9_435, 60, 565, 900), took(1_000, 60))).toBeUndefined();
  // The serving version's is taken at its most: the 394th of four hundred, and the slowest of twenty.
  expect(against(took(100, 900), took(393, 60, 7, 900))).toBeUndefined();
  expect(against(took(100, 900), took(394, 60, 6, 900))).toBe("latency-p95");
  expect(against(took(20, 900), took(19, 60, 1, 900))).toBeUndefined();
});

test("below 50 ms a p95 counts as equal, and fewer than twenty answers have none", () => {
  expect(against(took(100, 100), took(1_000, 1))).toBeUndefined();
  expect(against(took(100, 101), took(1_000, 1))).toBe("latency-p95");
  expect(against(took(19, 900), took(1_000, 1))).toBeUndefined();
  expect(outcome("latency-p95", took(19, 900), took(1_000, 1))).toBe("inconclusive");
  expect(outcome("latency-p95", took(20, 900), took(19, 1))).toBe("inconclusive");
});

test("with all traffic shifted the latency is compared with the serving version's past", () => {
  const shifted = { canary: took(100, 900), stable: nobody, past: took(1_000, 1) };
  expect(failedGate(shifted, true)).toBe("latency-p95-history");
  expect(failedGate(shifted, false)).toBeUndefined();
  expect(failedGate({ ...shifted, past: took(1_000, 450) }, true)).toBeUndefined();
});

test("errors and rejections are named before a latency that comes with them", () => {
  expect(against({ ...took(100, 900), failed: 1 }, took(1_000, 1))).toBe("server-error-ratio");
  expect(against({ ...took(100, 900), rejected: 3 }, took(1_000, 1))).toBe("rejection-ratio");
});

/** A log in a folder of its own, and a line of it. */
function emptyLog() {
  const folder = mkdtempSync(path.join(tmpdir(), "gates-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "access.log");
  writeFileSync(file, "");
  const line = (colour: string, upstreamStatus: string, upstreamSeconds = "0.004", where = "/me") =>
    `${JSON.stringify({ at: 1, path: where, colour, upstreamStatus, upstreamSeconds })}\n`;
  return { file, line };
}

test("the log is read from where it was, by what the instance answered first, without probes and half lines", () => {
  const { file, line } = emptyLog();
  writeFileSync(file, line("green", "500"));
  const log = new GateLog(file);
  appendFileSync(file, line("green", "500, 200", "0.020, 0.001") + line("green", "302"));
  appendFileSync(file, line("green", "200", "0.001", "/login"));
  appendFileSync(file, line("blue", "403") + line("blue", "200").slice(0, 20));
  const { canary, stable } = log.read();
  expect(canary).toEqual({ all: 2, failed: 1, rejected: 1, milliseconds: [20, 4] });
  expect(stable).toEqual({ all: 1, failed: 0, rejected: 1, milliseconds: [4] });
  appendFileSync(file, line("blue", "200").slice(20));
  expect(log.read().stable).toEqual({ all: 2, failed: 0, rejected: 1, milliseconds: [4, 4] });
});

test("a request that no instance answered has no duration", () => {
  const { file, line } = emptyLog();
  const log = new GateLog(file);
  appendFileSync(file, line("green", "-", "-") + line("green", "", ""));
  expect(log.read().canary).toEqual({ all: 2, failed: 0, rejected: 0, milliseconds: [] });
});

test("a step begins with nothing, and the serving version keeps its past", () => {
  const { file, line } = emptyLog();
  const log = new GateLog(file);
  appendFileSync(file, line("blue", "200", "0.001") + line("green", "200"));
  log.nextStep();
  appendFileSync(file, line("blue", "200", "0.002"));
  const { canary, stable, past } = log.read();
  expect([canary.all, stable.milliseconds, past.milliseconds]).toEqual([0, [2], [1, 2]]);
});

test("the picture names the bug, and each way with its errors and slow answers", () => {
  const way = { name: "canary & more", verdict: "rejection-ratio", requests: {}, after: 10, users: 10 };
  const ways = [
    { ...way, errors: 20, slow: 3 },
    { ...way, name: "none", errors: 0, slow: 0 },
  ];
  const picture = fridayPicture({ name: "slow", what: "it takes < 1 s" }, ways, "MEASURED");
  expect(picture).toContain("delivered: slow</text>");
  expect(picture).toContain("it takes &lt; 1 s.</text>");
  expect(picture).toContain("canary &amp; more");
  expect(picture).toContain("20 errors, 10 users, 3 slow</text>");
  expect(picture).toContain("0 errors, 10 users</text>");
  expect(picture.match(/<rect [^>]*width="0.0"[^>]*fill="#1a7f37"/)).not.toBeNull();
});
