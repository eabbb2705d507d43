/** Selectors and owners of Kubernetes objects. */
import { describe, expect, it } from "vitest";
import { Field } from "../../../../policies/kit/reading/field";
import { belongs, identityOf, labelsOf, selects } from "../../../../policies/kit/kubernetes/kubernetes";
import { Resource } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import { autoscaler, deployment } from "../../support/fixtures";
import { type Given, urnOf } from "../../support/rule";

const [UNKNOWN] = unknownSentinels;
const made = (given: Given): Resource => new Resource({ ...given, urn: urnOf(given.type, given.name) });
const shop = made(deployment);
const selecting = (selector: unknown, labels: Readonly<Record<string, string>>): boolean =>
  selects(new Field(selector), new Map(Object.entries(labels)));
const expression = (operator: string, ...values: readonly string[]): unknown => ({
  matchExpressions: [{ key: "tier", operator, values }],
});

describe("selects", () => {
  it.each([
    ["an absent selector", undefined, { app: "x" }, false],
    ["an empty one", {}, { app: "x" }, true],
    ["equal labels", { matchLabels: { app: "x" } }, { app: "x", tier: "y" }, true],
    ["another label", { matchLabels: { app: "x" } }, { app: "z" }, false],
    ["one of two labels", { matchLabels: { app: "x", tier: "y" } }, { app: "x" }, false],
    ["In", expression("In", "a", "b"), { tier: "b" }, true],
    ["In, another", expression("In", "a", "b"), { tier: "c" }, false],
    ["In, absent", expression("In", "a", "b"), {}, false],
    ["NotIn", expression("NotIn", "a", "b"), { tier: "c" }, true],
    ["NotIn, one of them", expression("NotIn", "a", "b"), { tier: "a" }, false],
    ["NotIn, absent", expression("NotIn", "a", "b"), {}, true],
    ["Exists", expression("Exists"), { tier: "a" }, true],
    ["Exists, absent", expression("Exists"), { app: "a" }, false],
    ["DoesNotExist", expression("DoesNotExist"), { app: "a" }, true],
    ["DoesNotExist, there", expression("DoesNotExist"), { tier: "a" }, false],
    ["an operator that Kubernetes does not know", expression("Like", "a"), { tier: "a" }, false],
    [
      "labels, but not the expression",
      { matchLabels: { app: "x" }, ...(expression("Exists") as object) },
      { app: "x" },
      false,
    ],
  ] as const)("%s", (_name, selector, labels, picks) => expect(selecting(selector, labels)).toBe(picks));
});

describe("an object", () => {
  it("is known by kind, namespace and name, with what stands in for them", () => {
    expect(identityOf(shop)).toEqual({ kind: "Deployment", namespace: "shop", name: "shop" });
    const bare = new Resource({ type: "kubernetes:batch/v1:Job", name: "migrate", props: {} });
    expect(identityOf(bare)).toEqual({ kind: "Job", namespace: "default", name: "migrate" });
  });

  it("has labels, of which an absent value is an empty one", () => {
    expect([...labelsOf(new Field({ metadata: { labels: { a: "x", b: null } } }))]).toEqual([
      ["a", "x"],
      ["b", ""],
    ]);
  });
});

describe("belongs", () => {
  const hidden = (): boolean => new Field(UNKNOWN).isSet();
  const linked = made({ ...autoscaler, links: { spec: [shop.urn] } });

  it("follows the link where a preview hides the value, and only that property's", () => {
    expect(belongs(linked, "spec", shop, hidden)).toBe(true);
    expect(belongs(linked, "metadata", shop, hidden)).toBe(false);
    expect(belongs(linked, "spec", linked, hidden)).toBe(false);
  });

  it("is no for the malformed, and no hiding place for a broken rule", () => {
    expect(belongs(linked, "spec", shop, () => new Field("x").at("y").isSet())).toBe(false);
    expect(() =>
      belongs(linked, "spec", shop, () => {
        throw new TypeError("bug");
      }),
    ).toThrow(new TypeError("bug"));
  });
});
