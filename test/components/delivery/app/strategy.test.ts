/** The steps of each strategy: templates (a star: of the cluster) and arguments, in their order. */
import { expect, test } from "vitest";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { steps } from "../../../../components/delivery/app/strategy";
import { smallest, undo } from "./spec-fixture";

const written = (spec: AppSpec): readonly string[] =>
  steps(spec).map((step) => {
    if (!("analysis" in step)) return JSON.stringify(step);
    const { templates, args } = step.analysis;
    const names = templates.map(
      ({ templateName, clusterScope }) => `${templateName}${clusterScope === true ? "*" : ""}`,
    );
    const given = args.map(({ name, value }) => `${name}=${value}`);
    return `${names.join(" ")} | ${given.join(" ")}`.trim();
  });
const hosts = "canary-service=shop-canary.shop.svc.cluster.local stable-service=shop.shop.svc.cluster.local";
const [allPods, allTraffic] = ['{"setCanaryScale":{"weight":100}}', '{"setWeight":100}'];
const volume = (least: number): string => `request-volume* | ${hosts} minimum-requests=${least}`;

test("one switch, where a Job sends the requests that nobody expects", () => {
  expect(written({ ...smallest, strategy: "blueGreen" })).toEqual([
    allPods,
    "shop-smoke shop-load-lead |",
    allTraffic,
    volume(50),
    `shop-load-bake error-ratio* server-error-ratio* latency-p95-history* | ${hosts} count=30`,
  ]);
});

test("one switch under strict objectives", () => {
  expect(written({ ...smallest, strategy: "blueGreen", expectedRps: 500, objectives: "strict" })).toEqual([
    allPods,
    "shop-smoke |",
    allTraffic,
    volume(500),
    `error-ratio* server-error-ratio-strict* latency-p95-history* latency-p99* | ${hosts} count=30`,
  ]);
});

test("steps with gates of the application's own, each under strict objectives", () => {
  const businessMetrics = [{ name: "logins", query: "{{canary}} / {{stable}}", atLeast: 0.9 }];
  const rows = written({ ...smallest, strategy: "canary-5-20-100", objectives: "strict", businessMetrics });
  expect(rows.slice(2, 5)).toEqual([
    '{"setWeight":5}',
    volume(50),
    `shop-load-gate error-ratio* server-error-ratio-strict* latency-p95* latency-p99* error-baseline* rejection-ratio* shop-logins | ${hosts}`,
  ]);
  expect(rows.filter((row) => row.startsWith('{"setWeight'))).toEqual([
    '{"setWeight":5}',
    '{"setWeight":20}',
    allTraffic,
  ]);
});

test("an undo has no step but the pods", () => {
  expect(written({ ...smallest, undo })).toEqual([allPods]);
});
