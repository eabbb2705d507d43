/** Checks exemptions themselves: an invalid, expired or unused one is a finding, so that the list stays short and correct. */
import { annotatedExemption, annotatedRules, annotationForm, exemptionPrefix } from "./annotation";
import { covers, excuses, type Exemption, exemptionProblem, isExpired } from "./exemption";
import { type Violation, type Finding, violation } from "../finding/finding";
import type { Resource, Stack } from "../reading/resource";
import type { Context, Rule } from "./rule";
import { clock, commonSettings, runWithoutExemptions } from "./run";
import { resolve } from "./settings";

/** Whether everything is checked, as in a stack, or a part, as in a folder, where an exemption may be about objects elsewhere. */
export type Extent = "whole" | "part";

/** What is wrong with the rule's exemptions in a configuration, checked against all resources. */
export function auditExemptions(
  rule: Rule,
  stack: Stack,
  config: unknown,
  context: Context,
  extent: Extent = "whole",
): readonly Violation[] {
  const { exemptions } = resolve(commonSettings, config);
  return (exemptions as readonly Exemption[]).flatMap((row) => {
    const problem =
      violationOfRow(rule, row, clock(config, context).now) ??
      violationOfUse({ rule, row, stack, config, context, extent });
    return problem === undefined ? [] : [{ at: `${rule.id}.exemptions["${row.resource}"]`, ...problem }];
  });
}

/** What is wrong with the exemptions in annotations of the objects; `givenOf` returns the configuration of a rule. */
export function auditAnnotations(
  rules: readonly Rule[],
  stack: Stack,
  configOf: (rule: Rule) => unknown,
  context: Context,
): readonly Finding[] {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  return stack.resources.flatMap((resource) =>
    annotatedRules(resource).flatMap((id) => {
      const rule = byId.get(id);
      const problem =
        rule === undefined ? unknownRule : violationOfAnnotation(resource, rule, stack, configOf(rule), context);
      if (problem === undefined) return [];
      return [violation(resource, { at: `metadata.annotations["${exemptionPrefix}${id}"]`, ...problem })];
    }),
  );
}

const unknownRule: Violation = {
  got: "an exemption from a rule that does not exist",
  expected: "the id of a rule",
  fix: "take it from `fridayproof policies`",
};

function violationOfAnnotation(
  resource: Resource,
  rule: Rule,
  stack: Stack,
  config: unknown,
  context: Context,
): Violation | undefined {
  const row = annotatedExemption(resource, rule.id);
  if (row === undefined) return undefined;
  const { now } = clock(config, context);
  const problem = exemptionProblem(row, now);
  const fix = `write it as "${annotationForm}"`;
  if (problem !== undefined) return { got: `an invalid exemption (${problem})`, expected: "a valid one", fix };
  if (isExpired(row, now)) return expired(row, "remove the annotation");
  return runWithoutExemptions(rule, [resource], stack, config, standing(context)).length > 0
    ? undefined
    : {
        got: "an exemption of an object that does not break the rule",
        expected: "only what is needed",
        fix: "remove it",
      };
}

/** What is wrong with the row itself, whatever resources there are. */
function violationOfRow(rule: Rule, row: Exemption, now: Date): Violation | undefined {
  const location = locationOf(rule, row);
  const problem = exemptionProblem(row, now);
  if (problem !== undefined)
    return {
      got: `an invalid exemption (${problem})`,
      expected: "a valid one",
      fix: `correct it in ${location}`,
    };
  return isExpired(row, now) ? expired(row, `remove the row from ${location}`) : undefined;
}

/** File or configuration that has the row. */
function locationOf(rule: Rule, row: Exemption): string {
  return row.file ?? `the configuration of ${rule.id}`;
}

function expired(row: Exemption, removal: string): Violation {
  return {
    got: `an exemption that expired after ${row.expires}`,
    expected: "only exemptions that have not expired",
    fix: `fix the resource and ${removal}, or let ${row.owner} set a later day`,
  };
}

interface Use {
  readonly rule: Rule;
  readonly row: Exemption;
  readonly stack: Stack;
  readonly config: unknown;
  readonly context: Context;
  readonly extent: Extent;
}

function violationOfUse({ rule, row, stack, config, context, extent }: Use): Violation | undefined {
  const covered = stack.resources.filter((resource) => covers(row, resource));
  const unused = { expected: "only exemptions that are needed", fix: `remove the row from ${locationOf(rule, row)}` };
  if (covered.length === 0) {
    // An exemption file is about the objects of its folder; a row of the configuration may be about objects elsewhere.
    const isPart = extent === "part" && row.folder === undefined;
    const undecided = isPart || stack.resources.some((resource) => isUnknownKin(row, resource));
    return undecided ? undefined : { got: "an exemption that matches no resource here", ...unused };
  }
  return runWithoutExemptions(rule, covered, stack, config, standing(context)).some((finding) => excuses(row, finding))
    ? undefined
    : { got: "an exemption of a resource that does not break the rule", ...unused };
}

/** A teardown turns rules off for one run; whether an exemption is needed is decided as without a teardown. */
function standing(context: Context): Context {
  return { ...context, teardown: false };
}

/** Whether the name of the resource is unknown in a preview, so that the row may match it. */
function isUnknownKin(row: Exemption, resource: Resource): boolean {
  return row.resource.startsWith(`${resource.token}::`) && resource.props.isUnknown();
}
