/** Rules on rendered YAML. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { RuleExemption } from "../../../policies/kit/rule/exemption";
import { lintManifests, type ManifestOptions } from "../../../policies/manifests/lint";
import { application, but, deployment, rollout } from "../support/fixtures";
import { around, object } from "../support/manifests";
import { now } from "../support/rule";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "manifests-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, ...documents: readonly string[]): void {
  writeFileSync(join(folder, name), documents.join("---\n"));
}

const abortOff = { "spec.progressDeadlineAbort": undefined };

describe("lint-manifests", () => {
  it("accepts a compliant application", () => {
    write("app.yaml", object("apps/v1", "Deployment", deployment.props), ...around);
    expect(lintManifests(folder, { now })).toEqual({
      files: 1,
      objects: 5,
      findings: [],
      problems: [],
      used: [],
      unchecked: [],
    });
  });

  it("names file, document, rule and fix of what breaks a rule, also inside a List", () => {
    const one = but(deployment, { "spec.replicas": 1 }).props as object;
    write(
      "app.yaml",
      ...around,
      object("v1", "List", { items: [{ apiVersion: "apps/v1", kind: "Deployment", ...one }] }),
    );
    expect(lintManifests(folder, { now }).findings).toEqual([
      {
        rule: "min-replicas",
        level: "mandatory",
        file: "app.yaml",
        document: 4,
        message:
          'document 4 (kubernetes:core/v1:List, Deployment "shop", namespace "shop"), items[0].spec.replicas: got 1; ' +
          "expected at least 2, or an autoscaler. Fix: set items[0].spec.replicas to 2 or more.",
        prevents: "Every eviction, node upgrade or crash is an outage.",
      },
    ]);
  });

  it.each([
    ["a number without end", { "spec.replicas": Infinity }, "spec.replicas: got a number without end"],
    [
      "a count below zero",
      { "spec.strategy.rollingUpdate.maxUnavailable": -1 },
      "spec.strategy.rollingUpdate.maxUnavailable: got -1",
    ],
  ])("says once that a value cannot be one of its property, however many rules read it: %s", (_name, changes, said) => {
    write("app.yaml", object("apps/v1", "Deployment", but(deployment, changes).props), ...around);
    const { findings } = lintManifests(folder, { now });
    expect(findings.map(({ level }) => level)).toEqual(["mandatory"]);
    expect(findings[0]?.message).toContain(said);
  });

  it("names the place of such a value on its own object, by a rule that blocks where one does", () => {
    const autoscaler = {
      spec: { minReplicas: "two", maxReplicas: 5, scaleTargetRef: { kind: "Deployment", name: "shop" } },
    };
    const metadata = { name: "shop", namespace: "shop" };
    write(
      "app.yaml",
      object("apps/v1", "Deployment", but(deployment, { "spec.replicas": undefined }).props),
      object("autoscaling/v2", "HorizontalPodAutoscaler", { metadata, ...autoscaler }),
      ...around,
    );
    const config = { "pdb-allows-drain": { enforcementLevel: "advisory" } };
    const found = lintManifests(folder, { now, config }).findings.filter(({ message }) =>
      message.includes("minReplicas"),
    );
    expect(found.map(({ rule, level, document }) => [rule, level, document])).toEqual([
      ["pdb-exactly-one", "mandatory", 1],
    ]);
  });

  it("takes levels, settings and exemptions from the configuration, and tells which exemption was used", () => {
    write("app.yaml", object("apps/v1", "Deployment", but(deployment, { "spec.replicas": 1 }).props), ...around);
    const row = {
      resource: "kubernetes:apps/v1:Deployment::shop/shop",
      reason: "a reason in words",
      owner: "o",
      expires: "2026-11-21",
    };
    const levels = lintManifests(folder, { now, config: { "min-replicas": { enforcementLevel: "advisory" } } });
    expect(levels.findings.map(({ level }) => level)).toEqual(["advisory"]);
    expect(
      lintManifests(folder, { now, config: { "min-replicas": { enforcementLevel: "disabled" } } }).findings,
    ).toEqual([]);
    expect(lintManifests(folder, { now, config: { "min-replicas": { least: 1 } } }).findings).toEqual([]);
    const excused = lintManifests(folder, { now, exemptions: [{ rule: "min-replicas", ...row }] });
    expect([excused.findings, excused.used]).toEqual([[], [{ rule: "min-replicas", ...row }]]);
    const tomorrow = new Date("2026-11-22T00:00:00Z");
    expect(
      lintManifests(folder, { now: tomorrow, exemptions: [{ rule: "min-replicas", ...row }] }).findings,
    ).toHaveLength(1);
  });

  it("reports documents that are no objects instead of passing over them", () => {
    write("app.yaml", "a: b: c\n", "kind: Deployment\n", "\n");
    expect(lintManifests(folder, { now }).problems).toEqual([
      "app.yaml#0: got no YAML (Nested mappings are not allowed in compact mappings at line 1, column 4); expected a Kubernetes object. Fix: correct it there.",
      "app.yaml#1: got a document without apiVersion or kind; expected a Kubernetes object. Fix: add both, or move it out of the folder.",
    ]);
  });

  it("reads every YAML file below the folder, in order, and nothing else", () => {
    const nested = join(folder, "a");
    mkdirSync(nested);
    write("app.yaml", ...around);
    write("a/shop.yml", object("apps/v1", "Deployment", but(deployment, { "spec.replicas": 1 }).props));
    write("a/none.yaml.txt", "a: b: c\n");
    const { files, objects, findings, problems } = lintManifests(folder, { now });
    expect([files, objects, problems]).toEqual([2, 5, []]);
    expect(findings.map(({ rule, file, document }) => [rule, file, document])).toEqual([
      ["min-replicas", "a/shop.yml", 0],
    ]);
    expect(findings[0]?.message).toBe(
      'shop (kubernetes:apps/v1:Deployment, namespace "shop"), spec.replicas: got 1; expected at least 2, or an autoscaler. ' +
        "Fix: set spec.replicas to 2 or more.",
    );
    rmSync(nested, { recursive: true });
  });

  it("names an object without a name by its document, and repairs nothing", () => {
    const { metadata: _name, ...rest } = rollout.props as Readonly<Record<string, unknown>>;
    write("app.yaml", object("argoproj.io/v1alpha1", "Rollout", but({ ...rollout, props: rest }, abortOff).props));
    const abort = lintManifests(folder, { now }).findings.filter(({ rule }) => rule === "abort-on-deadline");
    expect(abort).toEqual([
      {
        rule: "abort-on-deadline",
        level: "mandatory",
        file: "app.yaml",
        document: 0,
        message:
          "document 0 (kubernetes:argoproj.io/v1alpha1:Rollout), spec.progressDeadlineAbort: got nothing, which means false; " +
          "expected true. Fix: set spec.progressDeadlineAbort to true.",
        prevents: "Two versions serve for hours because nobody noticed that the new one never became ready.",
      },
    ]);
  });

  it("judges what stays, not what is being taken down, at the level that the configuration says", () => {
    const finalizers = ["resources-finalizer.argocd.argoproj.io"];
    write(
      "app.yaml",
      object("argoproj.io/v1alpha1", "Application", but(application, { "metadata.finalizers": finalizers }).props),
    );
    const levels = (config: ManifestOptions["config"]): readonly string[] =>
      lintManifests(folder, { now, config }).findings.map(({ rule, level }) => `${rule} ${level}`);
    expect(levels({})).toEqual(["no-cascade-delete advisory"]);
    for (const enforcementLevel of ["mandatory", "remediate"])
      expect(levels({ "no-cascade-delete": { enforcementLevel } })).toEqual(["no-cascade-delete mandatory"]);
  });

  it("takes a level it does not know for the rule's own", () => {
    write("app.yaml", object("apps/v1", "Deployment", but(deployment, { "spec.replicas": 1 }).props), ...around);
    const level = (enforcementLevel: string): readonly string[] =>
      lintManifests(folder, { now, config: { "min-replicas": { enforcementLevel } } }).findings.map(
        (found) => found.level,
      );
    expect([level("mandatory"), level("remediate"), level("loud")]).toEqual([
      ["mandatory"],
      ["mandatory"],
      ["mandatory"],
    ]);
  });

  it("adds exemptions to those of the configuration, counts the same row once, and tells faulty ones", () => {
    write("app.yaml", object("apps/v1", "Deployment", but(deployment, { "spec.replicas": 1 }).props), ...around);
    const row = {
      resource: `${deployment.type}::shop/shop`,
      reason: "a reason in words",
      owner: "o",
      expires: "2026-12-31",
    };
    const excused = (rows: unknown, more: readonly RuleExemption[]): ReturnType<typeof lintManifests> =>
      lintManifests(folder, { now, config: { "min-replicas": { exemptions: rows } }, exemptions: more });
    const own = excused([row], [{ rule: "min-replicas", ...row }]);
    expect([own.findings, own.problems, own.used]).toEqual([[], [], [{ rule: "min-replicas", ...row }]]);
    expect(excused("none", [{ rule: "hpa-min-two", ...row }]).findings).toHaveLength(1);
    const expired = excused([{ ...row, expires: "2026-11-20" }], []);
    expect(expired.findings).toHaveLength(1);
    expect(expired.problems).toEqual([
      'min-replicas.exemptions["kubernetes:apps/v1:Deployment::shop/shop"]: got an exemption that expired after 2026-11-20; ' +
        "expected only exemptions that have not expired. Fix: fix the resource and remove the row from the configuration of min-replicas, " +
        "or let o set a later day.",
    ]);
  });

  it("refuses what a few aliases blow up, and documents that are no objects", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x,x]",
      "b: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]",
      "c: [*b,*b,*b,*b,*b,*b,*b,*b,*b,*b]",
    ];
    write("app.yaml", `${bomb.join("\n")}\n`, "- a list\n", "apiVersion: v1\n", "apiVersion: 1\nkind: Pod\n");
    const nothing =
      "got a document without apiVersion or kind; expected a Kubernetes object. Fix: add both, or move it out of the folder.";
    expect(lintManifests(folder, { now }).problems).toEqual([
      "app.yaml#0: got more aliases than YAML should need; expected a Kubernetes object. Fix: write them out.",
      `app.yaml#1: ${nothing}`,
      `app.yaml#2: ${nothing}`,
      `app.yaml#3: ${nothing}`,
    ]);
  });

  it("names the objects of kinds that no rule is about, however many, and no others", () => {
    const slice = object("discovery.k8s.io/v1", "EndpointSlice", { metadata: { name: "db", namespace: "shop" } });
    const database = object("example.com/v1", "Database", { metadata: { name: "orders", namespace: "shop" } });
    write("app.yaml", object("apps/v1", "Deployment", deployment.props), ...around, slice, database);
    expect(lintManifests(folder, { now }).unchecked).toEqual([
      { type: "kubernetes:discovery.k8s.io/v1:EndpointSlice", names: ["db"] },
      { type: "kubernetes:example.com/v1:Database", names: ["orders"] },
    ]);
  });

  it("throws for a folder that is not there", () => {
    expect(() => lintManifests(join(folder, "missing"))).toThrow(/ENOENT/);
  });
});
