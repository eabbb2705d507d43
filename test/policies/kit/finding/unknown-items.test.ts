/** A second look past hidden items of a list. */
import { describe, expect, it } from "vitest";
import { type Finding, unknownValue, violation } from "../../../../policies/kit/finding/finding";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { eachResource, resourceRule, stackRule } from "../../../../policies/kit/rule/rule";
import { runResources, runStack } from "../../../../policies/kit/rule/run";
import { checkKnownItems, checkKnownItemsIn } from "../../../../policies/kit/finding/unknown-items";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const about = {
  group: "security",
  level: "mandatory",
  forbids: "A bad item.",
  prevents: "x",
  source: "x",
  settings: {},
  examples: { bad: "x", good: "x" },
} as const;
const context = { now: new Date("2026-11-21"), preview: true, teardown: false, stackTags: new Map<string, string>() };

/** Stops at the first item that cannot be read, as rules do that ask nothing special. */
function* firstBadItem(resource: Resource) {
  for (const list of ["items", "steps"])
    for (const item of resource.at(list).list())
      if (item.text() === "bad")
        yield violation(resource, { at: item.path, got: "bad", expected: "good", fix: "mend it" });
}

const single = resourceRule({ ...about, id: "single", resourceTypes: "any", check: firstBadItem });
const whole = stackRule({ ...about, id: "whole", check: (stack) => eachResource(stack.resources, firstBadItem) });
const made = (props: object): Resource => new Resource({ type: "a:b:C", name: "c", urn: "urn:c", props });

describe("what stands beside a hidden item", () => {
  const mixed = made({ items: [UNKNOWN, "good", "bad", UNKNOWN, "bad"] });
  const expected = ["unknown items[0]", "violation items[2]", "violation items[4]"];

  it("is found by a rule about one resource, at its own place", () => {
    const found = runResources(single, [mixed], {}, context);
    expect(found.map(({ kind, at }) => `${kind} ${at}`)).toEqual(expected);
    expect(found.every(({ resource }) => resource === mixed)).toBe(true);
  });

  it("is found by a rule about the stack, for the resource itself", () => {
    const found = runStack(whole, new Stack([mixed]), {}, context);
    expect(found.map(({ kind, at }) => `${kind} ${at}`)).toEqual(expected);
    expect(found.every(({ resource }) => resource === mixed)).toBe(true);
  });

  it("is not told twice when it stands before", () => {
    const found = runResources(single, [made({ items: ["bad", UNKNOWN] })], {}, context);
    expect(found.map(({ kind, at }) => `${kind} ${at}`)).toEqual(["violation items[0]", "unknown items[1]"]);
  });

  it("is left open among steps, and in another list", () => {
    const found = runResources(single, [made({ steps: [UNKNOWN, "bad"] })], {}, context);
    expect(found.map(({ kind, at }) => `${kind} ${at}`)).toEqual(["unknown steps[0]"]);
    const other = runResources(single, [made({ items: [UNKNOWN], steps: ["bad"] })], {}, context);
    expect(other.map(({ kind, at }) => `${kind} ${at}`)).toEqual(["unknown items[0]"]);
  });
});

describe("a second look", () => {
  const resource = made({});
  const other = new Resource({ type: "a:b:C", name: "d", urn: "urn:d", props: {} });
  const fault = (who: Resource, at: string): Finding =>
    violation(who, { at, got: "bad", expected: "good", fix: "mend it" });
  const places = (found: readonly Finding[]): readonly string[] =>
    found.map(({ kind, resource: { name }, at }) => `${kind} ${name} ${at}`);
  /** What is found when the second look gives these findings, made for the copy that it is given. */
  const again = (found: readonly Finding[], second: (seen: Resource) => readonly Finding[]): readonly string[] =>
    places(checkKnownItems(resource, found, second));
  const never = (): readonly Finding[] => {
    throw new Error("looked again");
  };

  it("is taken only where a single item is hidden whose order says nothing", () => {
    for (const at of ["items", "items[0].name", "steps[0]", "spec.steps[12]", ""])
      expect(again([unknownValue(resource, at)], never)).toHaveLength(1);
    expect(again([{ ...unknownValue(resource, ""), at: undefined } as unknown as Finding], never)).toHaveLength(1);
    expect(again([fault(resource, "items[0]")], never)).toHaveLength(1);
    expect(() => again([unknownValue(resource, "items[12]")], never)).toThrow("looked again");
    expect(() => again([unknownValue(resource, "misteps[0]")], never)).toThrow("looked again");
    expect(places(checkKnownItemsIn(new Stack([resource]), [unknownValue(resource, "items")], never))).toHaveLength(1);
  });

  it("adds faults of the same resource in the same lists, each once", () => {
    const hidden = [unknownValue(resource, "a[0]"), unknownValue(resource, "b[0]")];
    const second = (seen: Resource): readonly Finding[] => [
      ...["a[1]", "b[1]", "c[1]", "a"].map((at) => fault(seen, at)),
      { ...fault(seen, ""), at: undefined } as unknown as Finding,
      unknownValue(seen, "a[2]"),
      fault(other, "a[1]"),
    ];
    const expected = ["unknown c a[0]", "unknown c b[0]", "violation c a[1]", "violation c b[1]"];
    expect(again(hidden, second)).toEqual(expected);
    expect(again([...hidden, fault(resource, "b[1]")], second)).toEqual([
      "unknown c a[0]",
      "unknown c b[0]",
      "violation c b[1]",
      "violation c a[1]",
    ]);
  });

  it("finds the resources of a stack again, also those that a rule made anew from them", () => {
    const stack = new Stack([resource, other]);
    const hidden = [unknownValue(resource, "a[0]")];
    const second = (seen: Stack): readonly Finding[] => [
      ...seen.resources.map((copy) => fault(copy, "a[1]")),
      fault(made({ translated: true }), "a[2]"),
      fault(new Resource({ type: "a:b:C", name: "strange", urn: "urn:s", props: {} }), "a[3]"),
    ];
    const found = checkKnownItemsIn(stack, hidden, second);
    expect(places(found)).toEqual(["unknown c a[0]", "violation c a[1]", "violation c a[2]"]);
    expect(found.every((finding) => finding.resource === resource)).toBe(true);
  });
});
