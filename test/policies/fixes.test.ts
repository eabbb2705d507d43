/** A fix never hurts: followed to the letter it satisfies its rule, offends no other, and gives what the cluster accepts. */
import { describe, expect, it } from "vitest";
import type { Finding } from "../../policies/kit/finding";
import { textOf } from "../../policies/kit/remedy";
import type { Rule } from "../../policies/kit/rule";
import { rules } from "../../policies/rules";
import { specs } from "./specs";
import { applied } from "./support/apply";
import { type Case, findingsOf } from "./support/rule";
import { faultsOf } from "./support/validity";

/** Whether the fix is words alone: nothing in the stack is changed by it. */
const isWorded = ({ fix }: Finding): boolean => typeof fix === "string" || fix.changes.length === 0;
/** What can be mended in the stack. */
const isMendable = (finding: Finding): boolean => finding.kind === "violation" && !isWorded(finding);

const cases = specs.flatMap(({ rule, bad }) =>
  Object.entries(bad).flatMap(([name, given]) => {
    return findingsOf(rule, given).some(isMendable) ? [[rule.id, name, { rule, given }] as const] : [];
  }),
);

/** What has the wrong type is written anew by whoever meant something else (`guarded`). */
const isMistyped = (fix: string): boolean => /^write (a |an |true or false|JSON)/.test(fix);

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

/** Rules with findings whose fix is words alone, and why no change of the object says it. */
const inWords: Readonly<Record<string, readonly string[]>> = {
  "what is right is a fact of the application or of its owner: a name, a host, a number of its load, a query": [
    "analysis-fits-rollout",
    "analysis-runs",
    "analysis-strength",
    "apis-served",
    "chart-pinned",
    "config-rolls",
    "deploy-freeze",
    "entrance-only",
    "image-digest",
    "no-plain-secrets",
    "project-scoped",
    "references-resolve",
    "release-has-room",
    "revision-pinned",
    "rollout-has-analysis",
    "rollout-proceeds",
    "routes-own-hosts",
    "sg-ingress-closed",
  ],
  "the object becomes one of another kind, or several": [
    "min-replicas",
    "no-selector-switch",
    "nodegroup-kept",
    "single-owner",
  ],
  "it is done outside of the object: by other resources, by the program's options, by a person or in the lock file": [
    "data-tier",
    "drift-check-fresh",
    "imdsv2",
    "kms-rotation",
    "kubernetes-supported",
    "multi-az",
    "nat-per-az",
    "node-versions-pinned",
    "pdb-exactly-one",
    "replica-capacity",
    "replica-data-keys",
    "replica-self-contained",
    "version-skew",
    "weights-after-gateway",
  ],
  "a list in a text is edited, whose other words no message may show, or the value is the owner's": [
    "app-self-heals",
    "keepalive-exceeds-idle",
  ],
};

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

/** Faults of the case that one more object beside it brings to light: where no Service is in sight, none is missed. */
function seenWith(own: Rule, given: Case, after: Case, before: readonly string[]): readonly string[] {
  const known = new Set(given.resources.map(({ type, name }) => `${type} ${name}`));
  const declared = after.resources.filter(({ type, name }) => !known.has(`${type} ${name}`));
  if (declared.length === 0) return [];
  const mine = objections(own, { ...given, resources: [...given.resources, ...declared] });
  return moreThan(before, mine).filter((key) => !declared.some(({ type, name }) => key.includes(`${name} (${type})`)));
}

describe("a fix", () => {
  it("is stated as changes by every rule, but for those with a reason", () => {
    const worded = specs
      .filter(({ rule, bad }) =>
        Object.values(bad).some((given) =>
          findingsOf(rule, given).some(
            (finding) => finding.kind === "violation" && isWorded(finding) && !isMistyped(textOf(finding.fix)),
          ),
        ),
      )
      .map(({ rule }) => rule.id);
    expect(worded.sort()).toEqual(Object.values(inWords).flat().sort());
  });

  it.each(cases)("of %s mends and hurts nothing: %s", (_id, _name, { rule, given }) => {
    const findings = findingsOf(rule, given);
    const after = applied(given, findings);
    const left = findingsOf(rule, after).filter(({ kind }) => kind === "violation");
    const unmendable = findings.filter(isWorded).map((finding) => keyOf(rule.id, finding));
    expect(left.map((finding) => keyOf(rule.id, finding)).filter((key) => !unmendable.includes(key))).toEqual([]);
    const before = objections(rule, given);
    expect(moreThan([...before, ...seenWith(rule, given, after, before)], objections(rule, after))).toEqual([]);
    expect(moreThan(given.resources.flatMap(faultsOf), after.resources.flatMap(faultsOf))).toEqual([]);
  });
});
