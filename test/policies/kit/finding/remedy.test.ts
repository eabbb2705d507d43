/** Sentences of fixes: each names the changes that a program would make. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import {
  type Change,
  add,
  append,
  copy,
  declare,
  declareObject,
  dependOn,
  drop,
  either,
  example,
  fix,
  flow,
  insert,
  move,
  option,
  remove,
  set,
  split,
  textOf,
  together,
  wrap,
} from "../../../../policies/kit/finding/remedy";
import { Resource } from "../../../../policies/kit/reading/resource";

const shop = new Resource({ type: "kubernetes:apps/v1:Deployment", name: "shop", props: { spec: { list: [1] } } });
const list = shop.at("spec", "list");

describe("a change", () => {
  it.each([
    [() => set(list, 2), "set spec.list to 2", { op: "set", at: "spec.list", value: 2 }],
    [() => set("a.b", "x y", shop), 'set a.b of shop to "x y"', { op: "set", at: "a.b", value: "x y", of: shop }],
    [() => add(list, { a: 1 }), "add { a: 1 } to spec.list", { op: "add", at: "spec.list", value: { a: 1 } }],
    [() => append("a", ",b"), "append ,b to a", { op: "append", at: "a", value: ",b" }],
    [
      () => insert("a[1]", 1, { b: 2 }),
      "insert 1, { b: 2 } before a[1]",
      { op: "insert", at: "a[1]", values: [1, { b: 2 }] },
    ],
    [
      () => wrap("a", "!(", ")"),
      "write !( before a and ) behind it",
      { op: "wrap", at: "a", before: "!(", after: ")" },
    ],
    [() => remove("a[0]"), "remove a[0]", { op: "remove", at: "a[0]" }],
    [() => copy("a", list), "copy a to spec.list", { op: "copy", from: "a", at: "spec.list" }],
    [() => copy("a", "b", shop), "copy a of shop to b", { op: "copy", from: "a", at: "b", source: shop }],
    [() => move("a[2]", "a[0]"), "move a[2] before a[0]", { op: "move", from: "a[2]", at: "a[0]" }],
    [
      () => split("a[1]", ["b", "c"]),
      "split a[1] into an item each for b, c",
      { op: "split", at: "a[1]", keys: ["b", "c"] },
    ],
    [() => dependOn(shop), "pass dependsOn: shop in the resource's options", { op: "await", what: shop }],
    [
      () => option("ignoreChanges", ["a"]),
      "pass ignoreChanges: [a] in the resource's options",
      { op: "option", at: "ignoreChanges", value: ["a"] },
    ],
    [
      () => option("protect", true),
      "pass protect: true in the resource's options",
      { op: "option", at: "protect", value: true },
    ],
    [() => drop(shop), "remove shop (kubernetes:apps/v1:Deployment)", { op: "delete", of: shop }],
  ])("is said: %#", (remedy, text, change) => {
    expect(remedy()).toEqual({ text, changes: [change] });
  });

  it("may be one more object, whose name is shown if it is one", () => {
    const props = { metadata: { name: "shop", namespace: "a b" } };
    const object = {
      type: "kubernetes:policy/v1:PodDisruptionBudget",
      name: "shop",
      props: { metadata: { name: "shop", namespace: "name" } },
    };
    expect(declareObject("policy/v1", "PodDisruptionBudget", props)).toEqual({
      text: "declare a PodDisruptionBudget { metadata: { name: shop, namespace: name } }",
      changes: [{ op: "declare", object }],
    });
    const short = { metadata: { name: "a", namespace: "-a" } };
    expect(declareObject("v1", "Pod", short).text).toBe("declare a Pod { metadata: { name: a, namespace: name } }");
    const gateway = { type: "aws:ec2/internetGateway:InternetGateway", name: "g", props: {} };
    expect(declare(gateway).text).toBe("declare an InternetGateway {}");
  });
});

describe("a sentence", () => {
  it("holds its changes in order", () => {
    const whole = fix`${together([set("a", 1), remove("b")])}, ${2} at ${"once"}`;
    expect(whole.text).toBe("set a to 1; remove b, 2 at once");
    expect(whole.changes.map(({ op }) => op)).toEqual(["set", "remove"]);
    expect([textOf(whole), textOf("wait")]).toEqual([whole.text, "wait"]);
  });

  it("names several ways, each of which is a change of its own", () => {
    const ways = either(set("a", 1), remove("b"), either(set("c", 2), remove("d")));
    expect(ways.text).toBe("set a to 1, or remove b, or set c to 2, or remove d");
    const namesOf = (all: readonly Change[]) => all.map((change) => `${change.op} ${"at" in change ? change.at : ""}`);
    expect(namesOf(ways.changes)).toEqual(["set a"]);
    expect(ways.others?.map(namesOf)).toEqual([["remove b"], ["set c"], ["remove d"]]);
    const within = fix`${either(set("a", 1), remove("b"))} and ${either(set("c", 2), remove("d"))}`;
    expect(namesOf(within.changes)).toEqual(["set a", "set c"]);
    expect(within.others?.map(namesOf)).toEqual([
      ["remove b", "set c"],
      ["set a", "remove d"],
    ]);
    expect(together([set("a", 1), remove("b")])).not.toHaveProperty("others");
  });

  it("says whose value it is where the value is an example", () => {
    expect(example(set("a", 1), "what it uses at peak")).toEqual({
      text: "set a to 1, or what it uses at peak",
      changes: [{ op: "set", at: "a", value: 1 }],
    });
  });

  it("writes values as YAML does", () => {
    const value = { list: ["ALL", "true", "25%", "e12", 7, null], empty: {}, on: false };
    expect(flow(value)).toBe('{ list: [ALL, "true", "25%", "e12", 7, null], empty: {}, "on": false }');
  });

  it("writes whatever YAML reads back as the same", () => {
    const text = fc.oneof(
      fc.string(),
      fc.constantFrom("*", "*.a", "{{x}}", "a:", "a: b", "- a", ".5", "1e3", "e0", ".inf", "0x1", "=", "2027-01-01"),
    );
    const key = fc.oneof(fc.constantFrom("a", "a.b/c", "on", "a-b", "*"), fc.string());
    const leaf = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null));
    const { value } = fc.letrec<{ value: unknown }>((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, leaf, fc.array(tie("value")), fc.dictionary(key, tie("value"))),
    }));
    fc.assert(
      fc.property(value, (given) => {
        expect(parse(`[${flow(given)}]`, { version: "1.1" })).toEqual([given]);
      }),
    );
  });
});
