/** Runs rules: resolves settings, applies exemptions, and gives one finding for each rule, resource and path. */
import { beginningOf } from "@fridayproof/components/core";
import { annotatedExemption } from "./annotation";
import { excuses, type Exemption, exemptionProblem, isExpired } from "./exemption";
import { type Finding, foretelling } from "../finding/finding";
import { withUnknownNeighbours } from "../finding/unknown-neighbours";
import { withoutForeignPaths } from "../finding/foreign-paths";
import { Resource, type Stack } from "../reading/resource";
import { concerns, type Context, type ErasedResourceRule, type ErasedStackRule, guarded, type Rule } from "./rule";
import { checkKnownItems, checkKnownItemsIn } from "../finding/unknown-items";
import { isOpen, resolve, rows, type Settings, text } from "./settings";

/** Settings that every rule has besides its own. */
export const commonSettings = {
  exemptions: rows(
    ["resource", "reason", "owner", "expires"],
    "Resources that may break this rule, why, by whom and until when.",
    ["path", "file"],
  ),
  asOf: text(
    "",
    "Day that counts as today on the sandbox, YYYY-MM-DD, so that a fresh clone works next year; ignored on AWS.",
  ),
} satisfies Settings;

/** Called with each exemption that was used, so that unused ones can be reported. */
export type OnExempt = (rule: Rule, row: Exemption) => void;

/** Findings of one rule about each of some resources. */
export function runResources(
  rule: ErasedResourceRule,
  resources: readonly Resource[],
  config: unknown,
  context: Context,
  used?: OnExempt,
): readonly Finding[] {
  return exempt(rule, validateResources(rule, resources, config, context), config, clock(config, context), used);
}

/** Findings of one rule about the whole stack. */
export function runStack(
  rule: ErasedStackRule,
  stack: Stack,
  config: unknown,
  context: Context,
  used?: OnExempt,
): readonly Finding[] {
  return exempt(rule, validateStack(rule, stack, config, context), config, clock(config, context), used);
}

/** Findings of a rule about some resources of a stack, without exemptions. */
export function runWithoutExemptions(
  rule: Rule,
  resources: readonly Resource[],
  stack: Stack,
  config: unknown,
  context: Context,
): readonly Finding[] {
  if (rule.scope === "resource") return validateResources(rule, resources, config, context);
  const among = new Set(resources);
  return validateStack(rule, stack, config, context).filter(({ resource }) => among.has(resource));
}

function validateResources(
  rule: ErasedResourceRule,
  resources: readonly Resource[],
  config: unknown,
  context: Context,
): readonly Finding[] {
  const values = resolve(rule.settings, config) as never;
  const at = clock(config, context);
  const check = (seen: Resource): readonly Finding[] => [...guarded(seen, () => rule.check(seen, values, at))];
  return resources
    .filter(({ type }) => concerns(rule, type))
    .flatMap((resource) => checkKnownItems(resource, check(resource), check))
    .map((finding) => foretelling(advisoryWhileOpen(finding, rule, config), rule));
}

function validateStack(rule: ErasedStackRule, stack: Stack, config: unknown, context: Context): readonly Finding[] {
  const values = resolve(rule.settings, config) as never;
  const at = clock(config, context);
  const stackItself = new Resource({ type: "pulumi:pulumi:Stack", name: "the stack", props: {} });
  const check = (seen: Stack): readonly Finding[] => [...guarded(stackItself, () => rule.check(seen, values, at))];
  const found = withoutForeignPaths(checkKnownItemsIn(stack, check(stack), check));
  return withUnknownNeighbours(found, context.preview).map((finding) =>
    foretelling(advisoryWhileOpen(finding, rule, config), rule),
  );
}

/** The same finding, advisory while the setting on which it depends is not configured. */
function advisoryWhileOpen(finding: Finding, { id, settings }: Rule, config: unknown): Finding {
  const { setting } = finding;
  if (setting === undefined || !isOpen(settings, setting, config)) return finding;
  return { ...finding, advisory: true, open: `${id}.${setting}` };
}

/** The context with the day that the rule's setting `asOf` gives. */
export function clock(config: unknown, context: Context): Context {
  const { asOf } = resolve(commonSettings, config);
  return asOf === "" || context.sandbox !== true ? context : { ...context, now: beginningOf(asOf) };
}

/** The findings that no valid exemption covers; an expired or invalid one covers none. */
function exempt(
  rule: Rule,
  findings: readonly Finding[],
  config: unknown,
  context: Context,
  used?: OnExempt,
): readonly Finding[] {
  const { exemptions } = resolve(commonSettings, config);
  const holds = (row: Exemption): boolean =>
    exemptionProblem(row, context.now) === undefined && !isExpired(row, context.now);
  const valid = exemptions.filter(holds);
  return findings.filter((finding) => {
    const own = annotatedExemption(finding.resource, rule.id);
    const row =
      valid.find((candidate) => excuses(candidate, finding)) ?? (own !== undefined && holds(own) ? own : undefined);
    if (row !== undefined) used?.(rule, row);
    return row === undefined;
  });
}
