/** Probes over HTTP against real servers: what is gone, and what is frozen, shows in readiness and never in liveness. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Instance, logIn, statusOf } from "../../../tools/rehearsal/processes/sample";
import { until } from "../../../tools/rehearsal/processes/wait";
import { startRedis } from "../../../tools/rehearsal/processes/redis";
import { Testbed } from "../../../tools/rehearsal/testbed";
import { missingPrograms } from "../../../tools/setup/debian-tools.cjs";
import type { HealthByName } from "../../../apps/sample/dependencies/health";

interface Ready {
  readonly ready: boolean;
  readonly degraded: boolean;
  readonly dependencies: HealthByName;
}

const PERIOD_MS = 100;

async function readiness({ url }: Instance): Promise<Ready> {
  return (await (await fetch(`${url}/ready`)).json()) as Ready;
}

describe.skipIf(missingPrograms().length > 0)("an instance", () => {
  let testbed: Testbed;
  let instance: Instance;

  beforeAll(async () => {
    testbed = await Testbed.start();
    instance = await testbed.instance({ CHECK_PERIOD_MS: String(PERIOD_MS) });
  });
  afterAll(() => testbed.end());

  const becomes = (wanted: number): Promise<void> =>
    until(`/ready answers ${wanted}`, async () => (await statusOf(`${instance.url}/ready`)) === wanted);

  test("that depends on a frozen database is not ready, lives, and is ready again when it thaws", async () => {
    testbed.postgres.program.freeze();
    await becomes(503);
    const { dependencies, degraded } = await readiness(instance);
    expect(dependencies.postgres.failures).toBeGreaterThanOrEqual(3);
    expect(dependencies.postgres.problem).toMatch(/timeout/i);
    expect(degraded).toBe(false);
    expect(await statusOf(`${instance.url}/live`)).toBe(200);
    testbed.postgres.program.thaw();
    await becomes(200);
  });

  test("without Redis, frozen or gone, is degraded, stays ready, and still takes orders", async () => {
    const cookie = (await logIn(instance.url, "mara")) ?? "";
    const order = async (): Promise<number> =>
      (await fetch(`${instance.url}/orders`, { method: "POST", body: "tea", headers: { cookie } })).status;
    const degradedIs = (wanted: boolean): Promise<void> =>
      until(`degraded is ${wanted}`, async () => (await readiness(instance)).degraded === wanted);
    testbed.redis.program.freeze();
    await degradedIs(true);
    expect(await statusOf(`${instance.url}/ready`)).toBe(200);
    expect(await order()).toBe(201);
    testbed.redis.program.thaw();
    await degradedIs(false);
    await testbed.redis.program.end();
    await degradedIs(true);
    expect(await statusOf(`${instance.url}/ready`)).toBe(200);
    expect(await order()).toBe(201);
    const back = await startRedis(testbed.folder, testbed.redis.port);
    testbed.add(back.program);
    await degradedIs(false);
  });

  test("asks in the background: a hundred probes are no more questions than none", async () => {
    testbed.prices.delayMs = 400;
    const before = testbed.prices.requests;
    await Promise.all(Array.from({ length: 100 }, () => statusOf(`${instance.url}/ready`)));
    expect(testbed.prices.requests - before).toBeLessThan(20);
    testbed.prices.delayMs = 0;
  });

  test("with an API that fails is degraded and answers without what it gives", async () => {
    testbed.prices.status = 503;
    await until("degraded", async () => (await readiness(instance)).degraded);
    const answer = await fetch(`${instance.url}/price?item=tea`);
    expect(await answer.json()).toEqual({ item: "tea", price: null });
    expect(await statusOf(`${instance.url}/ready`)).toBe(200);
    testbed.prices.status = 200;
  });

  test("whose disk is gone is not ready", async () => {
    const other = await testbed.startedInstance({ DISK_FOLDER: `${testbed.folder}/none`, CHECK_PERIOD_MS: "50" });
    await until("checked", async () => (await readiness(other)).dependencies.disk.failures > 0);
    expect(await statusOf(`${other.url}/ready`)).toBe(503);
    expect((await readiness(other)).dependencies.disk.problem).toContain("ENOENT");
    await other.program.end();
  });

  test("whose database is gone for good is not ready, lives, and can still be ended in order", async () => {
    await testbed.postgres.program.end();
    await becomes(503);
    expect(await statusOf(`${instance.url}/live`)).toBe(200);
    expect(await instance.program.end()).toBe(0);
  });
});
