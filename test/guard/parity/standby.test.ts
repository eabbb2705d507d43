/** What standing by explains, and in which direction. */
import { describe, expect, it } from "vitest";
import type { Difference } from "../../../guard/parity/difference";
import { setStandbyAside, standsBy } from "../../../guard/parity/standby";
import type { StackState } from "../../../guard/parity/state";

const VS = "kubernetes:networking.istio.io/v1:VirtualService";
const SET = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";
const GROUP = "aws:eks/nodeGroup:NodeGroup";
const RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
const differs = (type: string, path: string, serving: unknown, standing: unknown): Difference => ({
  kind: "input",
  type,
  name: "one",
  path: `inputs.${path}`,
  values: [serving, standing],
});
const option = (serving: unknown, standing: unknown): Difference => ({
  ...differs(GROUP, "", serving, standing),
  path: "options.ignoreChanges",
});
const explained = (difference: Difference, legs: readonly [boolean, boolean] = [false, true]): boolean =>
  setStandbyAside([difference], legs).standby.length === 1;

const rows: readonly (readonly [string, string, unknown, unknown])[] = [
  [VS, "spec.http[0].directResponse.status", 200, 503],
  [ALARM, "actionsEnabled", true, false],
  [ALARM, "actionsEnabled", undefined, false],
  [RULE, "spec.groups[3]", undefined, { name: "fridayproof.standby" }],
  [GROUP, "scalingConfig.minSize", 1, 0],
  [GROUP, "scalingConfig.desiredSize", 2, 1],
  [SET, "spec.template.spec.source.path", "{{.path.path}}", "gitops/standby"],
  [SET, "spec.template.spec.source.directory.recurse", true, false],
  [SET, 'spec.template.metadata.labels["fridayproof.dev/standby"]', undefined, "true"],
];

describe("a difference that standing by makes", () => {
  it.each(rows)("in %s %s is set aside, whichever leg is named first", (type, path, serving, standing) => {
    expect(explained(differs(type, path, serving, standing))).toBe(true);
    expect(explained(differs(type, path, standing, serving), [true, false])).toBe(true);
  });

  it.each(rows)("in %s %s counts the other way round, elsewhere, and where both or none stand by", (...row) => {
    const [type, path, serving, standing] = row;
    expect(explained(differs(type, path, standing, serving))).toBe(false);
    expect(explained(differs("aws:ec2/vpc:Vpc", path, serving, standing))).toBe(false);
    expect(explained(differs(type, `${path}.other`, serving, standing))).toBe(false);
    expect(explained(differs(type, path, serving, standing), [false, false])).toBe(false);
    expect(explained(differs(type, path, serving, standing), [true, true])).toBe(false);
  });

  it.each([
    [VS, "spec.http[0].directResponse.status", 200, 404],
    [VS, "spec.http[0].directResponse.status", 404, 503],
    [GROUP, "scalingConfig.maxSize", 4, 3],
    [GROUP, "scalingConfig.minSize", "1", "0"],
    [GROUP, "scalingConfig.minSize", 1, 1],
    [RULE, "spec.groups[3]", undefined, { name: "fridayproof.release" }],
    [SET, "spec.template.spec.source.path", "{{.path.path}}", "gitops/replica"],
  ])("in %s %s from %j to %j is none of its", (type, path, serving, standing) => {
    const difference = differs(type, path, serving, standing);
    expect(setStandbyAside([difference], [false, true])).toEqual({ differences: [difference], standby: [] });
  });
});

it("an option of node groups is explained where their size is sent, and no other option is", () => {
  expect(explained(option(["scalingConfig.desiredSize"], undefined))).toBe(true);
  expect(explained(option(["scalingConfig.desiredSize", "tags"], undefined))).toBe(false);
  expect(explained(option(undefined, ["scalingConfig.desiredSize"]))).toBe(false);
  expect(explained(option(undefined, undefined))).toBe(false);
});

describe("a leg", () => {
  const leg = (status: number, type = VS): Pick<StackState, "resources"> => ({
    resources: [{ type, urn: "u", inputs: { spec: { http: [{ directResponse: { status } }] } } } as never],
  });

  it("stands by where its health check returns 503, and not where something else is", () => {
    expect([leg(503), leg(200), leg(503, SET)].map(standsBy)).toEqual([true, false, false]);
    expect(
      standsBy({ resources: [{ type: VS, urn: "u", inputs: { spec: { http: [{ route: [] }] } } } as never] }),
    ).toBe(false);
  });
});
