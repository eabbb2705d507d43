/** Rules on rendered YAML. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { lintManifests } from "../../policies/manifests";
import { budget, but, deployment, namespace } from "./support/fixtures";
import { now } from "./support/rule";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "manifests-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const deny = {
  metadata: { name: "deny", namespace: "shop" },
  spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] },
};
const mesh = {
  metadata: { name: "shop", namespace: "shop" },
  spec: { host: "shop", trafficPolicy: { connectionPool: { http: { idleTimeout: "30s" } } } },
};

function object(apiVersion: string, kind: string, props: unknown): string {
  return stringify({ apiVersion, kind, ...(props as object) }, { aliasDuplicateObjects: false });
}

function write(name: string, ...documents: readonly string[]): void {
  writeFileSync(join(folder, name), documents.join("---\n"));
}

const around = [
  object("v1", "Namespace", namespace.props),
  object("policy/v1", "PodDisruptionBudget", budget.props),
  object("networking.k8s.io/v1", "NetworkPolicy", deny),
  object("networking.istio.io/v1", "DestinationRule", mesh),
];

describe("lint-manifests", () => {
  it("accepts a compliant application", () => {
    write("app.yaml", object("apps/v1", "Deployment", deployment.props), ...around);
    expect(lintManifests(folder, { now })).toEqual({ files: 1, objects: 5, findings: [], problems: [], used: [] });
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
          "document 4 (kubernetes:core/v1:List), items[0].spec.replicas: got 1; wanted at least 2, or an autoscaler. " +
          "Fix: set spec.replicas to 2 or more.",
        prevents: "Every eviction, node upgrade or crash is an outage.",
      },
    ]);
  });

  it("takes levels, settings and exemptions from the configuration, and tells which exemption was used", () => {
    write("app.yaml", object("apps/v1", "Deployment", but(deployment, { "spec.replicas": 1 }).props), ...around);
    const row = {
      resource: "kubernetes:apps/v1:Deployment::shop/shop",
      reason: "r",
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
      expect.stringMatching(/^app\.yaml#0: got no YAML; wanted a Kubernetes object\. Fix: /),
      "app.yaml#1: got a document without apiVersion or kind; wanted a Kubernetes object. Fix: add both.",
    ]);
  });

  it("throws for a folder that is not there", () => {
    expect(() => lintManifests(join(folder, "missing"))).toThrow(/ENOENT/);
  });
});
