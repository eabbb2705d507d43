/** Every rule accepts its good cases and speaks whole sentences about its bad ones. `UPDATE_MESSAGES=1` rewrites messages.json and advisories.json. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { rules } from "../../policies/rules";
import { specs } from "./specs";
import { findingsOf, sentence, told } from "./support/rule";

const file = resolve(__dirname, "messages.json");
const updating = process.env["UPDATE_MESSAGES"] === "1";
const expected = JSON.parse(readFileSync(file, "utf8")) as Record<string, Record<string, readonly string[]>>;
const actual: Record<string, Record<string, readonly string[]>> = {};
/** Which findings of a bad case block nothing, by their place in messages.json, where a rule has some. */
const advisoryFile = resolve(__dirname, "advisories.json");
const expectedAdvisories = JSON.parse(readFileSync(advisoryFile, "utf8")) as Record<string, Record<string, string>>;
const advisories: Record<string, Record<string, string>> = {};

describe("the catalogue", () => {
  it("has rules of four groups, each with a name of its own", () => {
    const groups = new Set(rules.map((rule) => rule.group));
    expect([...groups].sort()).toEqual(["immutability", "replica", "security", "zero-downtime"]);
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length);
  });

  it("has a good and a bad case for every rule, and no message of a rule that is gone", () => {
    expect(specs.map((spec) => spec.rule.id).sort()).toEqual(rules.map((rule) => rule.id).sort());
    for (const spec of specs) {
      expect(Object.keys(spec.good).length, spec.rule.id).toBeGreaterThan(0);
      expect(Object.keys(spec.bad).length, spec.rule.id).toBeGreaterThan(0);
      if (!updating) expect(Object.keys(expected[spec.rule.id] ?? {}).sort()).toEqual(Object.keys(spec.bad).sort());
    }
  });

  it("states reason, source and examples for every rule", () => {
    for (const rule of rules) {
      for (const text of [rule.forbids, rule.prevents, rule.source, rule.examples.bad, rule.examples.good]) {
        expect(text.trim(), rule.id).not.toBe("");
      }
      expect(rule.forbids, rule.id).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe.each(specs.map((spec) => [spec.rule.id, spec] as const))("%s", (id, spec) => {
  it.each(Object.entries(spec.good))("accepts: %s", (_name, given) => {
    expect(told(spec.rule, given)).toEqual([]);
  });

  it.each(Object.entries(spec.bad))("refuses: %s", (name, given) => {
    const findings = findingsOf(spec.rule, given);
    const messages = findings.map(sentence);
    const blockNothing = findings.flatMap(({ advisory }, index) => (advisory === true ? [index] : [])).join(", ");
    if (blockNothing !== "") advisories[id] = { ...advisories[id], [name]: blockNothing };
    actual[id] = { ...actual[id], [name]: messages };
    expect(messages.length).toBeGreaterThan(0);
    if (updating) return;
    expect(messages).toEqual(expected[id]?.[name]);
    expect(blockNothing).toBe(expectedAdvisories[id]?.[name] ?? "");
  });
});

afterAll(() => {
  if (!updating) return;
  writeFileSync(file, `${JSON.stringify(actual, null, 2)}\n`);
  writeFileSync(advisoryFile, `${JSON.stringify(advisories, null, 2)}\n`);
});
