/** How long pods take to leave, read from pod specs and from the gateway chart's values. */
import { describe, expect, it } from "vitest";
import {
  deregistrationSeconds,
  drainOfRelease,
  drainOfWorkload,
  drainSeconds,
  gatewayReleases,
  graceSeconds,
  installs,
  isGateway,
} from "../../../../policies/kit/network/draining";
import { Field } from "../../../../policies/kit/reading/field";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import { but, deployment, gateway, gatewayPods, targetGroup } from "../../support/fixtures";
import type { Given } from "../../support/rule";

const [UNKNOWN] = unknownSentinels;
describe("seconds", () => {
  it("of grace and drain have defaults", () => {
    expect([graceSeconds(new Field(90)), graceSeconds(new Field(undefined))]).toEqual([90, 30]);
    const drain = (text: string | undefined): number => drainSeconds(new Field(text));
    expect([drain(undefined), drain("drainDuration: 45s"), drain("terminationDrainDuration: soon")]).toEqual([5, 5, 5]);
  });

  it("of the drain stand in the proxy's configuration", () => {
    const drain = (text: string): number => drainSeconds(new Field(text));
    expect([
      drain("terminationDrainDuration: 30s"),
      drain('drainDuration: 45s\nterminationDrainDuration:"12.5s"\n'),
      drain("terminationDrainDuration:  1m\n"),
    ]).toEqual([30, 12.5, 60]);
  });

  it("of deregistration are the longest in sight, or the platform's own", () => {
    const longest = (...groups: readonly Given[]): number =>
      deregistrationSeconds(new Stack(groups.map((group) => new Resource(group))), 30);
    const group = (deregistrationDelay: unknown): Given => but(targetGroup, { deregistrationDelay });
    expect([longest(), longest(group(15), group("60")), longest(group(undefined))]).toEqual([30, 60, 300]);
    expect([longest(group(UNKNOWN)), longest(group(UNKNOWN), group(15))]).toEqual([30, 15]);
  });
});

describe("the gateway", () => {
  const is = (changes: Readonly<Record<string, unknown>>): boolean => isGateway(new Resource(but(deployment, changes)));

  it("is known by its label or by the injector's template", () => {
    expect([is({}), is({ "spec.template.metadata.labels": { istio: "ingress" } })]).toEqual([false, true]);
    expect(is({ "spec.template.metadata.labels": { istio: "pilot" } })).toBe(false);
    const template = (name: string): boolean =>
      is({ "spec.template.metadata.annotations": { "inject.istio.io/templates": name } });
    expect([template("gateway"), template("sidecar")]).toEqual([true, false]);
  });

  it("is a release of its chart, whatever repository that comes from", () => {
    const chart = (name: string | undefined): boolean =>
      installs(new Resource(but(gateway, { chart: name })), "gateway");
    expect([chart("gateway"), chart("oci://example.com/gateway"), chart("istio/gateway")]).toEqual([true, true, true]);
    expect([chart("my-gateway"), chart("gateway/x"), chart(undefined)]).toEqual([false, false, false]);
    const release = new Resource(gateway);
    const v4 = new Resource({ ...gateway, type: "kubernetes:helm.sh/v4:Chart" });
    expect(gatewayReleases(new Stack([v4, new Resource(deployment), release]))).toEqual([release, v4]);
  });

  it("leaves as its chart's values say", () => {
    const drain = drainOfRelease(new Resource(gateway));
    expect([drain?.grace.path, drain?.hook.path, drain?.proxyConfig.path]).toEqual([
      "values.terminationGracePeriodSeconds",
      "values",
      'values.podAnnotations["proxy.istio.io/config"]',
    ]);
    expect(drainOfRelease(new Resource(but(gateway, { chart: "istiod" })))).toBeUndefined();
  });

  it("leaves as its rendered pods say", () => {
    const drain = drainOfWorkload(new Resource(gatewayPods));
    expect([drain?.grace.path, drain?.hook.path, drain?.proxyConfig.path]).toEqual([
      "spec.template.spec.terminationGracePeriodSeconds",
      "spec.template.spec.containers[0]",
      'spec.template.metadata.annotations["proxy.istio.io/config"]',
    ]);
    const none = [
      deployment,
      { ...gatewayPods, type: "kubernetes:batch/v1:Job" },
      but(gatewayPods, { "spec.template.spec.containers": [] }),
    ];
    expect(none.map((given) => drainOfWorkload(new Resource(given)))).toEqual([undefined, undefined, undefined]);
  });
});
