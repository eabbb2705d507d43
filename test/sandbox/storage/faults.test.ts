/** A run that dies at any of its writes leaves a readable state, and the next run completes it without losing or repeating a thing. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { openAccount } from "../../../sandbox/cloud/account/account-file";
import { runStack } from "../../../sandbox/run";
import { StateFile } from "../../../sandbox/state/state-file";
import { JournaledFile } from "../../../sandbox/storage/journaled-file";
import { smallProgram, type SmallProgram } from "../../support/small-program";

/** A work folder whose stack has an empty state: its salt is the same for all copies, so that its key is derived once. */
let template: string;
let work: string;

const up = (program: SmallProgram, folder = work) =>
  runStack({
    operation: "update",
    stack: "dev",
    project: "small",
    config: {},
    work: folder,
    program: smallProgram(program),
  });
const destroy = (folder = work) =>
  runStack({
    operation: "destroy",
    stack: "dev",
    project: "small",
    config: {},
    work: folder,
    program: () => undefined,
  });

/** URNs and ids of the state, and what the account holds beyond its seed. */
async function contents(folder: string): Promise<{ state: string[]; account: string[] }> {
  const { snapshot } = await StateFile.open(folder, "dev", "sandbox");
  const managed = snapshot
    .list()
    .filter((row) => row.custom && !row.type.startsWith("pulumi:") && !row.type.startsWith("random:"));
  const { account } = openAccount(folder, () => []);
  const made = account.all().filter((object) => object.urn !== "");
  return {
    state: managed.map((row) => `${row.urn.split("::").at(-1)} ${row.id}`).sort(),
    account: made.map((object) => `${object.urn.split("::").at(-1)} ${object.id}`).sort(),
  };
}

/** From its nth write on, nothing reaches the disk any more: what a kill looks like from there. */
function dieAtWrite(n: number): { writes: () => number } {
  let writes = 0;
  for (const method of ["append", "replace"] as const) {
    const original = JournaledFile.prototype[method] as (this: unknown, value: unknown) => void;
    vi.spyOn(JournaledFile.prototype, method).mockImplementation(function (this: unknown, value: unknown) {
      writes++;
      if (writes >= n) throw new Error("killed");
      original.call(this, value);
    });
  }
  return { writes: () => writes };
}

async function countWrites(action: () => Promise<unknown>): Promise<number> {
  const spy = dieAtWrite(Number.POSITIVE_INFINITY);
  await action();
  vi.restoreAllMocks();
  return spy.writes();
}

beforeAll(async () => {
  template = fs.mkdtempSync(path.join(os.tmpdir(), "faults-"));
  await up({ subnets: 0 }, template);
  await destroy(template);
});

beforeEach(() => {
  work = fs.mkdtempSync(path.join(os.tmpdir(), "faults-"));
  fs.cpSync(template, work, { recursive: true });
});

afterEach(() => {
  vi.restoreAllMocks();
  fs.rmSync(work, { recursive: true, force: true });
});

async function dieEverywhere(prepare: () => Promise<unknown>, action: () => Promise<unknown>): Promise<void> {
  await prepare();
  const start = `${work}-start`;
  fs.cpSync(work, start, { recursive: true });
  const total = await countWrites(action);
  const expected = await contents(work);
  expect(total).toBeGreaterThan(5);
  for (let n = 1; n <= total; n++) {
    fs.rmSync(work, { recursive: true });
    fs.cpSync(start, work, { recursive: true });
    dieAtWrite(n);
    await action().catch(() => undefined);
    vi.restoreAllMocks();
    await contents(work);
    await action();
    const found = await contents(work);
    expect(found.state.length, `state after dying at write ${n} of ${total}`).toBe(expected.state.length);
    expect(found.account, `account after dying at write ${n} of ${total}`).toEqual(found.state);
  }
  fs.rmSync(start, { recursive: true });
}

it("survives a death at every write of a first up", async () => {
  await dieEverywhere(
    async () => undefined,
    () => up({ subnets: 2 }),
  );
});

it("survives a death at every write of a replacement with everything inside it", async () => {
  await dieEverywhere(
    () => up({ subnets: 2 }),
    () => up({ subnets: 2, cidr: "10.8.0.0/16" }),
  );
});

it("survives a death at every write of an up that removes resources", async () => {
  await dieEverywhere(
    () => up({ subnets: 3 }),
    () => up({ subnets: 1 }),
  );
});

it("survives a death at every write of a destroy", async () => {
  await dieEverywhere(
    () => up({ subnets: 2 }),
    () => destroy(),
  );
});

it("opens the secrets of a first up that died on an empty folder", async () => {
  fs.rmSync(work, { recursive: true });
  const { writes } = dieAtWrite(Number.POSITIVE_INFINITY);
  await up({ subnets: 1 });
  vi.restoreAllMocks();
  fs.rmSync(work, { recursive: true });
  // The last writes replace account and state: before them everything stands in journals alone.
  dieAtWrite(writes() - 1);
  await up({ subnets: 1 }).catch(() => undefined);
  vi.restoreAllMocks();
  const half = await contents(work);
  expect(half.state).toHaveLength(3);
  await up({ subnets: 1 });
  expect(await contents(work)).toEqual(half);
});
