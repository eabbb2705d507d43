/** Random values: their forms, that they repeat, and what the package refuses. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomPackage } from "../../../../sandbox/cloud/random/package";
import type { CreateResult } from "../../../../sandbox/protocol/provider";
import { UNKNOWN, type PropertyMap } from "../../../../sandbox/property/values";

const provider = randomPackage().configure({});

function identity(type: string, name = "a") {
  const token = `random:index/${type.charAt(0).toLowerCase()}${type.slice(1)}:${type}`;
  return { urn: `urn:pulumi:dev::p::${token}::${name}`, type: token, name };
}

async function make(type: string, news: PropertyMap, name?: string): Promise<CreateResult> {
  const { inputs, failures } = await provider.check(identity(type, name), {}, news, new Uint8Array(32));
  expect(failures).toEqual([]);
  return provider.create(identity(type, name), inputs, false);
}

describe("random values", () => {
  it("repeat between runs, differ between resources and with every input", async () => {
    const first = await make("RandomId", { byteLength: 4 });
    expect(await make("RandomId", { byteLength: 4 })).toEqual(first);
    expect((await make("RandomId", { byteLength: 4 }, "b")).id).not.toBe(first.id);
    expect((await make("RandomId", { byteLength: 4, keepers: { k: "1" } })).id).not.toBe(first.id);
  });

  it("spell an id in four ways, with the prefix before each", async () => {
    const { id, outputs } = await make("RandomId", { byteLength: 6, prefix: "p-" });
    const bytes = Buffer.from(id, "base64url");
    expect(bytes).toHaveLength(6);
    expect(outputs).toEqual({
      byteLength: 6,
      prefix: "p-",
      hex: `p-${bytes.toString("hex")}`,
      dec: `p-${BigInt(`0x${bytes.toString("hex")}`)}`,
      b64Std: `p-${bytes.toString("base64")}`,
      b64Url: `p-${id}`,
    });
  });

  it("keep length, classes and minima of every string", async () => {
    const minima = fc.record({
      minLower: fc.nat(3),
      minUpper: fc.nat(3),
      minNumeric: fc.nat(3),
      minSpecial: fc.nat(3),
    });
    await fc.assert(
      fc.asyncProperty(
        minima,
        fc.integer({ min: 12, max: 40 }),
        fc.string({ minLength: 1 }),
        async (least, length, name) => {
          const { id, outputs } = await make("RandomString", { ...least, length, overrideSpecial: "_%" }, name);
          expect(outputs.result).toBe(id);
          expect(id).toMatch(/^[a-zA-Z0-9_%]*$/);
          expect(id).toHaveLength(length);
          const count = (form: RegExp): number => id.match(form)?.length ?? 0;
          expect(count(/[a-z]/g)).toBeGreaterThanOrEqual(least.minLower);
          expect(count(/[A-Z]/g)).toBeGreaterThanOrEqual(least.minUpper);
          expect(count(/[0-9]/g)).toBeGreaterThanOrEqual(least.minNumeric);
          expect(count(/[_%]/g)).toBeGreaterThanOrEqual(least.minSpecial);
        },
      ),
    );
  });

  it("give passwords the id none, a result and something shaped like a bcrypt hash", async () => {
    const { id, outputs } = await make("RandomPassword", { length: 20, special: false });
    expect(id).toBe("none");
    expect(outputs.result).toMatch(/^[a-zA-Z0-9]{20}$/);
    expect(outputs.bcryptHash).toMatch(/^\$2a\$10\$[./A-Za-z0-9]{53}$/);
  });

  it("make pets and uuids", async () => {
    expect((await make("RandomPet", { prefix: "my" })).id).toMatch(/^my-[a-z]+-[a-z]+$/);
    expect((await make("RandomUuid", {})).id).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });

  it("are unknown in a preview", async () => {
    const { inputs } = await provider.check(identity("RandomPassword"), {}, { length: 20 }, new Uint8Array(32));
    const { id, outputs } = await provider.create(identity("RandomPassword"), inputs, true);
    expect([id, outputs.result, outputs.bcryptHash, outputs.length]).toEqual(["", UNKNOWN, UNKNOWN, 20]);
  });
});

describe("changes of random resources", () => {
  it("replace, whatever the input, and reads tell what is known", async () => {
    const old = { id: "x", inputs: { byteLength: 4, keepers: { k: "1" } }, outputs: {} };
    expect(await provider.diff(identity("RandomId"), old, { byteLength: 4, keepers: { k: "2" } })).toEqual({
      changes: true,
      diffs: ["keepers"],
      replaces: ["keepers"],
      detailed: { "keepers.k": "update-replace" },
      deleteBeforeReplace: false,
    });
    expect(await provider.diff(identity("RandomId"), old, old.inputs)).toMatchObject({ changes: false });
    expect(await provider.read(identity("RandomId"), "x", old)).toMatchObject({ id: "x", inputs: old.inputs });
  });
});

describe("refusals of the random package", () => {
  const failures = async (type: string, news: PropertyMap) =>
    (await provider.check(identity(type), {}, news, new Uint8Array(32))).failures;

  it("name the property and what it may be", async () => {
    expect(await failures("RandomId", {})).toEqual([{ property: "byteLength", reason: "is required and missing" }]);
    expect(await failures("RandomString", { length: 3, minLower: 2, minUpper: 2 })).toEqual([
      { property: "length", reason: "got 3, want at least 4 (1, or the sum of the min settings)" },
    ]);
    expect(
      await failures("RandomString", { length: 3, lower: false, upper: false, number: false, special: false }),
    ).toEqual([{ property: "lower", reason: "one of lower, upper, numeric and special must be true" }]);
    expect(await failures("RandomString", { length: UNKNOWN })).toEqual([]);
  });

  it("name the types that exist", async () => {
    expect(() => provider.check(identity("RandomShuffle"), {}, {}, new Uint8Array(32))).toThrow(
      "UnknownType: random:index/randomShuffle:RandomShuffle is not simulated; it has RandomId, RandomString, RandomPassword, " +
        "RandomPet, RandomUuid",
    );
  });
});
