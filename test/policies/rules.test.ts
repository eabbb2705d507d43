/** Every rule accepts its good cases and speaks whole sentences about its bad ones. `make update` rewrites messages.json and advisories.json. */
import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import * as prettier from "prettier";
import { afterAll, describe, expect, it } from "vitest";
import { rules } from "../../policies/rules";
import { recording, staleness } from "../support/recording";
import { specs } from "./specs";
import { type CaseTable, recorded, type Seen } from "./support/case-table";
import { findingsOf, sentence, sentences } from "./support/rule";

const file = resolve(__dirname, "messages.json");
const expected = JSON.parse(readFileSync(file, "utf8")) as CaseTable<readonly string[]>;
const actual: Seen<readonly string[]> = {};
/** Which findings of a bad case block nothing, by their place in messages.json, where a rule has some. */
const advisoryFile = resolve(__dirname, "advisories.json");
const expectedAdvisories = JSON.parse(readFileSync(advisoryFile, "utf8")) as CaseTable<string>;
const advisories: Seen<string> = {};

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
      if (recording) continue;
      expect(Object.keys(expected[spec.rule.id] ?? {}).sort(), staleness(file)).toEqual(Object.keys(spec.bad).sort());
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
    expect(sentences(spec.rule, given)).toEqual([]);
  });

  it.each(Object.entries(spec.bad))("refuses: %s", (name, given) => {
    const findings = findingsOf(spec.rule, given);
    const messages = findings.map(sentence);
    const blockNothing = findings.flatMap(({ advisory }, index) => (advisory === true ? [index] : [])).join(", ");
    advisories[id] = { ...advisories[id], [name]: blockNothing === "" ? undefined : blockNothing };
    actual[id] = { ...actual[id], [name]: messages };
    expect(messages.length).toBeGreaterThan(0);
    if (recording) return;
    expect(messages, staleness(file)).toEqual(expected[id]?.[name]);
    expect(blockNothing, staleness(advisoryFile)).toBe(expectedAdvisories[id]?.[name] ?? "");
  });
});

afterAll(async () => {
  if (!recording) return;
  const cases = specs.map(({ rule, bad }) => [rule.id, Object.keys(bad)] as const);
  const config = await prettier.resolveConfig(file);
  const text = (table: unknown) => prettier.format(JSON.stringify(table, null, 2), { ...config, parser: "json" });
  writeFileSync(file, await text(recorded(cases, expected, actual)));
  writeFileSync(advisoryFile, await text(recorded(cases, expectedAdvisories, advisories)));
});
