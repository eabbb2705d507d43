/** Exemptions: what a row may look like, when it holds, and whom it covers. */
import { describe, expect, it } from "vitest";
import { covers, excuses, exemptionProblem, isExpired } from "../../policies/kit/rule/exemption";
import { violation } from "../../policies/kit/finding/finding";
import { Resource } from "../../policies/kit/reading/resource";
import { unknownSentinels } from "../../policies/kit/reading/value";
import { rules } from "../../policies/rules";
import { exemptions, protectionExemptions } from "../../stacks/policies/exemptions";
import { exemptionRow as row } from "./support/exemption-row";
import { now } from "./support/rule";

const [UNKNOWN] = unknownSentinels;
const nearlyAll = (name: string): string =>
  `"${name}" would exempt nearly a whole type: leave at least 3 letters or digits in a row beside *`;
const shop = new Resource({
  type: "kubernetes:apps/v1:Deployment",
  name: "app",
  props: { metadata: { name: "shop", namespace: "web" } },
});

describe("an exemption", () => {
  it.each([
    ["aws:lb/loadBalancer:LoadBalancer::**", {}, "** would exempt everything: name the resource"],
    ["aws:lb/loadBalancer:LoadBalancer::*", {}, "a bare * would exempt a whole type: name the resource"],
    ["aws:lb/*::web", {}, "the resource must be <type token>::<name>, with * in the name only"],
    ["web", {}, "the resource must be <type token>::<name>, with * in the name only"],
    ["a:b:C::web", { expires: "2026-02-30" }, "expires must be a day, YYYY-MM-DD"],
    ["a:b:C::web", { expires: "soon" }, "expires must be a day, YYYY-MM-DD"],
    ["a:b:C::web", { expires: "2026-12-31T00:00" }, "expires must be a day, YYYY-MM-DD"],
    ["a:b:C::web", { owner: " " }, "reason and owner must be given"],
    ["a:b:C::web", { reason: " " }, "reason and owner must be given"],
    ["a:b:C::web-*", {}, undefined],
    ["a:b:C::x", {}, undefined],
    ["a:b:C::*/web", {}, undefined],
    ["a:b:C::*/*", {}, "a bare * would exempt a whole type: name the resource"],
    ["a:b:C::web/*", {}, "a bare * would exempt a whole type: name the resource"],
    ["a:b:C::*a*", {}, nearlyAll("*a*")],
    ["a:b:C::a*b-c*d", {}, nearlyAll("a*b-c*d")],
    ["a:b:C::shop/a-b-*", {}, nearlyAll("a-b-*")],
    ["a:b:C::*abc", {}, undefined],
    ["a:b:C::web", { expires: "2027-11-22" }, undefined],
    [
      "a:b:C::web",
      { expires: "2027-11-23" },
      "expires must be 2027-11-22 or earlier, 366 days from today: an exemption is looked at once a year",
    ],
    ["a:b:C::web", { reason: "." }, "the reason must be a sentence of at least 3 words"],
    ["a:b:C::web", { reason: "legacy, 1 2 3 x" }, "the reason must be a sentence of at least 3 words"],
    ["a:b:C::web", { reason: "Größe ändert später" }, undefined],
    ["a:b:C::web", { path: "spec.template.spec.containers[0].image" }, undefined],
    ["a:b:C::web", { path: 'metadata.labels["a/b"]' }, undefined],
    ["a:b:C::web", { path: "spec." }, "the path must be a property path such as spec.template.spec.hostNetwork"],
  ] as const)("%s %j: %s", (resource, more, fault) => {
    expect(exemptionProblem(row(resource, more), now)).toBe(fault);
  });

  it("holds through its last day", () => {
    expect(isExpired(row("a:b:C::x", { expires: "2026-11-21" }), now)).toBe(false);
    expect(isExpired(row("a:b:C::x", { expires: "2026-11-20" }), now)).toBe(true);
  });

  it.each([
    ["kubernetes:apps/v1:Deployment::app", true],
    ["kubernetes:apps/v1:Deployment::web/shop", true],
    ["kubernetes:apps/v1:Deployment::web/*", true],
    ["kubernetes:apps/v1:Deployment::a*", true],
    ["kubernetes:apps/v1:Deployment::shop", false],
    ["kubernetes:apps/v1:Deployment::*hop", false],
    ["kubernetes:apps/v1:StatefulSet::app", false],
    ["kubernetes:apps/v1:Deployment::a.p", false],
  ])("%s covers web/shop, called app: %s", (resource, expected) => {
    expect(covers(row(resource), shop)).toBe(expected);
  });

  it.each([
    ["by its own name where a preview hides all else", "kubernetes:core/v1:Pod::p.1", UNKNOWN, true],
    ["by no other name then", "kubernetes:core/v1:Pod::default/undefined", UNKNOWN, false],
    [
      "by its name alone where it states no namespace",
      "kubernetes:core/v1:Pod::shop",
      { metadata: { name: "shop" } },
      true,
    ],
    ["in the default namespace then", "kubernetes:core/v1:Pod::default/shop", { metadata: { name: "shop" } }, true],
    ["by no object's name where it has none", "kubernetes:core/v1:Pod::default/undefined", { metadata: {} }, false],
    ["by its name in the program alone outside Kubernetes", "aws:x/y:Z::shop", { metadata: { name: "shop" } }, false],
  ])("covers an object %s", (_how, pattern, props, expected) => {
    const [type = ""] = pattern.split("::");
    expect(covers(row(pattern), new Resource({ type, name: "p.1", props }))).toBe(expected);
  });

  it("covers a document by namespace and name where it states a namespace: its bare name may stand in two", () => {
    const type = "kubernetes:core/v1:Pod";
    const inOps = new Resource({
      type,
      name: "agent",
      urn: "ops/agent.yaml#0",
      props: { metadata: { name: "agent", namespace: "ops" } },
    });
    expect(
      ["agent", "shop/agent", "ops/agent", "*/agent"].map((name) => covers(row(`${type}::${name}`), inOps)),
    ).toEqual([false, false, true, true]);
  });

  it("of a folder covers what lies beside it and below, and nothing else", () => {
    const type = "kubernetes:core/v1:Pod";
    const at = (urn: string): Resource =>
      new Resource({ type, name: "agent", urn, props: { metadata: { name: "agent" } } });
    const own = row(`${type}::agent`, { file: "shop/.fridayproof/exemptions.yaml", folder: "shop/" });
    expect(
      ["shop/a.yaml#0", "shop/deep/a.yaml#1", "a.yaml#0", "shops/a.yaml#0"].map((urn) => covers(own, at(urn))),
    ).toEqual([true, true, false, false]);
  });

  it.each([
    ["spec.hostNetwork", "spec.hostNetwork", true],
    ["spec", "spec.hostNetwork", true],
    ["spec.containers", "spec.containers[0].image", true],
    ["spec.host", "spec.hostNetwork", false],
    ["spec.hostNetwork", "spec", false],
    ["spec.hostNetwork", undefined, false],
    ["spec.hostNetwork", "items[3].spec.hostNetwork", true],
    [undefined, "spec.hostNetwork", true],
    [undefined, undefined, true],
  ])("with the path %s excuses a finding at %s: %s", (path, at, expected) => {
    const more = path === undefined ? {} : { path };
    const finding = violation(shop, { got: "x", expected: "y", fix: "z", ...(at === undefined ? {} : { at }) });
    expect(excuses(row("kubernetes:apps/v1:Deployment::web/shop", more), finding)).toBe(expected);
  });

  it("names a rule, a sound pattern and a day to come in every third-party row", () => {
    const known = new Set(rules.map(({ id }) => id));
    for (const exemption of [...exemptions, ...protectionExemptions]) {
      expect(exemptionProblem(exemption, now)).toBeUndefined();
      expect(known.has(exemption.rule), exemption.rule).toBe(true);
      expect(isExpired(exemption, now), `${exemption.rule} ${exemption.resource}`).toBe(false);
    }
  });
});
