/** Rendered objects of Kubernetes' own kinds, and the pods and jobs in others, by the API server's own validation. */
import { describe, expect, test } from "vitest";
import { app } from "../../../../components/delivery/app/app";
import type { Manifest } from "../../../../components/delivery/app/manifest";
import type { AppSpec, Strategy } from "../../../../components/delivery/app/spec";
import { haveRollouts, refusalsOf } from "../../../support/rollouts";
import { fullest, platform, rolling, smallest, undo } from "../app/spec-fixture";

const BUILT_IN = /^(v1|(apps|autoscaling|batch|networking\.k8s\.io|policy)\/v\d+)$/;

interface JobMetric {
  readonly provider: { readonly job?: { readonly spec: object } };
}

/** What the API server meets of an object: itself, the pods of a Rollout, the Jobs of an analysis. */
function met(each: Manifest): readonly object[] {
  const { kind, metadata, spec = {} } = each;
  if (BUILT_IN.test(each.apiVersion)) return [each];
  if (kind === "Rollout") {
    const { selector, template } = spec;
    return [{ apiVersion: "apps/v1", kind: "Deployment", metadata, spec: { selector, template } }];
  }
  if (kind !== "AnalysisTemplate") return [];
  return (spec["metrics"] as readonly JobMetric[]).flatMap(({ provider: { job } }) =>
    job === undefined ? [] : [{ apiVersion: "batch/v1", kind: "Job", metadata, spec: job.spec }],
  );
}

function refused(spec: AppSpec): readonly string[] {
  const { everywhere, once } = app(spec, platform);
  return refusalsOf([...everywhere, ...once].flatMap(met)).filter((text) => text !== "");
}

const strategies: readonly Strategy[] = ["canary", "canary-5-20-100", "canary-5-10-25-50-100", "blueGreen", "rolling"];
const sticky: AppSpec = { ...smallest, strategy: "blueGreen", sessions: { kept: "sticky" } };

describe.skipIf(!haveRollouts)("the API server", () => {
  test.each<[string, AppSpec]>([
    ...strategies.map((strategy): [string, AppSpec] => [strategy, { ...smallest, strategy }]),
    ["a fixed number of pods", { ...smallest, replicas: 4 }],
    ["everything that there is", fullest],
    ["the same as a Deployment", { ...fullest, ...rolling, sessions: undefined }],
    ["an undo", { ...fullest, undo }],
    ["sticky sessions", sticky],
    ["the longest name", { ...smallest, name: "a".repeat(56) }],
  ])("takes %s", (_title, spec) => {
    expect(refused(spec)).toEqual([]);
  });

  test("refuses what it would refuse, or the test above would say nothing", () => {
    const deployment = (change: object): object => {
      const [found] = app({ ...smallest, strategy: "rolling" }, platform).everywhere.filter(
        ({ kind }) => kind === "Deployment",
      );
      return { ...found, spec: { ...found?.spec, ...change } };
    };
    const selector = { matchLabels: { "app.kubernetes.io/name": "other" } };
    expect(refusalsOf([deployment({ replica: 3 }), deployment({ selector }), deployment({})])).toEqual([
      'strict decoding error: unknown field "spec.replica"',
      expect.stringContaining("`selector` does not match template `labels`"),
      "",
    ]);
  });
});
