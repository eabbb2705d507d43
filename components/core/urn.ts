/** Uniform resource names: how Pulumi's engines identify a resource across runs. */

const PREFIX = "urn:pulumi:";
const SEPARATOR = "::";
const STACK_TYPE = "pulumi:pulumi:Stack";

/** The parts of a URN. */
export interface UrnParts {
  readonly stack: string;
  readonly project: string;
  /** The type with all its parents' types, joined by `$`. */
  readonly qualifiedType: string;
  /** The resource's own type token. */
  readonly type: string;
  /** The logical name; it may itself contain `::`. */
  readonly name: string;
}

/** The parts of a URN; undefined for a text that is none. */
export function parseUrn(urn: string): UrnParts | undefined {
  const [head = "", project = "", qualifiedType = "", ...name] = urn.split(SEPARATOR);
  if (!head.startsWith(PREFIX) || name.length === 0) return undefined;
  const type = qualifiedType.slice(qualifiedType.lastIndexOf("$") + 1);
  return { stack: head.slice(PREFIX.length), project, qualifiedType, type, name: name.join(SEPARATOR) };
}

/** `urn:pulumi:<stack>::<project>::<parent types>$<type>::<name>`; children of the root stack carry no parent type. */
export function makeUrn(
  stack: string,
  project: string,
  parent: string | undefined,
  type: string,
  name: string,
): string {
  const parentType = parent === undefined ? "" : qualifiedTypeOf(parent);
  const qualified = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return PREFIX + [stack, project, qualified, name].join(SEPARATOR);
}

/** The type with all its parents' types, joined by `$`; empty for a text that is no URN. */
export function qualifiedTypeOf(urn: string): string {
  return parseUrn(urn)?.qualifiedType ?? "";
}

/** The resource's own type token; empty for a text that is no URN. */
export function typeOf(urn: string): string {
  return parseUrn(urn)?.type ?? "";
}

/** The logical name; empty for a text that is no URN. */
export function nameOf(urn: string): string {
  return parseUrn(urn)?.name ?? "";
}

/** Whether the type is the root stack's. */
export function isStackType(type: string): boolean {
  return type === STACK_TYPE;
}

/** A provider reference, `<urn>::<id>`, split at its last `::`. */
export function splitReference(reference: string): { readonly urn: string; readonly id: string } {
  const at = reference.lastIndexOf(SEPARATOR);
  return { urn: reference.slice(0, at), id: reference.slice(at + SEPARATOR.length) };
}
