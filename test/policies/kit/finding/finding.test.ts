/** Sentences for a person: whole, and without anything that may be secret. */
import { describe, expect, it } from "vitest";
import {
  foretelling,
  insisting,
  message,
  nameOr,
  valueText,
  unknownValue,
  violation,
} from "../../../../policies/kit/finding/finding";
import { set } from "../../../../policies/kit/finding/remedy";
import { Resource, unpack } from "../../../../policies/kit/reading/resource";
import { deployment } from "../../support/fixtures";

const web = new Resource({ type: "aws:lb/loadBalancer:LoadBalancer", name: "web", props: {} });

describe("message", () => {
  it("says resource, place, got, expected and fix", () => {
    const fault = { got: "1", expected: "2", fix: "add one" };
    const whole = "web (aws:lb/loadBalancer:LoadBalancer): got 1; expected 2. Fix: add one.";
    expect(message(violation(web, { at: "spec.n", ...fault }))).toBe(
      "web (aws:lb/loadBalancer:LoadBalancer), spec.n: got 1; expected 2. Fix: add one.",
    );
    expect([message(violation(web, fault)), message(violation(web, { at: "", ...fault }))]).toEqual([whole, whole]);
  });

  it("says that a hidden value is looked at again", () => {
    const finding = unknownValue(web, "spec.n");
    expect(finding.kind).toBe("unknown");
    expect(message(finding)).toBe(
      "web (aws:lb/loadBalancer:LoadBalancer), spec.n: got a value that is not known yet; expected a known one. " +
        "Fix: nothing now: the update checks it.",
    );
  });
});

describe("a value that a preview hides", () => {
  const after = (scope: "resource" | "stack", level: "advisory" | "mandatory", more = {}): string =>
    String(foretelling({ ...unknownValue(web, "spec.n"), ...more }, { scope, level }).fix);
  const start = "nothing now: the update checks it, and if the value breaks the rule";

  it("stops an update before the resource, or fails it at its end", () => {
    expect(after("resource", "mandatory")).toBe(`${start} it stops before it touches the resource`);
    expect(after("stack", "mandatory")).toBe(`${start} it fails after all resources are made, and does not roll back`);
  });

  it("is only told where the rule or the finding is advisory", () => {
    expect(after("resource", "advisory")).toBe(`${start} it reports that and goes on`);
    expect(after("stack", "mandatory", { advisory: true })).toBe(`${start} it reports that and goes on`);
  });

  it("changes nothing about what is known", () => {
    const known = violation(web, { got: "1", expected: "2", fix: "add one" });
    expect(foretelling(known, { scope: "stack", level: "mandatory" })).toBe(known);
  });
});

describe("where something is", () => {
  const fault = { got: "1", expected: "2", fix: set("spec.n", 2) };

  it("is said by the namespace and by the names of the items on the way", () => {
    const shop = new Resource(deployment);
    expect(message(violation(shop, { at: "spec.template.spec.containers[0].env[0].value", ...fault }))).toBe(
      'shop (kubernetes:apps/v1:Deployment, namespace "shop"), spec.template.spec.containers[0].env[0].value ' +
        '(containers "shop", env "DB_PASSWORD"): got 1; expected 2. Fix: set spec.n to 2.',
    );
  });

  it("is said by kind and name inside a list, whatever the list is called", () => {
    const item = { apiVersion: "apps/v1", kind: "Deployment", ...(deployment.props as object) };
    const [shop] = unpack({ type: "kubernetes:core/v1:List", name: "all", props: { items: [item] } }) as [Resource];
    expect(message(violation(shop, { at: "items[0].spec.template.spec.containers[0].image", ...fault }))).toBe(
      'all (kubernetes:core/v1:List, Deployment "shop", namespace "shop"), ' +
        'items[0].spec.template.spec.containers[0].image (containers "shop"): got 1; expected 2. Fix: set spec.n to 2.',
    );
    const [nameless] = unpack({
      type: "kubernetes:core/v1:List",
      name: "all",
      props: { items: [{ apiVersion: "v1", kind: "Pod" }] },
    }) as [Resource];
    expect(message(violation(nameless, fault))).toBe(
      "all (kubernetes:core/v1:List, Pod without a name): got 1; expected 2. Fix: set spec.n to 2.",
    );
  });

  it("leaves out what is no name", () => {
    const props = { metadata: { namespace: "a b" }, list: [{ name: "a b" }, { name: 7.5 }, {}] };
    const odd = new Resource({ type: "kubernetes:core/v1:ConfigMap", name: "odd", props });
    for (const at of ["list[0]", "list[2]", "list[9].a", "list[0].name.a"])
      expect(message(violation(odd, { at, ...fault }))).toBe(
        `odd (kubernetes:core/v1:ConfigMap), ${at}: got 1; expected 2. Fix: set spec.n to 2.`,
      );
  });
});

describe("insisting", () => {
  it("asks for a value that a run knows, and leaves violations alone", () => {
    expect(message(insisting(unknownValue(web, "spec.n")))).toBe(
      "web (aws:lb/loadBalancer:LoadBalancer), spec.n: got a value that is not known yet; expected a known one. " +
        "Fix: give the property a value that the run knows, or exempt the resource from the rule.",
    );
    const plain = violation(web, { got: "1", expected: "2", fix: "add one" });
    expect(insisting(plain)).toBe(plain);
  });
});

describe("shown", () => {
  it.each([
    [undefined, "nothing"],
    ["", "an empty text"],
    [7, "7"],
    [-7, "-7"],
    ["12", "12"],
    [true, "true"],
    ["false", "false"],
    ["12.75", '"12.75"'],
    ["25%", '"25%"'],
    ["250ms", '"250ms"'],
    ["-12.5h", '"-12.5h"'],
    ["v1.35.12", '"v1.35.12"'],
    ["1.35", '"1.35"'],
    ["1.2.3-rc.1", '"1.2.3-rc.1"'],
    [">= 1.2.x", '">= 1.2.x"'],
    ["^10.1", '"^10.1"'],
    ["1.*", '"1.*"'],
    ["10.100.0.0/16", '"10.100.0.0/16"'],
    ["2001:db8::/48", '"2001:db8::/48"'],
    ["us-east-1", '"us-east-1"'],
    ["us-gov-east-1a", '"us-gov-east-1a"'],
    ["use1-az12", '"use1-az12"'],
    ["apse2-az1", '"apse2-az1"'],
    ["$Latest", '"$Latest"'],
    ["*", '"*"'],
    ["MUTABLE", '"MUTABLE"'],
  ])("shows %j as %s", (value, words) => expect(valueText(value)).toBe(words));

  it.each([
    "hunter22",
    "7 pieces",
    "x7",
    "7x",
    "1.35.12.hunter22",
    "s1.2.3",
    "1.2.3-hunter 22",
    `1.2.3-${"a".repeat(25)}`,
    "pass 10.0.0.0/8",
    "10.0.0.0/8 pass",
    "1000.0.0.0/8",
    "my 2001:db8::/48",
    "2001:db8::/48 pass",
    "my us-east-1",
    "us-east-1ab",
    "my use1-az1",
    "use1-az1 pass",
    "use1-az123",
    "trueish",
    "AKIAIOSFODNN7EXAMPLE",
  ])("hides %j", (value) => expect(valueText(value)).toBe("a text"));
});

describe("nameOr", () => {
  it("shows what is a name, and puts words in place of everything else", () => {
    const names = ["shop", "a", "shop.example-1", "x".repeat(63)];
    expect(names.map((name) => nameOr(name, "a flag"))).toEqual(names.map((name) => `"${name}"`));
    const others = [undefined, "", "Shop", "-shop", "shop-", "shop!", "a shop", "x".repeat(64)];
    expect(others.map((name) => nameOr(name, "a flag"))).toEqual(others.map(() => "a flag"));
  });
});
