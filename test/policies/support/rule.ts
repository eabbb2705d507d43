/** Runs one rule as the pack does, without Pulumi: resources in, whole messages out. */
import { type Finding, message } from "../../../policies/kit/finding/finding";
import { type ResourceInput, Stack, unpack } from "../../../policies/kit/reading/resource";
import type { Context, Rule } from "../../../policies/kit/rule/rule";
import { runResources, runStack } from "../../../policies/kit/rule/run";

/** A resource of a fixture; the URN is made from type and name. */
export type Given = Omit<ResourceInput, "urn"> & { readonly urn?: string };

/** A set of resources with the settings and circumstances under which a rule sees them. */
export interface Case {
  readonly resources: readonly Given[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly context?: Partial<Context>;
}

/** A finding as a person reads it. */
export interface ReportedFinding {
  readonly kind: "violation" | "unknown";
  readonly message: string;
}

/** Instant of all tests. */
export const now = new Date("2026-11-21T12:00:00Z");

/** URN of a resource of a fixture. */
export function urnOf(type: string, name: string): string {
  return `urn:pulumi:test::fridayproof::${type}::${name}`;
}

/** What a project would say that is as strict as the rules: the answer to every question. */
function answers({ settings }: Rule): Readonly<Record<string, unknown>> {
  const openSettings = Object.entries(settings).filter(([, { hasNoDefault }]) => hasNoDefault === true);
  return Object.fromEntries(openSettings.map(([name, { fallback }]) => [name, fallback]));
}

/** What the rule finds, where every question of its settings is answered. */
export function findingsOf(rule: Rule, { resources, settings = {}, context = {} }: Case): readonly Finding[] {
  const answered = { ...answers(rule), ...settings };
  const whole: Context = { now, preview: false, teardown: false, stackTags: new Map(), sandbox: true, ...context };
  const inputs = resources.map((given) => ({ ...given, urn: given.urn ?? urnOf(given.type, given.name) }));
  const seen = inputs.flatMap(unpack);
  return rule.scope === "stack"
    ? runStack(rule, new Stack(seen), answered, whole)
    : runResources(rule, seen, answered, whole);
}

/** What the rule says. */
export function reportedFindings(rule: Rule, given: Case): readonly ReportedFinding[] {
  return findingsOf(rule, given).map((finding) => ({ kind: finding.kind, message: message(finding) }));
}

/** A finding as messages.json holds it. */
export function sentence(finding: Finding): string {
  return `${finding.kind}: ${message(finding)}`;
}

/** Messages alone, each after "violation: " or "unknown: ". */
export function sentences(rule: Rule, given: Case): readonly string[] {
  return findingsOf(rule, given).map(sentence);
}
