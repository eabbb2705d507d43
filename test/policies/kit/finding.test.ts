/** Sentences for a person: whole, and without anything that may be secret. */
import { describe, expect, it } from "vitest";
import { message, nameOr, shown, unseen, violation } from "../../../policies/kit/finding";
import { Resource } from "../../../policies/kit/resource";

const web = new Resource({ type: "aws:lb/loadBalancer:LoadBalancer", name: "web", props: {} });

describe("message", () => {
  it("says resource, place, got, wanted and fix", () => {
    const fault = { got: "1", wanted: "2", fix: "add one" };
    const whole = "web (aws:lb/loadBalancer:LoadBalancer): got 1; wanted 2. Fix: add one.";
    expect(message(violation(web, { at: "spec.n", ...fault }))).toBe(
      "web (aws:lb/loadBalancer:LoadBalancer), spec.n: got 1; wanted 2. Fix: add one.",
    );
    expect([message(violation(web, fault)), message(violation(web, { at: "", ...fault }))]).toEqual([whole, whole]);
  });

  it("says that a hidden value is looked at again", () => {
    const finding = unseen(web, "spec.n");
    expect(finding.kind).toBe("unseen");
    expect(message(finding)).toBe(
      "web (aws:lb/loadBalancer:LoadBalancer), spec.n: got a value that is not known yet; wanted a known one. " +
        "Fix: nothing now: the rule looks again before the update touches the resource.",
    );
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
  ])("shows %j as %s", (value, words) => expect(shown(value)).toBe(words));

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
  ])("hides %j", (value) => expect(shown(value)).toBe("a text"));
});

describe("nameOr", () => {
  it("shows what is a name, and puts words in place of everything else", () => {
    const names = ["shop", "a", "shop.example-1", "x".repeat(63)];
    expect(names.map((name) => nameOr(name, "a flag"))).toEqual(names.map((name) => `"${name}"`));
    const others = [undefined, "", "Shop", "-shop", "shop-", "shop!", "a shop", "x".repeat(64)];
    expect(others.map((name) => nameOr(name, "a flag"))).toEqual(others.map(() => "a flag"));
  });
});
