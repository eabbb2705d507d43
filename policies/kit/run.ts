/** Runs rules: settings filled, exemptions applied, one finding for each rule, resource and place. */
import { covers, type Exemption, exemptionFault, isExpired } from "./exemption";
import type { Finding } from "./finding";
import { Resource, type Stack } from "./resource";
import { concerns, type Context, type ErasedResourceRule, type ErasedStackRule, guarded, type Rule } from "./rule";
import { resolve, rows, type Settings, text } from "./settings";

/** Settings that every rule has besides its own. */
export const commonSettings = {
  exemptions: rows(
    ["resource", "reason", "owner", "expires"],
    "Resources that may break this rule, why, by whom and until when.",
  ),
  asOf: text(
    "",
    "Day that counts as today on the sandbox, YYYY-MM-DD, so that a fresh clone works next year; ignored on AWS.",
  ),
} satisfies Settings;

/** Hears which exemption was used, so that unused ones can be told. */
export type OnExempt = (rule: Rule, row: Exemption) => void;

/** What one rule finds about one resource. */
export function runResource(
  rule: ErasedResourceRule,
  resource: Resource,
  given: unknown,
  context: Context,
  used?: OnExempt,
): readonly Finding[] {
  if (!concerns(rule, resource.kind)) return [];
  const values = resolve(rule.settings, given) as never;
  const at = clock(given, context);
  return exempt(rule, [...guarded(resource, () => rule.check(resource, values, at))], given, at, used);
}

/** What one rule finds about the whole stack. */
export function runStack(
  rule: ErasedStackRule,
  stack: Stack,
  given: unknown,
  context: Context,
  used?: OnExempt,
): readonly Finding[] {
  const values = resolve(rule.settings, given) as never;
  const at = clock(given, context);
  const whole = new Resource({ type: "pulumi:pulumi:Stack", name: "the stack", props: {} });
  return exempt(rule, [...guarded(whole, () => rule.check(stack, values, at))], given, at, used);
}

/** The context with the rule's own today. */
export function clock(given: unknown, context: Context): Context {
  const { asOf } = resolve(commonSettings, given);
  return asOf === "" || context.sandbox !== true ? context : { ...context, now: new Date(`${asOf}T00:00:00Z`) };
}

/** Drops what a valid exemption covers; an expired or faulty one covers nothing. */
function exempt(
  rule: Rule,
  findings: readonly Finding[],
  given: unknown,
  context: Context,
  used?: OnExempt,
): readonly Finding[] {
  const { exemptions } = resolve(commonSettings, given);
  const valid = exemptions.filter((row) => exemptionFault(row) === undefined && !isExpired(row, context.now));
  return findings.filter((finding) => {
    const row = valid.find((candidate) => covers(candidate, finding.resource));
    if (row !== undefined) used?.(rule, row);
    return row === undefined;
  });
}
