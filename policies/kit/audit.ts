/** Judges exemptions themselves: one that is faulty, has run out or excuses nothing is a finding, so that the list stays short and true. */
import { covers, type Exemption, exemptionFault, isExpired } from "./exemption";
import type { Fault } from "./finding";
import type { Resource, Stack } from "./resource";
import type { Context, Rule } from "./rule";
import { clock, commonSettings, runResource, runStack } from "./run";
import { resolve } from "./settings";
import { isRecord } from "./value";

/** Where exemptions are written, for the fixes. */
const home = "policies/exemptions.ts";

/** How much is judged: all that a stack holds, or a folder, which need not hold what a row is about. */
export type Extent = "whole" | "part";

/** What is wrong with the rule's exemptions in a configuration, given all that they could be about. */
export function auditExemptions(
  rule: Rule,
  stack: Stack,
  given: unknown,
  context: Context,
  extent: Extent = "whole",
): readonly Fault[] {
  const { exemptions } = resolve(commonSettings, given);
  return exemptions.flatMap((row) => {
    const fault =
      faultOfRow(row, clock(given, context).now) ?? faultOfUse({ rule, row, stack, given, context, extent });
    return fault === undefined ? [] : [{ at: `${rule.id}.exemptions["${row.resource}"]`, ...fault }];
  });
}

/** What is wrong with the row whatever it is about. */
function faultOfRow(row: Exemption, now: Date): Fault | undefined {
  const fault = exemptionFault(row);
  if (fault !== undefined)
    return { got: `a faulty row (${fault})`, wanted: "a row that names what it excuses", fix: `correct it in ${home}` };
  if (!isExpired(row, now)) return undefined;
  return {
    got: `a row that held until ${row.expires}`,
    wanted: "only rows that hold",
    fix: `mend the resource and remove the row from ${home}, or let ${row.owner} decide on another day`,
  };
}

interface Use {
  readonly rule: Rule;
  readonly row: Exemption;
  readonly stack: Stack;
  readonly given: unknown;
  readonly context: Context;
  readonly extent: Extent;
}

function faultOfUse({ rule, row, stack, given, context, extent }: Use): Fault | undefined {
  const covered = stack.resources.filter((resource) => covers(row, resource));
  const unused = { wanted: "only rows that are needed", fix: `remove the row from ${home}` };
  if (covered.length === 0) {
    const undecided = extent === "part" || stack.resources.some((resource) => isHiddenKin(row, resource));
    return undecided ? undefined : { got: "a row about no resource that is here", ...unused };
  }
  const bare = { ...(isRecord(given) ? given : {}), exemptions: [] };
  return breaks(rule, row, covered, stack, bare, context)
    ? undefined
    : { got: "a row about a resource that does not break the rule", ...unused };
}

/** Whether a preview hides what the resource is called, so that it may be the one. */
function isHiddenKin(row: Exemption, resource: Resource): boolean {
  return row.resource.startsWith(`${resource.type}::`) && resource.props.isUnknown();
}

function breaks(
  rule: Rule,
  row: Exemption,
  covered: readonly Resource[],
  stack: Stack,
  bare: unknown,
  context: Context,
): boolean {
  return rule.scope === "stack"
    ? runStack(rule, stack, bare, context).some((finding) => covers(row, finding.resource))
    : covered.some((resource) => runResource(rule, resource, bare, context).length > 0);
}
