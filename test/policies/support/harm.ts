/** What a change of a case does to it: whom it offends that was not offended before, and what the cluster has against it. */
import type { Finding } from "../../../policies/kit/finding/finding";
import type { Rule } from "../../../policies/kit/rule/rule";
import { rules } from "../../../policies/rules";
import { type Case, findingsOf } from "./rule";
import { faultsOf } from "./validity";

/** A finding by rule, object and place. */
export function keyOf(id: string, { resource, at = "" }: Finding): string {
  return `${id} on ${resource.name} (${resource.token}) ${at}`;
}

/** Whether the fix is words alone: nothing in the stack is changed by it. */
export function isWorded({ fix }: Finding): boolean {
  return typeof fix === "string" || fix.changes.length === 0;
}

/** What is wrong after the change and was not before it, one line each. */
export function harmOf(own: Rule, given: Case, after: Case): readonly string[] {
  const before = objections(own, given);
  const known = [...before, ...seenWith(own, given, after, before)];
  return [
    ...moreThan(known, objections(own, after)),
    ...moreThan(given.resources.flatMap(faultsOf), after.resources.flatMap(faultsOf)),
  ];
}

/** Who objects to what. */
function objections(own: Rule, given: Case): readonly string[] {
  return rules.flatMap((rule) => {
    const settings = rule.id === own.id ? (given.settings ?? {}) : {};
    return findingsOf(rule, { ...given, settings })
      .filter(({ kind }) => kind === "violation")
      .map((finding) => keyOf(rule.id, finding));
  });
}

/** Faults of the case that one more object beside it brings to light: where no Service is in sight, none is missed. */
function seenWith(own: Rule, given: Case, after: Case, before: readonly string[]): readonly string[] {
  const known = new Set(given.resources.map(({ type, name }) => `${type} ${name}`));
  const declared = after.resources.filter(({ type, name }) => !known.has(`${type} ${name}`));
  if (declared.length === 0) return [];
  const mine = objections(own, { ...given, resources: [...given.resources, ...declared] });
  return moreThan(before, mine).filter((key) => !declared.some(({ type, name }) => key.includes(`${name} (${type})`)));
}

/** A fault without the numbers of its list items: a change that puts an item before it moves it, and makes it no other. */
const unplaced = (fault: string): string => fault.replace(/\/\d+(?=\/|:)|\[\d+\]/g, "/*");

/** Faults of which there are more afterwards than before. */
function moreThan(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = before.map(unplaced);
  return after.filter((fault) => {
    const at = left.indexOf(unplaced(fault));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
