/** Findings of rules: resource, path, `got`, `expected` and `fix`; never a value that may be secret. */
import { type Field, valueOr } from "../reading/field";
import { keysOf } from "../reading/path";
import { type Remedy, textOf } from "./remedy";
import type { Resource } from "../reading/resource";
import { nameOr } from "../reading/value-text";
import { manifestKind } from "../reading/types";

export { nameOr, portText, valueText } from "../reading/value-text";

/** Path and texts of a finding. */
export interface Violation {
  /** Property path; omit for the resource as a whole. */
  readonly at?: string;
  /** What was found: a description, or a value that may be shown ({@link valueText}). */
  readonly got: string;
  readonly expected: string;
  /** Changes that mend it; a text alone where nothing in the resource can. */
  readonly fix: string | Remedy;
  /** Reported as advisory, whatever the rule's level. */
  readonly advisory?: boolean;
  /** Setting without a default on which it depends: while that is not configured, the finding is advisory. @default none */
  readonly setting?: string;
  /** Holds whatever any other resource turns out to be. */
  readonly alone?: boolean;
}

/** One finding of a rule. */
export interface Finding extends Violation {
  /** `unknown`: a preview hides the value; the rule looks again when the update runs. */
  readonly kind: "violation" | "unknown";
  readonly resource: Resource;
  /**
   * Other resources are checked against a value that is unknown here: what the rule finds about them is unknown too. A
   * `suppressor` can only suppress findings, and is reported only where there is one.
   */
  readonly neighbour?: "any" | "suppressor";
  /** Whether the value has a type that the property cannot have: every rule that reads it reports that. */
  readonly malformed?: true;
  /** Rule and setting that is not configured, such as `protect-critical.off`. */
  readonly open?: string;
}

/** A violation of the resource. */
export function violation(resource: Resource, problem: Violation): Finding {
  return { kind: "violation", resource, ...problem };
}

/** A finding about a value that is unknown in a preview. */
export function unknownValue(resource: Resource, at: string): Finding {
  return {
    kind: "unknown",
    resource,
    at,
    got: "a value that is not known yet",
    expected: "a known one",
    fix: "nothing now: the update checks it",
  };
}

/** The same finding, with what happens in the update. */
export function foretelling(finding: Finding, { scope, level }: RuleEffect): Finding {
  if (finding.kind !== "unknown") return finding;
  const fails =
    scope === "resource"
      ? "it stops before it touches the resource"
      : "it fails after all resources are made, and does not roll back";
  const then = level === "advisory" || finding.advisory === true ? "it reports that and goes on" : fails;
  return { ...finding, fix: `nothing now: the update checks it, and if the value breaks the rule ${then}` };
}

/** What decides whether a finding blocks an update. */
interface RuleEffect {
  readonly scope: "resource" | "stack";
  readonly level: "advisory" | "mandatory";
}

/** The same finding where the value stays unknown, in an update: the rule blocks. */
export function insisting(finding: Finding): Finding {
  if (finding.kind !== "unknown") return finding;
  return { ...finding, fix: "give the property a value that the run knows, or exempt the resource from the rule" };
}

/** The finding as a message. */
export function message(finding: Finding): string {
  const { resource, at, got, expected, fix, open } = finding;
  const location = at === undefined || at === "" ? "" : `, ${at}${namesOn(resource, at)}`;
  const until = open === undefined ? "" : ` This blocks nothing until the policy configuration says ${open}.`;
  return `${resource.name} (${whoIs(resource)})${location}: got ${got}; expected ${expected}. Fix: ${textOf(fix)}.${until}`;
}

/** Type, and what distinguishes an object from others of its name: its place in a list, its namespace. */
export function whoIs(resource: Resource): string {
  if (!resource.token.startsWith("kubernetes:")) return resource.token;
  const read = (key: string): string | undefined => valueOr(() => resource.at("metadata", key).text(), undefined);
  const kind = manifestKind(resource.type);
  const inList = resource.props.path.startsWith("items[");
  const namespace = nameOr(read("namespace"), "");
  return [
    resource.token,
    ...(inList ? [`${kind} ${nameOr(read("name"), "without a name")}`] : []),
    ...(namespace === "" ? [] : [`namespace ${namespace}`]),
  ].join(", ");
}

const shortName = /^[A-Za-z0-9_][\w.-]{0,62}$/;

/** Names of the items on the way to a property: ` (containers "shop", env "DB_HOST")`. */
function namesOn(resource: Resource, at: string): string {
  let field: Field = resource.props;
  let list = "";
  const found: string[] = [];
  for (const key of keysOf(at.slice(resource.props.path.length))) {
    const from = field;
    const next = valueOr(() => (typeof key === "number" ? from.list()[key] : from.at(key)), undefined);
    if (next === undefined) break;
    field = next;
    const name = typeof key === "number" ? valueOr(() => next.at("name").text(), undefined) : undefined;
    if (name !== undefined && shortName.test(name)) found.push(`${list} "${name}"`);
    if (typeof key === "string") list = key;
  }
  return found.length === 0 ? "" : ` (${found.join(", ")})`;
}
