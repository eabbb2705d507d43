/** Values that name a resource of the same state: an id or ARN differs from stack to stack, what it names must not. */
import { nameOf } from "@fridayproof/components/core";
import { isMap } from "../verdict/plans/values";
import type { Placeholders } from "./placeholders";
import type { StackState, StateRow } from "./state";

/** Names of outputs by which other resources name this one. */
const NAMING =
  /^(?:id|arn|arnSuffix|data|dnsName|endpoint|issuer|privateIp|publicIp|thumbprint|uniqueId|url|[a-z]\w*(?:Arn|Id|DomainName))$/;

/** Shorter texts are equal by chance. */
const SHORTEST = 6;

/** What generated names end with: 7 hexadecimal digits of Pulumi, up to 10 of a content's hash. */
const SUFFIX = /-[0-9a-f]{7,10}$/;

/** The resources that a state's values name. */
export interface References {
  /** The text with each value that names another resource replaced by that resource. @param urn of whose text it is. */
  replace(text: string, urn: string): string;
  /** Whether the value is the name that was made up for this resource, and the name that it has. */
  isGenerated(row: StateRow, path: string, text: string): boolean;
}

interface Owner {
  readonly urn: string;
  readonly placeholder: string;
  readonly dependencies: number;
}

type Leaf = readonly [path: string, key: string, text: string];

function leavesOf(value: unknown, path: string, key: string, found: Leaf[]): void {
  if (typeof value === "string") found.push([path, key, value]);
  else if (Array.isArray(value)) value.forEach((item, index) => leavesOf(item, `${path}[${index}]`, key, found));
  else if (isMap(value))
    for (const [name, member] of Object.entries(value))
      leavesOf(member, path === "" ? name : `${path}.${name}`, name, found);
}

function leaves(value: unknown): readonly Leaf[] {
  const found: Leaf[] = [];
  leavesOf(value, "", "", found);
  return found;
}

/** The name that somebody's engine made up: the logical name, and digits behind it that the account knows too. */
function isGenerated(row: StateRow, path: string, text: string): boolean {
  const { urn, inputs, outputs, id } = row;
  if (!SUFFIX.test(text)) return false;
  const name = nameOf(urn);
  if (!text.startsWith(name) || text.slice(name.length).replace(SUFFIX, "") !== "") return false;
  if (path === "metadata.name") {
    const metadata = outputs?.["metadata"];
    return isMap(metadata) && metadata["name"] === text && (id === undefined || id.endsWith(`/${text}`) || id === text);
  }
  const defaults = inputs?.["__defaults"];
  return Array.isArray(defaults) && defaults.includes(path) && outputs?.[path] === text;
}

/** Values by which others name the resource: what the account made up, not what the program chose. */
function identitiesOf(row: StateRow): readonly (readonly [text: string, property: string])[] {
  const inputs = leaves(row.inputs);
  const generated = inputs.filter(([path, , text]) => isGenerated(row, path, text));
  const chosen = new Set(inputs.filter((leaf) => !generated.includes(leaf)).map(([, , text]) => text));
  // Names of Kubernetes' objects are the program's, but for those that carry a hash of their content.
  const outputs = row.type.startsWith("kubernetes:") ? [] : leaves(row.outputs);
  const id: readonly Leaf[] = row.id === undefined || row.type.startsWith("kubernetes:") ? [] : [["id", "id", row.id]];
  return [...id, ...generated, ...outputs.filter(([, key]) => NAMING.test(key))]
    .filter(([, , text]) => text.length >= SHORTEST && !chosen.has(text))
    .map(([path, , text]) => [text, path]);
}

/** Of two resources with one value the one that needs fewer others: a bucket, not its policy. */
function isFirst(one: Owner, other: Owner): boolean {
  return (
    one.dependencies < other.dependencies ||
    (one.dependencies === other.dependencies && one.placeholder < other.placeholder)
  );
}

function ownersOf(
  { resources }: StackState,
  placeholders: Placeholders,
  keyOf: (urn: string) => string,
): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>();
  for (const row of resources) {
    const key = keyOf(row.urn);
    const dependencies = Array.isArray(row["dependencies"]) ? row["dependencies"].length : 0;
    for (const [text, property] of identitiesOf(row)) {
      // A region or an account stands for more than the resource that has it among its outputs.
      if (placeholders.has(text)) continue;
      const owner = { urn: row.urn, placeholder: `<${property} of ${key}>`, dependencies };
      const known = owners.get(text);
      if (
        known === undefined ||
        (known.urn === row.urn ? owner.placeholder < known.placeholder : isFirst(owner, known))
      )
        owners.set(text, owner);
    }
  }
  return owners;
}

const ARN = /arn:aws[a-z-]*:[^\s"'\\,]+/g;
const TOKEN = /[A-Za-z0-9][A-Za-z0-9_.-]*/g;

/** Reads a state's references. @param keyOf what both stacks call the resource of a URN. */
export function referencesOf(
  state: StackState,
  placeholders: Placeholders,
  keyOf: (urn: string) => string,
): References {
  const owners = ownersOf(state, placeholders, keyOf);
  const placeholderOf = (text: string, urn: string): string | undefined => {
    const owner = owners.get(text);
    return owner === undefined || owner.urn === urn ? undefined : owner.placeholder;
  };
  const arnPlaceholder = (arn: string, urn: string): string => {
    const [, head = arn, tail = ""] = /^(.*?)((?:[:/]\*)*)$/s.exec(arn) ?? [];
    const placeholder = placeholderOf(head, urn);
    return placeholder === undefined ? arn : `${placeholder}${tail}`;
  };
  /** A host name may stand below or above a resource's own. */
  const tokenPlaceholder = (token: string, urn: string): string => {
    const replaced = placeholderOf(token, urn);
    if (replaced !== undefined) return replaced;
    const parts = token.split(".");
    if (parts.length === 1) return token;
    const behind = placeholderOf(parts.slice(1).join("."), urn);
    return behind === undefined
      ? parts.map((part) => placeholderOf(part, urn) ?? part).join(".")
      : `${parts[0]}.${behind}`;
  };
  return {
    isGenerated,
    replace: (text, urn) => {
      const replaced = placeholderOf(text, urn);
      if (replaced !== undefined) return replaced;
      if (!/\d/.test(text)) return text;
      return text
        .replace(ARN, (arn) => arnPlaceholder(arn, urn))
        .replace(TOKEN, (token) => tokenPlaceholder(token, urn));
    },
  };
}
