/** Goldens that are recorded as differences say in whole what was recorded, and keep saying it when the other one changes. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { Goldens, goldens } from "./golden";
import type { Json } from "./merge-patch";

let folder: string;
let some: Goldens;
const file = (name: string): Json => JSON.parse(readFileSync(some.file(name), "utf8")) as Json;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "goldens-"));
  some = new Goldens(folder, { staging: "prod", dev: "staging" });
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("a golden that differs from another", () => {
  it("is recorded as what differs once the other's name is its own", () => {
    some.record("prod", { "prod-vpc": { days: 30, production: 1 } });
    some.record("staging", { "staging-vpc": { days: 7 } });
    expect(file("staging")).toEqual({ base: "prod", patch: { "staging-vpc": { days: 7, production: null } } });
    expect(some.read("staging")).toEqual({ "staging-vpc": { days: 7 } });
  });

  it("says in whole what it said, however the other is recorded later", () => {
    const staging = { vpc: { days: 7, zones: ["a", "b"] } };
    const dev = { vpc: { days: 1 } };
    some.record("prod", { vpc: { days: 30, zones: ["a", "b"] } });
    some.record("staging", staging);
    some.record("dev", dev);
    some.record("prod", { vpc: { days: 60, zones: ["a"], more: 1 } });
    expect(file("staging")).toEqual({ base: "prod", patch: { vpc: { days: 7, more: null, zones: ["a", "b"] } } });
    expect([some.read("staging"), some.read("dev")]).toEqual([staging, dev]);
  });
});

describe("the recorded goldens", () => {
  it.each(["dev", "staging"])("of %s repeat nothing that prod says", (name) => {
    const recorded = readFileSync(goldens.file(name), "utf8");
    expect(goldens.text(name, goldens.read(name))).toBe(recorded);
    expect(recorded.length).toBeLessThan(readFileSync(goldens.file("prod"), "utf8").length / 4);
  });
});
