/** Faults that make any version a bad one. */
import { expect, test, vi } from "vitest";
import { Faults, type FaultSettings } from "../../../apps/sample/faults";

const none: FaultSettings = { errors: 0, postErrors: 0, delayMs: 0, crashAfter: 0, leakBytes: 0 };
const crash = vi.fn((): never => {
  throw new Error("the process has ended");
});
const faults = (more: Partial<FaultSettings>) => new Faults({ ...none, ...more }, crash);

test("without any nothing happens", async () => {
  await expect(faults({}).before("POST")).resolves.toBeUndefined();
});

test("all requests may fail, or orders alone", async () => {
  await expect(faults({ errors: 1 }).before("GET")).rejects.toThrow("a fault that the rehearsal brought in");
  await expect(faults({ postErrors: 1 }).before("POST")).rejects.toThrow("a fault that the rehearsal brought in");
  await expect(faults({ postErrors: 1 }).before("GET")).resolves.toBeUndefined();
});

test("the process ends with the request after those that it serves", async () => {
  const two = faults({ crashAfter: 2 });
  await two.before("GET");
  await two.before("GET");
  await expect(two.before("GET")).rejects.toThrow("the process has ended");
});

test("each request takes longer, and keeps memory", async () => {
  const begun = performance.now();
  await faults({ delayMs: 30 }).before("GET");
  expect(performance.now() - begun).toBeGreaterThan(25);
  const before = process.memoryUsage().arrayBuffers;
  const leaking = faults({ leakBytes: 1_000_000 });
  for (let request = 0; request < 5; request++) await leaking.before("GET");
  expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(4_500_000);
  await leaking.before("GET");
});
