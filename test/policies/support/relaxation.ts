/** Where a configuration makes rules weaker than they are by default: what production may not do. */
import type { Rule } from "../../../policies/kit/rule/rule";
import { commonSettings } from "../../../policies/kit/rule/run";
import type { Setting } from "../../../policies/kit/rule/settings";

const strength: Readonly<Record<string, number>> = { disabled: -1, advisory: 0, mandatory: 1, remediate: 1 };

/** One sentence for each relaxation, unknown rule and unknown setting; empty for a configuration as strict as the defaults. */
export function relaxations(
  rules: readonly Rule[],
  config: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
): readonly string[] {
  const known = new Set(rules.map(({ id }) => id));
  const missing = Object.keys(config).filter((id) => !known.has(id));
  return [
    ...rules.flatMap((rule) => ofRule(rule, config[rule.id] ?? {})),
    ...missing.map((id) => `${id}: no such rule`),
  ];
}

function ofRule(rule: Rule, given: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.entries(given).flatMap(([name, value]) => {
    if (name === "enforcementLevel") return ofLevel(rule, String(value));
    if (name in commonSettings) return [];
    const setting = rule.settings[name];
    if (setting === undefined) return [`${rule.id}.${name}: no such setting`];
    return ofSetting(`${rule.id}.${name}`, setting, value);
  });
}

function ofLevel(rule: Rule, level: string): readonly string[] {
  const weaker = (strength[level] ?? -1) < (strength[rule.level] ?? 0);
  return weaker ? [`${rule.id}: level ${level}, weaker than ${rule.level}`] : [];
}

function ofSetting(name: string, { fallback, weaker }: Setting<unknown>, value: unknown): readonly string[] {
  if (weaker === "any")
    return JSON.stringify(value) === JSON.stringify(fallback) ? [] : [`${name}: differs from the default`];
  const [given, usual] = [Number(value), Number(fallback)];
  const relaxed = (weaker === "higher" && given > usual) || (weaker === "lower" && given < usual);
  return relaxed ? [`${name}: ${given} is weaker than ${usual}`] : [];
}
