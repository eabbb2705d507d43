/** What a rule says: which resource, where, what it got, what it wants and how to fix it; never a value that may be secret. */
import { type Remedy, textOf } from "./remedy";
import type { Resource } from "./resource";

/** Where and what, in words. */
export interface Fault {
  /** Property path; omit for the resource as a whole. */
  readonly at?: string;
  /** What is there, in words or a shown value ({@link shown}). */
  readonly got: string;
  readonly wanted: string;
  /** Changes that mend it; a text alone where nothing in the resource can. */
  readonly fix: string | Remedy;
  /** Told, but blocks nothing, whatever the rule's level. */
  readonly advisory?: boolean;
}

/** One thing that a rule found. */
export interface Finding extends Fault {
  /** `unseen`: a preview hides the value; the rule looks again when the update runs. */
  readonly kind: "violation" | "unseen";
  readonly resource: Resource;
}

/** A violation of the resource. */
export function violation(resource: Resource, fault: Fault): Finding {
  return { kind: "violation", resource, ...fault };
}

/** A value that the preview hides from the rule. */
export function unseen(resource: Resource, at: string): Finding {
  return {
    kind: "unseen",
    resource,
    at,
    got: "a value that is not known yet",
    wanted: "a known one",
    fix: "nothing now: the rule looks again before the update touches the resource",
  };
}

/** The finding as a sentence for a person. */
export function message(finding: Finding): string {
  const { resource, at, got, wanted, fix } = finding;
  const place = at === undefined || at === "" ? "" : `, ${at}`;
  return `${resource.name} (${resource.type})${place}: got ${got}; wanted ${wanted}. Fix: ${textOf(fix)}.`;
}

/** Grammars of values that are safe to print; everything else is described by its kind. */
const printable: readonly RegExp[] = [
  // Numbers, percentages and Kubernetes durations.
  /^-?\d+(\.\d+)?(%|ms|s|m|h|d)?$/,
  // Kubernetes quantities.
  /^\d+(\.\d+)?([KMGTPE]i?|k)$/,
  // Versions and version ranges.
  /^[\^~<>=]{0,2}\s?v?\d+(\.(\d+|x|\*)){1,3}(-[0-9a-z.-]{1,24})?$/i,
  // CIDR blocks.
  /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/,
  /^[0-9a-f:]{2,39}\/\d{1,3}$/i,
  // AWS zones by name and id, and regions.
  /^[a-z]{2}(-[a-z]+)+-\d[a-z]?$/,
  /^[a-z]{3,4}\d-az\d{1,2}$/,
];

/** Words of fixed vocabularies (modes, policies, log types) that AWS, Kubernetes and Argo define. */
const vocabulary: ReadonlySet<string> = new Set(
  (
    "true false ALL ACCEPT REJECT MUTABLE IMMUTABLE HTTP HTTPS TCP TLS UDP Recreate RollingUpdate OnDelete " +
    "AlwaysAllow IfHealthyBudget Fail Ignore required optional API API_AND_CONFIG_MAP CONFIG_MAP HEAD main master " +
    "privileged baseline restricted default forward redirect fixed-response enabled disabled * $Latest $Default"
  ).split(" "),
);

/** The value for a message if its form proves it harmless, else only its kind. */
export function shown(value: string | number | boolean | undefined): string {
  if (value === undefined) return "nothing";
  const text = String(value);
  if (text === "") return "an empty text";
  if (!vocabulary.has(text) && !printable.some((form) => form.test(text))) return "a text";
  return /^(-?\d+|true|false)$/.test(text) ? text : `"${text}"`;
}

/** An object's own name, if it is one: names are never secret, but what stands in their place might be. */
export function nameOr(text: string | undefined, instead: string): string {
  return text !== undefined && /^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/.test(text) ? `"${text}"` : instead;
}
