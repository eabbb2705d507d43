/** A state as rows that both stacks name alike: each resource by its parents' types and its logical name. */
import { createHash } from "node:crypto";
import { nameOf, qualifiedTypeOf, splitReference } from "@fridayproof/components/core";
import type { Values } from "../verdict/plans/values";
import { type Own, type Placeholders, placeholdersOf } from "./placeholders";
import { referencesOf } from "./references";
import { ONE_AFTER_ANOTHER } from "./rules";
import type { StackState, StateRow } from "./state";
import { type Members, type Node, treeMaker } from "./tree";

/** One resource, ready to be compared. */
export interface Row {
  readonly key: string;
  readonly type: string;
  /** Logical name with the stack's own texts replaced by placeholders. */
  readonly name: string;
  readonly urn: string;
  readonly inputs: Members;
  /** Edges and options by name. */
  readonly options: ReadonlyMap<string, Node>;
}

/** A state, ready to be compared. */
export interface Graph {
  readonly state: StackState;
  readonly own: Own;
  readonly rows: ReadonlyMap<string, Row>;
  /** Rows of resources whose deletion is left to do, or that another one has the name of. */
  readonly odd: readonly { readonly row: Row; readonly why: string }[];
  /** Over everything that is compared; where two are equal, so are the stacks, secrets aside. */
  readonly hash: string;
}

/** Members of a row that say when and where it was made, or what is compared on its own. */
const NOT_OPTIONS: ReadonlySet<string> = new Set([
  "created",
  "id",
  "inputs",
  "modified",
  "outputs",
  "sourcePosition",
  "stackTrace",
  "type",
  "urn",
]);

/** Options that hold URNs, whose order means nothing. */
const OF_URNS: readonly string[] = ["dependencies", "deletedWith", "parent", "replaceWith"];

/** Options that name other resources. */
export const EDGES: ReadonlySet<string> = new Set([...OF_URNS, "propertyDependencies", "provider"]);

const AS_SETS: ReadonlySet<string> = new Set(["additionalSecretOutputs", "aliases", "ignoreChanges"]);

function keyer(placeholders: Placeholders): (urn: string) => string {
  const keys = new Map<string, string>();
  return (urn) => {
    const known = keys.get(urn);
    if (known !== undefined) return known;
    const key = `${qualifiedTypeOf(urn)}::${placeholders.replace(nameOf(urn))}`;
    keys.set(urn, key);
    return key;
  };
}

type KeyOf = (urn: string) => string;

/** URNs as what both stacks call them. */
function edgeOf(value: unknown, keyOf: KeyOf): unknown {
  if (typeof value === "string") return keyOf(value);
  return Array.isArray(value) ? [...new Set(value.map((each) => edgeOf(each, keyOf)))].sort() : value;
}

function optionOf(name: string, value: unknown, keyOf: KeyOf): unknown {
  if (OF_URNS.includes(name)) return edgeOf(value, keyOf);
  if (name === "provider" && typeof value === "string") return keyOf(splitReference(value).urn);
  if (name === "propertyDependencies")
    return Object.fromEntries(
      // A property that comes of no resource is no edge.
      Object.entries((value ?? {}) as Values).flatMap(([key, urns]) =>
        Array.isArray(urns) && urns.length === 0 ? [] : [[key, edgeOf(urns, keyOf)]],
      ),
    );
  return AS_SETS.has(name) && Array.isArray(value) ? value.toSorted() : value;
}

/** What a row says beside its inputs; flags that are off count as absent. */
function optionsOf(row: StateRow, keyOf: KeyOf): Map<string, unknown> {
  const options = new Map<string, unknown>();
  for (const [name, value] of Object.entries(row)) {
    const isEmpty = value === null || value === false || (Array.isArray(value) && value.length === 0) || value === "";
    // Of what is only read, the id is all that the program says.
    const isBookkeeping = NOT_OPTIONS.has(name) && !(name === "id" && row["external"] === true);
    if (isBookkeeping || isEmpty) continue;
    const option = optionOf(name, value, keyOf);
    if (JSON.stringify(option) !== "{}") options.set(name, option);
  }
  return options;
}

function hashOf(rows: Iterable<Row>): string {
  const hash = createHash("sha256");
  const lines = [...rows].map(({ key, inputs, options }) => {
    const texts = [...options].map(([name, { text }]) => `${name}=${text}`).sort();
    return `${key}\n${inputs.text}\n${texts.join("\n")}\n`;
  });
  for (const line of lines.sort()) hash.update(line);
  return `sha256:${hash.digest("hex")}`;
}

/** Rows without edges that only say that two of one parent roll one after another. */
function rollingAside({ resources }: StackState): (row: StateRow) => StateRow {
  const parents = new Map<unknown, unknown>(
    resources.filter(({ type }) => ONE_AFTER_ANOTHER.has(type)).map(({ urn, parent }) => [urn, parent]),
  );
  return (row) => {
    const { urn, parent, dependencies } = row;
    if (!parents.has(urn) || !Array.isArray(dependencies)) return row;
    const rolls = (other: unknown): boolean => parents.has(other) && parents.get(other) === parent;
    return { ...row, dependencies: dependencies.filter((other) => !rolls(other)) };
  };
}

/** Makes a state ready to be compared. */
export function graphOf(state: StackState): Graph {
  const placeholders = placeholdersOf(state);
  const keyOf = keyer(placeholders);
  const trees = treeMaker(placeholders, referencesOf(state, placeholders, keyOf));
  const withoutRolling = rollingAside(state);
  const rows = new Map<string, Row>();
  const odd: { row: Row; why: string }[] = [];
  for (const each of state.resources) {
    const options = [...optionsOf(withoutRolling(each), keyOf)].map(
      ([name, value]) => [name, trees.valueOf(each, value, name)] as const,
    );
    const row: Row = {
      key: keyOf(each.urn),
      type: each.type,
      name: placeholders.replace(nameOf(each.urn)),
      urn: each.urn,
      inputs: trees.inputsOf(each),
      options: new Map(options),
    };
    if (each["delete"] === true) odd.push({ row, why: "its deletion is left to do" });
    else if (rows.has(row.key)) odd.push({ row, why: "another resource has the same type and name" });
    else rows.set(row.key, row);
  }
  return { state, own: placeholders.own, rows, odd, hash: hashOf(rows.values()) };
}
