/** One resource as deployment v3 records it, and how it is put together. */
import { splitReference } from "../property/urn";
import { equal, plainMap, type PropertyMap } from "../property/values";

/** Which resources a property came from. */
export type PropertyDependencies = Readonly<Record<string, readonly string[]>>;

/** Time limits that a program set, in seconds. */
export interface CustomTimeouts {
  readonly create?: number;
  readonly update?: number;
  readonly delete?: number;
  readonly read?: number;
}

/** A resource in the state; field names and order are those of the real engine's apitype.ResourceV3. */
export interface ResourceState {
  readonly urn: string;
  readonly custom: boolean;
  /** Replaced, and to be deleted at the end of this or the next run. */
  readonly delete?: boolean;
  readonly id?: string;
  readonly type: string;
  readonly inputs?: PropertyMap;
  readonly outputs?: PropertyMap;
  readonly parent?: string;
  readonly protect?: boolean;
  /** Read, not managed. */
  readonly external?: boolean;
  readonly dependencies?: readonly string[];
  readonly initErrors?: readonly string[];
  /** `<provider urn>::<provider id>`. */
  readonly provider?: string;
  readonly propertyDependencies?: PropertyDependencies;
  /** Deleted first by a delete-before-replace whose creation has not happened yet. */
  readonly pendingReplacement?: boolean;
  readonly additionalSecretOutputs?: readonly string[];
  readonly customTimeouts?: CustomTimeouts;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  /** RFC 3339. */
  readonly created?: string;
  /** RFC 3339; changes only with the resource. */
  readonly modified?: string;
  readonly sourcePosition?: string;
  readonly ignoreChanges?: readonly string[];
  readonly replaceOnChanges?: readonly string[];
}

const FIELD_ORDER: readonly (keyof ResourceState)[] = [
  "urn",
  "custom",
  "delete",
  "id",
  "type",
  "inputs",
  "outputs",
  "parent",
  "protect",
  "external",
  "dependencies",
  "initErrors",
  "provider",
  "propertyDependencies",
  "pendingReplacement",
  "additionalSecretOutputs",
  "customTimeouts",
  "retainOnDelete",
  "deletedWith",
  "created",
  "modified",
  "sourcePosition",
  "ignoreChanges",
  "replaceOnChanges",
];

/** The state with its fields in the real engine's order and empty ones left out (`custom` always stays). */
export function tidy(state: ResourceState): ResourceState {
  const ordered: Record<string, unknown> = {};
  for (const field of FIELD_ORDER) {
    const value = state[field];
    if (field === "custom" || !isEmpty(value)) ordered[field] = value;
  }
  return ordered as unknown as ResourceState;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === false || value === "") return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/** Whether two states are equal once serialized. */
export function sameState(left: ResourceState, right: ResourceState): boolean {
  return equal(tidy(left) as unknown as PropertyMap, tidy(right) as unknown as PropertyMap);
}

/** What a provider gets of an object that it made: its id, and its last inputs and outputs with secrets opened. */
export function lastKnown(state: ResourceState): { id: string; inputs: PropertyMap; outputs: PropertyMap } {
  return { id: state.id ?? "", inputs: plainMap(state.inputs ?? {}), outputs: plainMap(state.outputs ?? {}) };
}

/** Every URN that must exist for this resource to exist: dependencies, parent, provider, and what it is deleted with. */
export function prerequisitesOf(state: ResourceState): string[] {
  const fromProperties = Object.values(state.propertyDependencies ?? {}).flat();
  const provider = state.provider === undefined ? [] : [splitReference(state.provider).urn];
  const single = [state.parent, state.deletedWith].filter((urn) => urn !== undefined);
  return [...new Set([...(state.dependencies ?? []), ...fromProperties, ...provider, ...single])];
}

/** The state with every mention of one URN replaced by another: what an alias does to all that refer to it. */
export function renameIn(state: ResourceState, from: string, to: string): ResourceState {
  const swap = (urn: string): string => (urn === from ? to : urn);
  const properties = Object.entries(state.propertyDependencies ?? {}).map(
    ([key, urns]) => [key, urns.map(swap)] as const,
  );
  return {
    ...state,
    urn: swap(state.urn),
    parent: state.parent === undefined ? undefined : swap(state.parent),
    deletedWith: state.deletedWith === undefined ? undefined : swap(state.deletedWith),
    dependencies: state.dependencies?.map(swap),
    propertyDependencies: state.propertyDependencies === undefined ? undefined : Object.fromEntries(properties),
    provider: state.provider?.startsWith(`${from}::`) ? `${to}${state.provider.slice(from.length)}` : state.provider,
  };
}
