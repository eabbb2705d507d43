/** The laptop's gates: numbers of nginx's log, judged by the conditions that the cluster's templates have. */
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Answers, failedGate, GateLog, gateOutcome } from "../../../tools/rehearsal/friday/gates";
import { fridayPicture } from "../../../tools/rehearsal/friday/picture";

const answers = (all: number, more: Partial<Answers> = {}): Answers => ({ all, failed: 0, rejected: 0, ...more });
const against = (canary: Answers, stable = answers(1_000)) => failedGate({ canary, stable });

test("a session bug fails the gate of rejections, and no gate on 5xx", () => {
  expect(against(answers(10, { rejected: 10 }))).toBe("rejection-ratio");
  expect(gateOutcome("server-error-ratio", { canary: answers(10, { rejected: 10 }), stable: answers(10) })).toBe(
    "success",
  );
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
  expect(gateOutcome("rejection-ratio", { canary: answers(0), stable: answers(0) })).toBe("inconclusive");
  expect(() => gateOutcome("latency-p99", { canary: answers(1), stable: answers(1) })).toThrow(
    "the gate latency-p99 has no number on a laptop",
  );
});

test("the log is read from where it was, by what the instance answered first, without probes and half lines", () => {
  const folder = mkdtempSync(path.join(tmpdir(), "gates-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = path.join(folder, "access.log");
  const line = (colour: string, upstreamStatus: string, where = "/me") =>
    `${JSON.stringify({ at: 1, path: where, colour, upstreamStatus })}\n`;
  writeFileSync(file, line("green", "500"));
  const log = new GateLog(file);
  appendFileSync(file, line("green", "500, 200") + line("green", "302") + line("green", "200", "/login"));
  appendFileSync(file, line("blue", "403") + line("blue", "200").slice(0, 20));
  expect(log.read()).toEqual({
    canary: { all: 2, failed: 1, rejected: 1 },
    stable: { all: 1, failed: 0, rejected: 1 },
  });
  appendFileSync(file, line("blue", "200").slice(20));
  expect(log.read().stable).toEqual({ all: 2, failed: 0, rejected: 1 });
});

test("the picture names each way with its errors", () => {
  const way = { name: "canary & more", verdict: "rejection-ratio", requests: {}, errors: 20, after: 10, users: 10 };
  const picture = fridayPicture([way, { ...way, name: "none", errors: 0 }], "MEASURED");
  expect(picture).toContain("canary &amp; more");
  expect(picture).toContain("20 errors, 10 users");
  expect(picture.match(/<rect [^>]*width="0.0"[^>]*fill="#1a7f37"/)).not.toBeNull();
});
