/** A resource's values as a tree in which equal things of two stacks are equal texts, with what stands there beside it. */
import { documentIn } from "../verdict/plans/difference";
import { openedOf } from "../verdict/plans/secrets";
import { SECRET_SIG, SIG } from "@fridayproof/components/core";
import { isMap, type Values } from "../verdict/plans/values";
import type { Placeholders } from "./placeholders";
import type { References } from "./references";
import { encodedText } from "./encoded-text";
import { COUNTERPARTS, LOOKED_UP, SETS } from "./rules";
import type { StateRow } from "./state";

/** A value, as it is and as both stacks would write it. */
export type Node = Leaf | Members | Items | Closed;

interface Named {
  /** What both stacks would write; equal for equal values. */
  readonly text: string;
  /** What stands in the state. */
  readonly raw: unknown;
}

/** A value without parts. */
export interface Leaf extends Named {
  readonly is: "leaf";
}

/** A map, or a text that holds one as JSON. */
export interface Members extends Named {
  readonly is: "map";
  /** By key, with the stack's own texts replaced by placeholders: a tag's key may hold the cluster's name. */
  readonly members: ReadonlyMap<string, Node>;
}

/** A list, or a text that holds one as JSON. */
export interface Items extends Named {
  readonly is: "list";
  readonly items: readonly Node[];
  /** False where the order means nothing. */
  readonly ordered: boolean;
}

/** A secret: compared, and never shown. Without a value it cannot be compared. */
export interface Closed extends Named {
  readonly is: "secret";
  readonly value?: Node;
}

/** What stands for a secret in a hash: of a short one the hash would give the value away. */
export const SECRET_WORD = "<secret>";

/** Makes trees of one state's values. */
export interface TreeMaker {
  /** The inputs of a resource. */
  inputsOf(row: StateRow): Members;
  /** Any other value of it, such as an option. */
  valueOf(row: StateRow, value: unknown, key: string): Node;
}

interface Position {
  readonly row: StateRow;
  /** From the inputs on. */
  readonly path: string;
  /** The last name on the way. */
  readonly key: string;
}

const sortedText = (texts: readonly string[]): string => texts.toSorted().join(",");

/** A subnet's own block is made from its place; only one that the account has too is a place. */
function ownBlock({ row, path }: Position, text: string, placeholders: Placeholders): string | undefined {
  if (row.type !== "aws:ec2/subnet:Subnet" || path !== "cidrBlock") return undefined;
  return row.outputs?.["cidrBlock"] === text ? placeholders.positionOf(text) : undefined;
}

/** A text as both stacks would write it. */
function textOf(position: Position, text: string, placeholders: Placeholders, references: References): string {
  const { row, path } = position;
  if (references.isGenerated(row, path, text)) return "<a generated name>";
  const block = ownBlock(position, text, placeholders);
  if (block !== undefined) return block;
  const pair = COUNTERPARTS.find(({ type, path: at }) => type.test(row.type) && at.test(path));
  if (pair?.values.includes(text) === true) return `<${pair.values.join(" or ")}>`;
  const named = placeholders.replace(references.replace(text, row.urn), row.type);
  return LOOKED_UP.find(({ pattern }) => pattern.test(named))?.placeholder ?? named;
}

/** Makes trees of one state. */
export function treeMaker(placeholders: Placeholders, references: References): TreeMaker {
  function mapOf(position: Position, map: Values, raw: unknown): Members {
    const members = new Map<string, Node>();
    for (const [name, value] of Object.entries(map)) {
      const key = placeholders.replace(name, position.row.type);
      members.set(
        key,
        nodeOf({ ...position, path: position.path === "" ? name : `${position.path}.${name}`, key: name }, value),
      );
    }
    const text = `{${sortedText([...members].map(([key, { text: inner }]) => `${JSON.stringify(key)}:${inner}`))}}`;
    return { is: "map", members, text, raw };
  }

  function listOf(position: Position, list: readonly unknown[], raw: unknown): Items {
    const items = list.map((item) => nodeOf({ ...position, path: `${position.path}[]` }, item));
    const ordered = !SETS.has(position.key);
    const texts = items.map(({ text }) => text);
    return { is: "list", items, ordered, raw, text: `[${ordered ? texts.join(",") : sortedText(texts)}]` };
  }

  function nodeOf(position: Position, value: unknown, raw: unknown = value): Node {
    if (Array.isArray(value)) return listOf(position, value, raw);
    if (isMap(value)) {
      if (value[SIG] !== SECRET_SIG) return mapOf(position, value, raw);
      const opened = openedOf(value);
      const inner = opened === undefined ? {} : { value: nodeOf(position, opened.value) };
      return { is: "secret", raw: undefined, text: SECRET_WORD, ...inner };
    }
    if (typeof value !== "string") return { is: "leaf", text: JSON.stringify(value) ?? "null", raw };
    const document = documentIn(value);
    if (document !== undefined) return nodeOf(position, document, value);
    const text = textOf(position, value, placeholders, references);
    const decoded = text === value ? encodedText(value) : undefined;
    return { is: "leaf", text: JSON.stringify(decoded === undefined ? text : inBase64(position, decoded)), raw };
  }

  /** What stands in base64, such as user data, compared by what it says. */
  function inBase64(position: Position, decoded: string): string {
    return `<in base64> ${nodeOf(position, decoded).text}`;
  }

  return {
    inputsOf: (row) => mapOf({ row, path: "", key: "" }, row.inputs ?? {}, row.inputs),
    // Options are no inputs: what is made up for those is not looked for in these.
    valueOf: (row, value, key) => nodeOf({ row, path: `options.${key}`, key }, value),
  };
}

/** What a tree holds, secrets opened, to find its equal: never shown, and in no hash. Undefined where one is closed. */
export function openedText(node: Node): string | undefined {
  if (node.is === "leaf") return node.text;
  if (node.is === "secret") {
    const inner = node.value === undefined ? undefined : openedText(node.value);
    return inner === undefined ? undefined : `${SECRET_WORD}${inner}`;
  }
  const parts =
    node.is === "map"
      ? [...node.members].map(([key, inner]) => [JSON.stringify(key), openedText(inner)] as const)
      : node.items.map((inner) => ["", openedText(inner)] as const);
  if (parts.some(([, text]) => text === undefined)) return undefined;
  const texts = parts.map(([key, text = ""]) => `${key}:${text}`);
  return `${node.is}(${node.is === "list" && node.ordered ? texts.join(",") : sortedText(texts)})`;
}

/** Whether a tree holds a secret that nobody opened. */
export function isClosed(node: Node): boolean {
  return node.is === "secret" && (node.value === undefined || isClosed(node.value));
}
