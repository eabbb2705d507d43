/** Resources as rules read them, whatever their origin: a registration, a finished stack, a YAML document or a test. */
import { groupBy, type Groups } from "@fridayproof/components/core";
import { Field } from "./field";
import { isRecord, isUnknown, open } from "./value";
import { type ResourceType, typeOfToken, tokenOf } from "./types";

/** Data of a resource, as a program or a manifest gives it. */
export interface ResourceInput {
  readonly type: string;
  readonly name: string;
  /** URN, by which the engine names the resource; empty for a manifest. */
  readonly urn?: string;
  readonly props: unknown;
  readonly options?: Options;
  /** URNs that each property depends on. */
  readonly links?: Readonly<Record<string, readonly string[]>>;
  /** URNs of the resources that the engine creates before it. */
  readonly dependencies?: readonly string[];
  /** URN of the parent. */
  readonly parent?: string;
}

/** Resource options that the engine hands to policies. */
export interface Options {
  readonly protect?: boolean;
  readonly ignoreChanges?: readonly string[];
  readonly deleteBeforeReplace?: boolean;
}

/** One resource. */
export class Resource {
  /** The type, the same for each of its spellings. */
  readonly type: ResourceType;
  /** The type token as it was declared: an alias, another API version. */
  readonly token: string;
  readonly name: string;
  readonly urn: string;
  readonly props: Field;
  readonly options: Options;
  readonly links: Readonly<Record<string, readonly string[]>>;
  readonly dependencies: readonly string[];
  readonly parent: string | undefined;

  constructor(input: ResourceInput, type: ResourceType = typeOfToken(input.type), path = "") {
    this.type = type;
    this.token = input.type;
    this.name = input.name;
    this.urn = input.urn ?? "";
    this.props = new Field(input.props, path);
    this.options = input.options ?? {};
    this.links = input.links ?? {};
    this.dependencies = input.dependencies ?? [];
    this.parent = input.parent;
  }

  /** The same resource without the unknown items of its lists. */
  withoutUnknownItems(): Resource {
    const copy = Object.create(Resource.prototype) as Resource;
    return Object.assign(copy, this, { props: this.props.withoutUnknownItems() });
  }

  /** The property under the keys. */
  at(...keys: readonly string[]): Field {
    return this.props.at(...keys);
  }

  /** Whether it is of one of the types. */
  is(...types: readonly ResourceType[]): boolean {
    return types.includes(this.type);
  }
}

/** Every resource of a stack (or of a folder of manifests), found by type and followed by property dependencies, never by id. */
export class Stack {
  readonly resources: readonly Resource[];
  private readonly byUrn: ReadonlyMap<string, Resource>;
  private readonly byType: Groups<ResourceType, Resource>;
  /** Types that rules requested: no rule read objects of another type. */
  readonly requested = new Set<ResourceType>();

  constructor(resources: readonly Resource[]) {
    this.resources = resources;
    this.byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
    this.byType = groupBy(resources, ({ type }) => type);
  }

  /** The resources of the types, in the order of the types. */
  of(...types: readonly ResourceType[]): readonly Resource[] {
    for (const type of types) this.requested.add(type);
    return types.flatMap((type) => this.byType.get(type) ?? []);
  }

  /** The resources whose type fits the predicate, in the order of the stack. */
  whose(picks: (type: ResourceType) => boolean): readonly Resource[] {
    const picked = new Set([...this.byType.keys()].filter(picks));
    return this.resources.filter(({ type }) => picked.has(type));
  }

  /** The resources that a property depends on. */
  linked(resource: Resource, property: string): readonly Resource[] {
    return (resource.links[property] ?? []).flatMap((urn) => this.byUrn.get(urn) ?? []);
  }

  /** URNs of the resources that exist before this one is created or changed, direct and indirect dependencies alike. */
  prerequisites({ dependencies }: Resource): ReadonlySet<string> {
    const found = new Set<string>(dependencies);
    for (const urn of found) for (const next of this.byUrn.get(urn)?.dependencies ?? []) found.add(next);
    return found;
  }
}

/** Caches the result of `make` by stack: many rules read the same neighbours of every workload. */
export function perStack<T>(make: (stack: Stack) => T): (stack: Stack) => T {
  return once(make);
}

/** Caches the result of `make` by resource: many rules read the same of it. */
export function perResource<T>(make: (resource: Resource) => T): (resource: Resource) => T {
  return once(make);
}

/** An error is not cached: it is thrown each time. */
function once<K extends object, T>(make: (of: K) => T): (of: K) => T {
  const cache = new WeakMap<K, { readonly value: T }>();
  return (of) => {
    const known = cache.get(of);
    if (known !== undefined) return known.value;
    const value = make(of);
    cache.set(of, { value });
    return value;
  };
}

/** The resource, or the members of a Kubernetes `List`, whose objects no rule would check otherwise. */
export function unpack(input: ResourceInput): readonly Resource[] {
  if (!/^kubernetes:.*List$/.test(input.type)) return [new Resource(input)];
  const items = isRecord(input.props) ? open(input.props["items"]) : input.props;
  // A list whose members are unknown becomes one unknown member, which every rule about their type reports.
  if (!Array.isArray(items)) {
    const member = typeOfToken(input.type.replace(/(?<=:\w+)List$/, ""));
    return [isUnknown(items) ? new Resource({ ...input, props: items }, member, "items") : new Resource(input)];
  }
  return items.map((item, index) => {
    const members = isRecord(open(item)) ? (open(item) as Record<string, unknown>) : {};
    const [apiVersion, kind] = [open(members["apiVersion"]), open(members["kind"])];
    const own = typeof apiVersion === "string" && typeof kind === "string" ? tokenOf(apiVersion, kind) : undefined;
    const type = own ?? input.type.replace(/(?<=:\w+)List$/, "");
    return new Resource({ ...input, props: item }, typeOfToken(type), `items[${index}]`);
  });
}
