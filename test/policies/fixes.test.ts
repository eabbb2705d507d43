/** A fix never hurts: followed to the letter it satisfies its rule, offends no other, and gives what the cluster accepts. */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../policies/kit/finding";
import type { Rule } from "../../policies/kit/rule";
import { rules } from "../../policies/rules";
import { specs } from "./specs";
import { applied } from "./support/apply";
import { type Case, findingsOf } from "./support/rule";
import { faultsOf } from "./support/validity";

/** What cannot be mended where it was found. Everything else states its changes. */
const isMendable = ({ kind, fix }: Finding): boolean => kind === "violation" && typeof fix !== "string";

const cases = specs.flatMap(({ rule, bad }) =>
  Object.entries(bad).flatMap(([name, given]) => {
    const findings = findingsOf(rule, given);
    return findings.some(isMendable) ? [[rule.id, name, { rule, given, findings }] as const] : [];
  }),
);

const keyOf = (id: string, { resource, at = "" }: Finding): string =>
  `${id} on ${resource.name} (${resource.type}) ${at}`;

/** Who objects to what, by rule, object and place. */
function objections(own: Rule, given: Case): readonly string[] {
  return rules.flatMap((rule) => {
    const settings = rule.id === own.id ? (given.settings ?? {}) : {};
    return findingsOf(rule, { ...given, settings })
      .filter(({ kind }) => kind === "violation")
      .map((finding) => keyOf(rule.id, finding));
  });
}

describe("a fix", () => {
  it.each(cases)("of %s mends and hurts nothing: %s", (_id, _name, { rule, given, findings }) => {
    const after = applied(given, findings);
    const left = findingsOf(rule, after).filter(({ kind }) => kind === "violation");
    const unmendable = findings.filter(({ fix }) => typeof fix === "string").map((finding) => keyOf(rule.id, finding));
    expect(left.map((finding) => keyOf(rule.id, finding)).filter((key) => !unmendable.includes(key))).toEqual([]);
    const before = new Set(objections(rule, given));
    expect(objections(rule, after).filter((key) => !before.has(key))).toEqual([]);
    const faulty = new Set(given.resources.flatMap(faultsOf));
    expect(after.resources.flatMap(faultsOf).filter((fault) => !faulty.has(fault))).toEqual([]);
  });
});
