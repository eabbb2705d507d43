/** The import rules: each one fires, with its reason, and lets through what it should. */
import { posix } from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
// Plain JavaScript, because eslint reads its configuration before anything is compiled.
import { boundaries, judge, siblings } from "../../scripts/lint/imports.mjs";

/** One import that each row of the table must refuse. */
const refused: readonly (readonly [folder: string, file: string, specifier: string])[] = [
  ["components/core", "components/core/limits/eks.ts", "@pulumi/pulumi"],
  ["components/core", "components/core/names.ts", "../network/vpc"],
  ["components/core", "components/core/names.ts", "node:fs"],
  ["components/charts", "components/charts/chart-release.ts", "../delivery/argo-cd"],
  ["components/*", "components/cluster/node-pool.ts", "../network/vpc"],
  ["components/*", "components/cluster/cluster.ts", "../../stacks/environment"],
  ["stacks", "stacks/index.ts", "../sandbox/values/values"],
  ["stacks", "stacks/index.ts", "../guard/verdict"],
  ["apps", "apps/shop/shop.ts", "../../components/network/vpc"],
  ["policies", "policies/security/endpoint-not-open.ts", "../../stacks/prod"],
  ["guard", "guard/verdict.ts", "@pulumi/aws"],
  ["guard", "guard/verdict.ts", "../sandbox/report/events"],
  ["sandbox/values", "sandbox/values/diff.ts", "../provider/provider"],
  ["sandbox/store", "sandbox/store/lock.ts", "../state/state-file"],
  ["sandbox/state", "sandbox/state/snapshot.ts", "../engine/deployment"],
  ["sandbox/report", "sandbox/report/recorder.ts", "../engine/deployment"],
  ["sandbox/provider", "sandbox/provider/construction.ts", "../cloud/account"],
  ["sandbox/refusals", "sandbox/refusals/row.ts", "../engine/register"],
  ["sandbox/cloud", "sandbox/cloud/aws/entry.ts", "../../engine/register"],
  ["sandbox/policies", "sandbox/policies/policy-runner.ts", "../engine/deployment"],
  ["sandbox/engine", "sandbox/engine/execute.ts", "../program/host"],
  ["sandbox/engine", "sandbox/engine/execute.ts", "@pulumi/pulumi"],
  ["sandbox/engine", "sandbox/engine/execute.ts", "../cloud/aws/package"],
  ["sandbox", "sandbox/run.ts", "../../stacks/index"],
  ["sandbox", "sandbox/program/host.ts", "../../components/network/vpc"],
  ["cli", "cli/verbs/up.ts", "../../stacks/dev"],
  ["cli", "cli/verbs/policies.ts", "../../policies/index"],
  ["bench", "bench/main.ts", "../test/support/monitor"],
  ["scripts", "scripts/preload.cjs", "../cli/main"],
];

/** The refused imports that lead into a workspace package, by the package's name. */
const byPath = refused.filter(([, , specifier]) => specifier.startsWith("."));
const byName = byPath.flatMap(([, file, specifier]) => {
  const target = posix.join(posix.dirname(file), specifier);
  const sibling = Object.entries(siblings).find(([, folder]) => target.startsWith(`${folder}/`));
  return sibling === undefined ? [] : [[file, sibling[0] + target.slice(sibling[1].length), specifier] as const];
});

const allowed: readonly (readonly [file: string, specifier: string])[] = [
  ["components/core/limits/eks.ts", "./limit"],
  ["components/network/vpc.ts", "../core/cidr"],
  ["components/network/vpc.ts", "@pulumi/aws"],
  ["components/delivery/argo-cd.ts", "../charts/chart-release"],
  ["scripts/policy-config.ts", "../stacks/environments"],
  ["stacks/index.ts", "../components/network/vpc"],
  ["stacks/index.ts", "./env.lock.json"],
  ["policies/zero-downtime/multi-az.ts", "../kit/rule"],
  ["guard/verdict.ts", "node:path"],
  ["sandbox/engine/execute.ts", "../provider/provider"],
  ["sandbox/program/host.ts", "../engine/execute"],
  ["cli/verbs/policies.ts", "../../policies/rules"],
  ["cli/main.ts", "../package.json"],
  ["test/cli/up.test.ts", "../../sandbox/run"],
];

describe("import rules", () => {
  it.each(refused)("%s: %s may not import %s", (folder, file, specifier) => {
    const reason = boundaries.find((row) => row.folder === folder)?.reason;
    expect(reason).toBeDefined();
    expect(judge(file, specifier)).toContain(`: ${reason}.`);
  });

  it.each(allowed)("%s may import %s", (file, specifier) => {
    expect(judge(file, specifier)).toBeUndefined();
  });

  it("have a refused example in this test for every row", () => {
    expect([...new Set(refused.map(([folder]) => folder))]).toEqual(boundaries.map(({ folder }) => folder));
  });

  it.each(byName)("%s may not import %s by its name either", (file, name, specifier) => {
    expect(judge(file, specifier)).toBeDefined();
    expect(judge(file, name)).toBe(judge(file, specifier));
  });

  it("take a package without a subpath for its index", () => {
    expect(judge("guard/verdict.ts", "@fridayproof/sandbox")).toBe(
      "guard may not import sandbox/index: the guard reads plans and states as data, from the real engine and the sandbox alike.",
    );
    expect(judge("stacks/index.ts", "@fridayproof/components")).toBeUndefined();
    expect(judge("guard/verdict.ts", "@fridayproof/sandboxes")).toBeUndefined();
  });

  it("nobody may import test or cli", () => {
    const importers = [
      "components/core/a.ts",
      "stacks/a.ts",
      "policies/a.ts",
      "guard/a.ts",
      "sandbox/a.ts",
      "apps/a.ts",
      "scripts/a.ts",
    ];
    for (const file of importers) {
      const up = "../".repeat(file.split("/").length - 1);
      expect(judge(file, `${up}test/support/monitor`)).toMatch(/may not import test\/support\/monitor/);
      expect(judge(file, `${up}cli/main`)).toMatch(/may not import cli\/main/);
    }
  });

  it("fire through eslint on every way to import", async () => {
    const code = [
      "/** A file. */",
      'import "../sandbox/a";',
      'export * from "../sandbox/b";',
      'export { c } from "../sandbox/c";',
      'export const d = import("../sandbox/d");',
      'export type E = import("../sandbox/e").E;',
      'export const f = require("../sandbox/f");',
    ].join("\n");
    const eslint = new ESLint({
      overrideConfig: { languageOptions: { parserOptions: { projectService: false } } },
      ruleFilter: ({ ruleId }) => ruleId === "house/imports",
    });
    const [report] = await eslint.lintText(code, { filePath: "guard/probe.ts" });
    expect(report?.messages.map(({ line }) => line)).toEqual([2, 3, 4, 5, 6, 7]);
    expect(report?.messages[0]?.message).toBe(
      "guard may not import sandbox/a: the guard reads plans and states as data, from the real engine and the sandbox alike.",
    );
  });
});
