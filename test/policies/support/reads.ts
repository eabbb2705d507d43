/** Which properties of a kind's objects a rule reads while it judges cases. */
import { vi } from "vitest";
import { Field } from "../../../policies/kit/reading/field";
import { Resource, type ResourceInput, Stack, unpack } from "../../../policies/kit/reading/resource";
import type { Rule } from "../../../policies/kit/rule/rule";
import { runResources, runStack } from "../../../policies/kit/rule/run";
import { isRecord } from "../../../policies/kit/reading/value";
import { type Case, now, urnOf } from "./rule";

/** Paths as they stand in the objects, each behind `<kind>#`. */
export function readsOf(rule: Rule, cases: readonly Case[]): ReadonlySet<string> {
  const seen = new Set<string>();
  const spies = (["value", "shape"] as const).map((name) => {
    const original = Field.prototype[name] as () => unknown;
    return vi.spyOn(Field.prototype, name).mockImplementation(function (this: Field) {
      seen.add(this.path.replace("#.", "#"));
      return original.call(this) as never;
    });
  });
  try {
    for (const one of cases) run(rule, one);
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return seen;
}

function run(rule: Rule, { resources, settings = {}, context = {} }: Case): void {
  const whole = {
    now,
    preview: false,
    teardown: false,
    stackTags: new Map<string, string>(),
    sandbox: true,
    ...context,
  };
  const all = resources.map((given) => ({ ...given, urn: given.urn ?? urnOf(given.type, given.name) })).flatMap(marked);
  if (rule.scope === "stack") runStack(rule, new Stack(all), settings, whole);
  else runResources(rule, all, settings, whole);
}

/** The resource with its kind at the head of every path; lists are left as they are. */
function marked(input: ResourceInput): readonly Resource[] {
  const [first, ...more] = unpack(input);
  if (first === undefined || more.length > 0 || !isRecord(input.props)) return unpack(input);
  return [new Resource(input, first.type, `${first.type}#`)];
}
