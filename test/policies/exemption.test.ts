/** Exemptions: what a row may look like, when it holds, and whom it covers. */
import { describe, expect, it } from "vitest";
import { exemptions } from "../../policies/exemptions";
import { covers, exemptionFault, isExpired } from "../../policies/kit/exemption";
import { Resource } from "../../policies/kit/resource";
import { unknownSentinels } from "../../policies/kit/value";
import { rules } from "../../policies/rules";
import { exemptionRow as row } from "./support/exemption-row";
import { now } from "./support/rule";

const [UNKNOWN] = unknownSentinels;
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
  ] as const)("%s %j: %s", (resource, more, fault) => {
    expect(exemptionFault(row(resource, more))).toBe(fault);
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

  it("names a rule, a sound pattern and a day to come in every third-party row", () => {
    const known = new Set(rules.map(({ id }) => id));
    for (const exemption of exemptions) {
      expect(exemptionFault(exemption)).toBeUndefined();
      expect(known.has(exemption.rule), exemption.rule).toBe(true);
      expect(isExpired(exemption, now), `${exemption.rule} ${exemption.resource}`).toBe(false);
    }
  });
});
