/** Derived values of constructions: what they become, when they stay unknown, which children they name. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { atOutputPath, childOutput, childrenIn, resolve } from "../../../sandbox/protocol/construction";
import { UNKNOWN, type Value } from "../../../sandbox/property/values";

const arn = childOutput("cluster", "arn");
const known = (): Value => "arn:aws:eks:eu-west-1:1:cluster/c";

const region: Value = { $part: arn, separator: ":", index: 3 };

describe("derived values", () => {
  it("become text, parts and objects once their children are known", () => {
    expect(resolve({ $join: ["a/", arn] }, known)).toBe("a/arn:aws:eks:eu-west-1:1:cluster/c");
    expect(resolve(region, known)).toBe("eu-west-1");
    expect(resolve({ $part: arn, separator: "|", index: 9 }, known)).toBe("");
    expect(resolve({ $json: { region, n: [1, null] } }, known)).toBe('{"region":"eu-west-1","n":[1,null]}');
    expect(resolve({ $entries: [[{ $join: ["k-", arn] }, true]] }, () => "x")).toEqual({ "k-x": true });
    expect(resolve({ $merge: [{ a: 1, b: 1 }, { b: arn }] }, () => "x")).toEqual({ a: 1, b: "x" });
  });

  it("are unknown as a whole while one child is, and leave the rest of their property alone", () => {
    expect(resolve({ config: { $json: { a: 1, b: arn } }, plain: [1, arn] }, () => UNKNOWN)).toEqual({
      config: UNKNOWN,
      plain: [1, UNKNOWN],
    });
  });

  it("name every child inside once", () => {
    const role = childOutput("role", "id");
    const inner = { $join: [childOutput("x", "y")] };
    expect(childrenIn([arn, { $json: { a: role, b: arn } }, { $entries: [[inner, 1]] }])).toEqual([
      "cluster",
      "role",
      "x",
    ]);
  });

  it("leave every value without children as it is", () => {
    const noForms = fc
      .jsonValue()
      .filter((value) => !/"\$/.test(JSON.stringify(value)) && !JSON.stringify(value).includes("__proto__"));
    fc.assert(fc.property(noForms, (value) => void expect(resolve(value as Value, known)).toEqual(value)));
  });
});

describe("output paths", () => {
  it("lead through objects and lists, stay unknown behind an unknown, and end nowhere where there is nothing", () => {
    const outputs = { identities: [{ oidcs: [{ issuer: "https://x" }] }], late: UNKNOWN };
    expect(atOutputPath(outputs, "identities[0].oidcs[0].issuer")).toBe("https://x");
    expect(atOutputPath(outputs, "late.deeper[0]")).toBe(UNKNOWN);
    expect(atOutputPath(outputs, "identities[1].oidcs")).toBeUndefined();
    expect(atOutputPath(outputs, "late[0]")).toBe(UNKNOWN);
  });
});
