/** The import rules: each one fires, with its reason, and lets through what it should. */
import { posix } from "node:path";
import { ESLint } from "eslint";
import { describe, expect, it } from "vitest";
// Plain JavaScript, because eslint reads its configuration before anything is compiled.
import { boundaries } from "../../tools/lint/boundaries.mjs";
import { importProblem } from "../../tools/lint/imports.mjs";
import { SANDBOX_ENTRIES, siblings } from "../../tools/lint/siblings.mjs";

/** One import that each row of the table must refuse. */
const refused: readonly (readonly [folder: string, file: string, specifier: string])[] = [
  ["components/core", "components/core/limits/eks.ts", "@pulumi/pulumi"],
  ["components/core", "components/core/names.ts", "../network/vpc"],
  ["components/core", "components/core/names.ts", "node:fs"],
  ["components/charts", "components/charts/chart-release.ts", "../delivery/argo-cd"],
  ["components/aws", "components/aws/iam.ts", "../network/vpc"],
  ["components/plan.ts", "components/plan.ts", "@pulumi/pulumi"],
  ["components/*", "components/cluster/node-pool.ts", "../network/vpc"],
  ["components/*", "components/cluster/cluster.ts", "../../stacks/environment"],
  ["stacks/inputs", "stacks/inputs/lock.ts", "../environments/prod"],
  ["stacks/environments", "stacks/environments/prod.ts", "@pulumi/pulumi"],
  ["stacks/environments", "stacks/environments/prod.ts", "../account/foundation"],
  ["stacks/account", "stacks/account/program.ts", "../program/context"],
  ["stacks/transition", "stacks/transition/upgrade.ts", "../program/context"],
  ["stacks/policies", "stacks/policies/exemptions.ts", "../environments/prod"],
  ["stacks", "stacks/index.ts", "../sandbox/property/values"],
  ["stacks", "stacks/index.ts", "../guard/verdict"],
  ["apps/sample", "apps/sample/main.ts", "../../components/core/units"],
  ["apps", "apps/shop/shop.ts", "../../components/network/vpc"],
  ["policies/kit/reading", "policies/kit/reading/field.ts", "../finding/finding"],
  ["policies/kit/finding", "policies/kit/finding/finding.ts", "../rule/rule"],
  ["policies/kit/rule", "policies/kit/rule/run.ts", "../argo-cd/sync-window"],
  ["policies/kit/kubernetes", "policies/kit/kubernetes/pods.ts", "../rule/rule"],
  ["policies/kit/*", "policies/kit/argo-cd/applications.ts", "../argo-rollouts/canary"],
  ["policies/zero-downtime", "policies/zero-downtime/nodes/nodes.ts", "../../security/nodes"],
  ["policies/security", "policies/security/nodes.ts", "../zero-downtime/nodes/nodes"],
  ["policies/immutability", "policies/immutability/images.ts", "../security/pods"],
  ["policies/replica", "policies/replica/copies.ts", "@pulumi/policy"],
  ["policies", "policies/index.ts", "../stacks/prod"],
  ["guard", "guard/verdict.ts", "@pulumi/aws"],
  ["guard", "guard/verdict.ts", "../sandbox/events/events"],
  ["sandbox/core", "sandbox/core/errors.ts", "../property/values"],
  ["sandbox/property", "sandbox/property/diff.ts", "../protocol/provider"],
  ["sandbox/storage", "sandbox/storage/lock.ts", "../state/state-file"],
  ["sandbox/state", "sandbox/state/snapshot.ts", "../engine/deployment"],
  ["sandbox/events", "sandbox/events/recorder.ts", "../engine/deployment"],
  ["sandbox/protocol", "sandbox/protocol/construction.ts", "../cloud/account"],
  ["sandbox/project", "sandbox/project/layout.ts", "../host/host"],
  ["sandbox/cloud/aws", "sandbox/cloud/aws/object/entry.ts", "../../../engine/register"],
  ["sandbox/cloud/aws", "sandbox/cloud/aws/validation/table.ts", "../../kubernetes/package"],
  ["sandbox/cloud", "sandbox/cloud/eks/package.ts", "../../engine/register"],
  ["sandbox/engine", "sandbox/engine/execute.ts", "../host/host"],
  ["sandbox/engine", "sandbox/engine/execute.ts", "@pulumi/pulumi"],
  ["sandbox/engine", "sandbox/engine/execute.ts", "../cloud/aws/package"],
  ["sandbox/analyzer", "sandbox/analyzer/policy-runner.ts", "../engine/deployment"],
  ["sandbox/host", "sandbox/host/host.ts", "../../components/network/vpc"],
  ["sandbox/host", "sandbox/host/host.ts", "../cloud/account"],
  ["sandbox/plugin-server", "sandbox/plugin-server/serve.ts", "../engine/register"],
  ["sandbox/pulumi-cli", "sandbox/pulumi-cli/run.ts", "../engine/deployment"],
  ["sandbox/runtime", "sandbox/runtime/preload.cjs", "../core/errors"],
  ["sandbox/display", "sandbox/display/live.ts", "../engine/deployment"],
  ["sandbox", "sandbox/run.ts", "../../stacks/index"],
  ["cli/context", "cli/context/project.ts", "../stack/run"],
  ["cli/context", "cli/context/options.ts", "../../sandbox/core/errors"],
  ["cli/stack", "cli/stack/run.ts", "../../sandbox/display/run-display"],
  ["cli/stack", "cli/stack/run.ts", "../verbs/up"],
  ["cli", "cli/verbs/up.ts", "../../stacks/dev"],
  ["cli", "cli/verbs/up.ts", "../../sandbox/storage/lock"],
  ["cli", "cli/verbs/up.ts", "../../sandbox/runtime/typescript"],
  ["cli", "cli/verbs/policies.ts", "../../policies/index"],
  ["bench", "bench/main.ts", "../test/support/monitor"],
  ["bench", "bench/crash.ts", "../sandbox/state/state-file"],
  ["tools", "tools/setup/setup.cjs", "../../cli/main"],
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
  ["tools/generate/policy-config.ts", "../stacks/environments"],
  ["stacks/index.ts", "@fridayproof/components/network"],
  ["stacks/index.ts", "./env.lock.json"],
  ["policies/zero-downtime/network/multi-az.ts", "../../kit/rule/rule"],
  ["guard/verdict.ts", "node:path"],
  ["sandbox/engine/execute.ts", "../protocol/provider"],
  ["sandbox/host/host.ts", "../engine/execute"],
  ["cli/verbs/policies.ts", "@fridayproof/policies/rules"],
  ["tools/generate/aws-schema.ts", "../../sandbox/cloud/aws/schema"],
  ["cli/main.ts", "./package.json"],
  ["tools/setup/setup.cjs", "../../cli/require-node.cjs"],
  ...SANDBOX_ENTRIES.map((entry) => ["cli/verbs/up.ts", `@fridayproof/${entry}`] as const),
  ["bench/crash.ts", "@fridayproof/sandbox/account"],
  ["test/cli/up.test.ts", "../../sandbox/run"],
];

describe("import rules", () => {
  it.each(refused)("%s: %s may not import %s", (folder, file, specifier) => {
    const reason = boundaries.find((row) => row.folder === folder)?.reason;
    expect(reason).toBeDefined();
    expect(importProblem(file, specifier)).toContain(`: ${reason}.`);
  });

  it.each(allowed)("%s may import %s", (file, specifier) => {
    expect(importProblem(file, specifier)).toBeUndefined();
  });

  it.each([
    ["stacks/index.ts", "../components/network/vpc", "components/network/vpc", "@fridayproof/components"],
    ["cli/verbs/policies.ts", "../../policies/rules", "policies/rules", "@fridayproof/policies"],
    ["guard/lock-check.ts", "../components/core/units", "components/core/units", "@fridayproof/components"],
  ])("%s may import %s by its package's name alone", (file, specifier, target, name) => {
    expect(importProblem(file, specifier)).toBe(
      `${file} imports ${target} by its path: import it by the name of its package, ${name}.`,
    );
  });

  it("have a refused example in this test for every row", () => {
    expect([...new Set(refused.map(([folder]) => folder))]).toEqual(boundaries.map(({ folder }) => folder));
  });

  it.each(byName)("%s may not import %s by its name either", (file, name, specifier) => {
    expect(importProblem(file, specifier)).toBeDefined();
    expect(importProblem(file, name)).toBe(importProblem(file, specifier));
  });

  it("take a package without a subpath for its index", () => {
    expect(importProblem("guard/verdict.ts", "@fridayproof/sandbox")).toBe(
      "guard may not import sandbox/index: the guard reads plans and states as data, from the real engine and the sandbox alike.",
    );
    expect(importProblem("stacks/index.ts", "@fridayproof/components")).toBeUndefined();
    expect(importProblem("guard/verdict.ts", "@fridayproof/sandboxes")).toBeUndefined();
  });

  it("nobody may import test or cli", () => {
    const importers = [
      "components/core/a.ts",
      "stacks/a.ts",
      "policies/a.ts",
      "guard/a.ts",
      "sandbox/a.ts",
      "apps/a.ts",
      "tools/a.ts",
    ];
    for (const file of importers) {
      const up = "../".repeat(file.split("/").length - 1);
      expect(importProblem(file, `${up}test/support/monitor`)).toMatch(/may not import test\/support\/monitor/);
      expect(importProblem(file, `${up}cli/main`)).toMatch(/may not import cli\/main/);
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
