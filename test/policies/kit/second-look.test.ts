/** A second look past hidden items of a list. */
import { describe, expect, it } from "vitest";
import { violation } from "../../../policies/kit/finding";
import { Resource, Stack } from "../../../policies/kit/resource";
import { eachResource, resourceRule, stackRule } from "../../../policies/kit/rule";
import { runResource, runStack } from "../../../policies/kit/run";
import { unknownSentinels } from "../../../policies/kit/value";

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
function* judge(resource: Resource) {
  for (const list of ["items", "steps"])
    for (const item of resource.at(list).list())
      if (item.text() === "bad")
        yield violation(resource, { at: item.path, got: "bad", wanted: "good", fix: "mend it" });
}

const single = resourceRule({ ...about, id: "single", kinds: "any", check: judge });
const whole = stackRule({ ...about, id: "whole", check: (stack) => eachResource(stack.resources, judge) });
const made = (props: object): Resource => new Resource({ type: "a:b:C", name: "c", urn: "urn:c", props });

describe("what stands beside a hidden item", () => {
  const mixed = made({ items: [UNKNOWN, "good", "bad", UNKNOWN, "bad"] });
  const expected = ["unseen items[0]", "violation items[2]", "violation items[4]"];

  it("is found by a rule about one resource, at its own place", () => {
    const found = runResource(single, mixed, {}, context);
    expect(found.map(({ kind, at }) => `${kind} ${at}`)).toEqual(expected);
    expect(found.every(({ resource }) => resource === mixed)).toBe(true);
  });

  it("is found by a rule about the stack, for the resource itself", () => {
    const found = runStack(whole, new Stack([mixed]), {}, context);
    expect(found.map(({ kind, at }) => `${kind} ${at}`)).toEqual(expected);
    expect(found.every(({ resource }) => resource === mixed)).toBe(true);
  });

  it("is not told twice when it stands before", () => {
    const found = runResource(single, made({ items: ["bad", UNKNOWN] }), {}, context);
    expect(found.map(({ kind, at }) => `${kind} ${at}`)).toEqual(["violation items[0]", "unseen items[1]"]);
  });

  it("is left open among steps, and in another list", () => {
    const found = runResource(single, made({ steps: [UNKNOWN, "bad"] }), {}, context);
    expect(found.map(({ kind, at }) => `${kind} ${at}`)).toEqual(["unseen steps[0]"]);
    const other = runResource(single, made({ items: [UNKNOWN], steps: ["bad"] }), {}, context);
    expect(other.map(({ kind, at }) => `${kind} ${at}`)).toEqual(["unseen items[0]"]);
  });
});
