/** An application's objects: accepted by the API server, by the rules and by Argo Rollouts, and decisive fields as meant. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { analysisTemplates } from "../../../../components/delivery/analysis";
import { app } from "../../../../components/delivery/app/app";
import type { Manifest } from "../../../../components/delivery/app/manifest";
import { budgetRule } from "../../../../components/delivery/app/scaling";
import type { AppSpec, Strategy } from "../../../../components/delivery/app/spec";
import { drainProblems } from "../../../../components/core/drain";
import { lintTexts } from "../../../../policies/manifests/lint";
import { analysisFaults } from "../../../support/analysis-rules";
import { crdProblems, haveCrds } from "../../../support/crds";
import { fullest, platform, rolling, smallest, undo } from "./spec-fixture";
import prod from "../../../../stacks/policies/prod.json";

const strategies: readonly Strategy[] = ["canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen", "rolling"];
const specs: readonly AppSpec[] = [
  ...strategies.map((strategy) => ({ ...smallest, strategy })),
  { ...smallest, replicas: 4 },
  fullest,
  { ...fullest, ...rolling, name: "till", sessions: { kept: "shared-store" } },
  { ...smallest, strategy: "blueGreen", sessions: { kept: "sticky" } },
  { ...smallest, undo },
  { ...fullest, undo },
  { ...smallest, strategy: "rolling", undo },
];
const titled = specs.map((spec) => {
  const undone = spec.undo === undefined ? "" : ", an undo";
  return [`${spec.name} by ${spec.strategy ?? "default"}${undone}`, spec] as const;
});
const released = titled.filter(([, { strategy }]) => strategy !== "rolling");

function objects(spec: AppSpec): readonly Manifest[] {
  const { everywhere, once } = app(spec, platform);
  return [...everywhere, ...once];
}

function named(spec: AppSpec, kind: string, name = spec.name): Manifest {
  const found = objects(spec).find((each) => each.kind === kind && each.metadata.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
}

interface Analysis {
  readonly templates: readonly { readonly templateName: string }[];
  readonly args: readonly { readonly name: string; readonly value: string }[];
}

interface Canary {
  readonly steps: readonly { readonly setWeight?: number; readonly analysis?: Analysis }[];
  readonly scaleDownDelaySeconds: number;
  readonly replicaProgressThreshold: unknown;
}

const canaryOf = (spec: AppSpec): Canary =>
  (named(spec, "Rollout").spec as { readonly strategy: { readonly canary: Canary } }).strategy.canary;

const analyses = (spec: AppSpec): readonly Analysis[] => canaryOf(spec).steps.flatMap(({ analysis }) => analysis ?? []);
const templateNames = ({ templates }: Analysis): readonly string[] => templates.map(({ templateName }) => templateName);

function findings(spec: AppSpec): readonly string[] {
  const texts = objects(spec).map((each) => ({ file: `${each.kind}.yaml`, text: stringify(each) }));
  const config = { "analysis-fits-rollout": prod["analysis-fits-rollout"] };
  const { findings: found, problems } = lintTexts([texts], { config });
  return [...found.map(({ rule, message }) => `${rule}: ${message}`), ...problems];
}

describe("every spec", () => {
  test.each(titled)("%s passes every rule", (_title, spec) => {
    expect(findings(spec)).toEqual([]);
  });

  test.skipIf(!haveCrds).each(titled)("%s is accepted by the API server", (_title, spec) => {
    const custom = /^(argoproj\.io|networking\.istio\.io|external-secrets\.io|monitoring\.coreos\.com)\//;
    const checked = objects(spec).filter(({ apiVersion }) => custom.test(apiVersion));
    expect(checked.length).toBeGreaterThan(1);
    expect(checked.flatMap(crdProblems)).toEqual([]);
  });

  test("has a budget that lets a pod go, whatever its replicas", () => {
    const replicas = fc.oneof(
      fc.integer({ min: 2, max: 50 }),
      fc.record({ min: fc.integer({ min: 2, max: 20 }), max: fc.integer({ min: 20, max: 50 }) }),
    );
    fc.assert(
      fc.property(replicas, (each) => {
        expect(drainProblems(budgetRule({ ...smallest, replicas: each }))).toEqual([]);
      }),
    );
  });
});

describe("the steps of a release", () => {
  const cluster = analysisTemplates({ prometheusAddress: "http://prometheus:9090", gatewayAddress: "http://gateway" });

  test.each(released)("%s: Argo Rollouts accepts each", (_title, spec) => {
    const own = objects(spec)
      .filter(({ kind }) => kind === "AnalysisTemplate")
      .map((each) => ({ ...each, spec: { args: [], ...each.spec } }));
    const all: readonly { readonly metadata: { readonly name: string } }[] = [...cluster, ...own];
    for (const analysis of analyses(spec)) {
      const templates = templateNames(analysis).map((name) => all.find(({ metadata }) => metadata.name === name));
      const args = Object.fromEntries(analysis.args.map(({ name, value }) => [name, value]));
      const faults = analysisFaults(templates as unknown as Parameters<typeof analysisFaults>[0], "inline step", args);
      expect(faults, JSON.stringify(analysis)).toEqual([]);
    }
  });

  test("all pods come first, then the smoke test, and only then a user", () => {
    expect(canaryOf({ ...smallest, expectedRps: 500 }).steps.slice(0, 3)).toEqual([
      { setCanaryScale: { weight: 100 } },
      { analysis: { templates: [{ templateName: "shop-smoke" }], args: [] } },
      { setWeight: 5 },
    ]);
  });

  test("volume is waited for before anything is judged, at each weight", () => {
    const order = canaryOf({ ...smallest, expectedRps: 500 }).steps.flatMap(
      ({ setWeight, analysis }): readonly unknown[] => [
        ...(setWeight === undefined ? [] : [setWeight]),
        ...(analysis === undefined ? [] : [templateNames(analysis)]),
      ],
    );
    const gateNames = ["error-ratio", "server-error-ratio", "latency-p95", "rejection-ratio"];
    expect(order).toEqual([
      ["shop-smoke"],
      ...[5, 25, 50].flatMap((weight) => [weight, ["request-volume"], gateNames]),
      100,
      ["request-volume"],
      ["error-ratio", "server-error-ratio", "latency-p95-history"],
    ]);
  });

  test("the strict profile has its own bound and two gates more, and business metrics stand beside them", () => {
    const strict = { ...smallest, expectedRps: 500, objectives: "strict" as const };
    const lastAnalysis = analyses({ ...strict, businessMetrics: fullest.businessMetrics })[2];
    expect(lastAnalysis && templateNames(lastAnalysis)).toEqual([
      "error-ratio",
      "server-error-ratio-strict",
      "latency-p95",
      "latency-p99",
      "error-baseline",
      "rejection-ratio",
      "shop-logins",
    ]);
  });

  test("a service without an expected rate is sent requests before the first user, at each weight and for the bake", () => {
    const loads = analyses(smallest).map((each) => templateNames(each).filter((name) => name.includes("-load-")));
    const gate = [[], ["shop-load-gate"]];
    expect(loads).toEqual([["shop-load-lead"], ...gate, ...gate, ...gate, [], ["shop-load-bake"]]);
    const job = JSON.stringify(named(smallest, "AnalysisTemplate", "shop-load-gate").spec);
    expect(job).toContain("http://istio-ingress.istio-ingress/ready?synthetic=[1-1200]");
    expect(job).toContain('"activeDeadlineSeconds":480');
    expect(objects({ ...smallest, expectedRps: 500 }).map(({ metadata }) => metadata.name)).not.toContain(
      "shop-load-gate",
    );
  });

  test("the bake is fifteen minutes of good measurements", () => {
    expect(analyses(smallest).at(-1)?.args).toContainEqual({ name: "count", value: "30" });
  });

  test("old pods go before the deadline, and an abort waits for three quarters of the stable ones", () => {
    const { scaleDownDelaySeconds, replicaProgressThreshold } = canaryOf(smallest);
    const { spec } = named(smallest, "Rollout");
    expect(scaleDownDelaySeconds).toBeLessThan(Number(spec?.["progressDeadlineSeconds"]));
    expect(replicaProgressThreshold).toEqual({ type: "Percent", value: 75 });
    expect(spec?.["progressDeadlineAbort"]).toBe(true);
  });
});

describe("an undo", () => {
  const undone = { ...fullest, undo };

  test("is the pods as they were, at once, with the tripwire beside them and what it takes back said", () => {
    const { metadata, spec } = named(undone, "Rollout");
    expect(spec?.["template"]).toEqual(named(fullest, "Rollout").spec?.["template"]);
    expect(canaryOf(undone).steps).toEqual([{ setCanaryScale: { weight: 100 } }]);
    expect(metadata.annotations).toEqual({ "fridayproof.dev/undo-of": undo.of });
    expect(JSON.stringify(spec)).toContain('"templateName":"error-tripwire"');
    expect(named(fullest, "Rollout").metadata.annotations).toBeUndefined();
  });

  test("runs no migration, takes nothing else away, and what runs by the clock goes on", () => {
    const names = (spec: AppSpec) => objects(spec).map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(names(fullest).filter((name) => !names(undone).includes(name))).toEqual(["Job cart-migration"]);
    expect(names(undone).filter((name) => !names(fullest).includes(name))).toEqual([]);
  });
});

/** The key that the migration of a spec is given for its lock. */
function lockOf(spec: AppSpec): string {
  const job = JSON.stringify(named(spec, "Job", `${spec.name}-migration`).spec);
  return /"MIGRATION_LOCK_KEY","value":"(-?\d+)"/.exec(job)?.[1] ?? "none";
}

describe("what Git and controllers share", () => {
  test("autoscaled replicas never stand in Git, fixed ones do and have no autoscaler", () => {
    expect(named(smallest, "Rollout").spec).not.toHaveProperty("replicas");
    const fixed = { ...smallest, replicas: 4 };
    expect(named(fixed, "Rollout").spec).toHaveProperty("replicas", 4);
    expect(objects(fixed).filter(({ kind }) => kind === "HorizontalPodAutoscaler")).toEqual([]);
  });

  test("both Services are applied on the client's side, or they lose the hash of their version", () => {
    for (const name of ["shop", "shop-canary"]) {
      expect(named(smallest, "Service", name).metadata.annotations).toEqual({
        "argocd.argoproj.io/sync-options": "ServerSideApply=false",
      });
    }
  });

  test("a rolling update has one Service, one route and no gate", () => {
    const rollingShop = { ...smallest, strategy: "rolling" as const };
    expect(objects(rollingShop).map(({ kind }) => kind)).not.toContain("AnalysisTemplate");
    expect(named(rollingShop, "Deployment").spec).toMatchObject({
      strategy: { type: "RollingUpdate", rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
    expect(objects(rollingShop).filter(({ kind }) => kind === "Service")).toHaveLength(1);
  });

  test("migrations and scheduled jobs are for one slot, and no Service selects their pods", () => {
    const { everywhere, once } = app(fullest, platform);
    const called = once.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
    expect(called).toEqual(["Job cart-migration", "CronJob cart-clean"]);
    expect(everywhere.map(({ kind }) => kind)).not.toContain("CronJob");
    expect(named(fullest, "Job", "cart-migration").spec).toMatchObject({
      backoffLimit: 0,
      template: { metadata: { labels: { "fridayproof.dev/job": "work" } } },
    });
    const locks = ["cart", "shop"].map((name) => lockOf({ ...fullest, name }));
    expect(new Set(locks).size).toBe(2);
    // What PostgreSQL takes for a lock: eight bytes with a sign.
    for (const lock of locks) expect(BigInt.asIntN(64, BigInt(lock)).toString()).toBe(lock);
    expect(lockOf({ ...fullest, image: `registry.example.com/cart@sha256:${"c".repeat(64)}` })).toBe(locks[0]);
  });

  test("a secret's value is never in Git: only its name is", () => {
    expect(named(fullest, "ExternalSecret", "cart-secrets").spec).toMatchObject({
      secretStoreRef: { kind: "ClusterSecretStore", name: "applications-cart" },
      target: { deletionPolicy: "Retain" },
      data: [{ secretKey: "DATABASE_URL", remoteRef: { key: "database", property: "url" } }],
    });
  });
});
