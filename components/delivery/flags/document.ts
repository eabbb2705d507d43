/** Flags as AWS AppConfig stores them: a definition and a value each, in the form AWS.AppConfig.FeatureFlags. */
import type { FeatureFlag, FeatureFlags } from "./flag";

/** What every version must hold of every flag: AppConfig itself refuses one without. */
const ATTRIBUTES = {
  owner: { constraints: { type: "string", required: true } },
  removeBy: { constraints: { type: "string", required: true, pattern: String.raw`^\d{4}-\d{2}-\d{2}$` } },
} as const;

/** The value for every request, or for those of the rule. */
export interface FlagVariant {
  readonly name: string;
  readonly enabled: boolean;
  readonly attributeValues: Readonly<Record<string, string>>;
  readonly rule?: string;
}

/** The value of a flag that is the same for everybody. */
export interface PlainValue {
  readonly enabled: boolean;
  readonly owner: string;
  readonly removeBy: string;
}

/** The value of a flag that depends on the person. */
export interface VariantValue {
  readonly _variants: readonly FlagVariant[];
}

/** A version of a profile of type AWS.AppConfig.FeatureFlags. */
export interface FlagDocument {
  readonly version: "1";
  readonly flags: Readonly<Record<string, object>>;
  readonly values: Readonly<Record<string, PlainValue | VariantValue>>;
}

/** Whether the value is one of a list; one text needs no list. */
function isOneOf(key: string, values: readonly string[]): string {
  const quoted = values.map((value) => JSON.stringify(value));
  return quoted.length === 1 ? `(eq $${key} ${quoted.join("")})` : `(in $${key} [${quoted.join(", ")}])`;
}

/** The rules under which a flag is on although its default is off, in the order in which AppConfig tries them. */
function rulesOf(name: string, { segments = [], countries = [], percentage }: FeatureFlag): Record<string, string> {
  return {
    ...(segments.length === 0 ? {} : { segments: isOneOf("segment", segments) }),
    ...(countries.length === 0 ? {} : { countries: isOneOf("country", countries) }),
    // Without a seed of its own two flags at 5 % would meet the same people.
    ...(percentage === undefined ? {} : { share: `(split by::$userId pct::${percentage} seed::"${name}")` }),
  };
}

function valueOf(name: string, flag: FeatureFlag): PlainValue | VariantValue {
  const { owner, removeBy } = flag;
  const attributeValues = { owner, removeBy };
  if (flag.killed !== undefined) return { enabled: false, ...attributeValues };
  const rules = Object.entries(rulesOf(name, flag));
  if (rules.length === 0) return { enabled: flag.default, ...attributeValues };
  const on = rules.map(([variant, rule]) => ({ name: variant, enabled: true, attributeValues, rule }));
  // AppConfig refuses a flag whose last variant has a rule.
  return { _variants: [...on, { name: "default", enabled: flag.default, attributeValues }] };
}

function definitionOf(name: string, { description, removeBy }: FeatureFlag): object {
  return {
    name,
    ...(description === undefined ? {} : { description }),
    _deprecation: { status: "planned", date: removeBy },
    attributes: ATTRIBUTES,
  };
}

/** The flags as one version of their profile; the same flags give the same text, in whatever order they are written. */
export function flagDocument(flags: FeatureFlags): FlagDocument {
  const rows = Object.entries(flags).sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    version: "1",
    flags: Object.fromEntries(rows.map(([name, flag]) => [name, definitionOf(name, flag)])),
    values: Object.fromEntries(rows.map(([name, flag]) => [name, valueOf(name, flag)])),
  };
}

/** Whether a flag is killed: such a version is deployed without an alarm that could take it back. */
export function hasKilled(flags: FeatureFlags): boolean {
  return Object.values(flags).some(({ killed }) => killed !== undefined);
}
