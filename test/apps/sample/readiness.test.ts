/** Probes over HTTP against real servers: what is gone, and what is frozen, shows in readiness and never in liveness. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Instance, statusOf } from "../../../tools/rehearsal/processes/sample";
import { until } from "../../../tools/rehearsal/processes/wait";
import { startRedis } from "../../../tools/rehearsal/processes/redis";
import { World } from "../../../tools/rehearsal/world";
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
  let world: World;
  let instance: Instance;

  beforeAll(async () => {
    world = await World.start();
    instance = await world.instance({ CHECK_PERIOD_MS: String(PERIOD_MS) });
  });
  afterAll(() => world.end());

  const becomes = (wanted: number): Promise<void> =>
    until(`/ready answers ${wanted}`, async () => (await statusOf(`${instance.url}/ready`)) === wanted);

  test("that depends on a frozen database is not ready, lives, and is ready again when it thaws", async () => {
    world.postgres.program.freeze();
    await becomes(503);
    const { dependencies, degraded } = await readiness(instance);
    expect(dependencies.postgres.failures).toBeGreaterThanOrEqual(3);
    expect(dependencies.postgres.problem).toMatch(/timeout/i);
    expect(degraded).toBe(false);
    expect(await statusOf(`${instance.url}/live`)).toBe(200);
    world.postgres.program.thaw();
    await becomes(200);
  });

  test("without Redis, frozen or gone, is degraded, stays ready, and still takes orders", async () => {
    const login = await fetch(`${instance.url}/login?user=mara`, { method: "POST" });
    const cookie = login.headers.getSetCookie()[0]?.split(";")[0] ?? "";
    const order = async (): Promise<number> =>
      (await fetch(`${instance.url}/orders`, { method: "POST", body: "tea", headers: { cookie } })).status;
    const degradedIs = (wanted: boolean): Promise<void> =>
      until(`degraded is ${wanted}`, async () => (await readiness(instance)).degraded === wanted);
    world.redis.program.freeze();
    await degradedIs(true);
    expect(await statusOf(`${instance.url}/ready`)).toBe(200);
    expect(await order()).toBe(201);
    world.redis.program.thaw();
    await degradedIs(false);
    await world.redis.program.end();
    await degradedIs(true);
    expect(await statusOf(`${instance.url}/ready`)).toBe(200);
    expect(await order()).toBe(201);
    const back = await startRedis(world.folder, world.redis.port);
    world.add(back.program);
    await degradedIs(false);
  });

  test("asks in the background: a hundred probes are no more questions than none", async () => {
    world.prices.delayMs = 400;
    const before = world.prices.requests;
    await Promise.all(Array.from({ length: 100 }, () => statusOf(`${instance.url}/ready`)));
    expect(world.prices.requests - before).toBeLessThan(20);
    world.prices.delayMs = 0;
  });

  test("with an API that fails is degraded and answers without what it gives", async () => {
    world.prices.status = 503;
    await until("degraded", async () => (await readiness(instance)).degraded);
    const answer = await fetch(`${instance.url}/price?item=tea`);
    expect(await answer.json()).toEqual({ item: "tea", price: null });
    expect(await statusOf(`${instance.url}/ready`)).toBe(200);
    world.prices.status = 200;
  });

  test("whose disk is gone is not ready", async () => {
    const other = await world.startedInstance({ DISK_FOLDER: `${world.folder}/none`, CHECK_PERIOD_MS: "50" });
    await until("checked", async () => (await readiness(other)).dependencies.disk.failures > 0);
    expect(await statusOf(`${other.url}/ready`)).toBe(503);
    expect((await readiness(other)).dependencies.disk.problem).toContain("ENOENT");
    await other.program.end();
  });

  test("whose database is gone for good is not ready, lives, and can still be ended in order", async () => {
    await world.postgres.program.end();
    await becomes(503);
    expect(await statusOf(`${instance.url}/live`)).toBe(200);
    expect(await instance.program.end()).toBe(0);
  });
});
