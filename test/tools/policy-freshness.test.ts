/** A policy configuration that is older than stacks/ is found, whichever rule it is about, and nothing else is. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { prod } from "../../stacks/environments/prod";
import { environments } from "../../stacks/environments/environments";
import { policyFreshnessProblems, staleRules } from "../../tools/checks/policy-freshness";
import { environmentFacts } from "../../tools/generate/policy-facts";
import type { PolicyConfig } from "../../tools/generate/policy-settings";

const HOUSE = path.resolve(__dirname, "../..");
const STACKS = [...environments.map(({ name }) => name), "foundation"];
const fileOf = (root: string, stack: string): string => path.join(root, "stacks/policies", `${stack}.json`);
const written = (stack: string): PolicyConfig => JSON.parse(readFileSync(fileOf(HOUSE, stack), "utf8")) as PolicyConfig;
const facts = environmentFacts(prod);

/** A project whose file of prod says this. */
function project(text: string): string {
  const root = mkdtempSync(path.join(tmpdir(), "freshness-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  mkdirSync(path.join(root, "stacks/policies"), { recursive: true });
  writeFileSync(fileOf(root, "prod"), text);
  return root;
}

/** Every setting of every rule of a file, each changed by itself. */
function broken(config: PolicyConfig): readonly (readonly [string, PolicyConfig])[] {
  return Object.entries(config).flatMap(([rule, row]) =>
    Object.entries(row)
      .filter(([key, value]) => key !== "enforcementLevel" || value !== "remediate")
      .map(([key, value]) => [rule, { ...config, [rule]: { ...row, [key]: [value] } }] as const),
  );
}

test.each(STACKS)("of %s the file is what stacks/ says", (stack) => {
  expect(policyFreshnessProblems(stack, HOUSE)).toEqual([]);
});

test("one setting that is not what stacks/ says is found at its rule, whichever it is", () => {
  const all = broken(written("prod"));
  expect(all.length).toBeGreaterThan(30);
  for (const [rule, config] of all) expect(staleRules(config, facts)).toEqual([rule]);
});

test("a rule that is left out, added, switched off or made advisory is found", () => {
  const { "nat-per-az": left, ...without } = written("prod");
  expect(left).toBeDefined();
  expect(staleRules(without, facts)).toEqual(["nat-per-az"]);
  for (const enforcementLevel of ["disabled", "advisory"])
    expect(staleRules({ ...written("prod"), "min-replicas": { enforcementLevel } }, facts)).toEqual(["min-replicas"]);
});

test("the message names the file, the rules and the command that writes it, of the foundation too", () => {
  const { "nat-per-az": _left, ...without } = written("prod");
  const root = project(JSON.stringify({ ...without, "replica-capacity": { role: "none" } }));
  const problem = {
    path: "stacks/policies/prod.json, rules with other settings than stacks/ gives",
    got: ["nat-per-az", "replica-capacity"],
    allowed: "none",
    fix: "Run make policy-files and read its diff: they ran with what stacks/ said before.",
  };
  expect(policyFreshnessProblems("prod", root)).toEqual([problem]);
  writeFileSync(fileOf(root, "foundation"), "{}");
  expect(policyFreshnessProblems("foundation", root)).toMatchObject([
    { path: expect.stringMatching(/^stacks\/policies\/foundation\.json, /) as unknown },
  ]);
});

test("a file that is not there or no JSON, and the configuration of no environment, are left to who reads them", () => {
  expect(policyFreshnessProblems("staging", project("{}"))).toEqual([]);
  expect(policyFreshnessProblems("prod", project("{"))).toEqual([]);
  const root = project("{}");
  writeFileSync(fileOf(root, "another"), "{}");
  expect(policyFreshnessProblems("another", root)).toEqual([]);
});
