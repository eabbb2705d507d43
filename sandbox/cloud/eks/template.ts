/** `cluster.yaml`: what pulumi-eks v4.3.0 makes of a cluster, as a template, and how its places become values. */
import { childOutput, type ConstructedChild } from "../../protocol/construction";
import { isObject, type PropertyMap, type Value } from "../../property/values";
import { readTable } from "../tables/tables";

/** One child, or one for each item of a list. */
interface ChildTemplate extends Partial<Omit<ConstructedChild, "custom">> {
  readonly component?: boolean;
  /** A value that must be true for the child to exist. */
  readonly when?: string;
  /** Name of a list whose items are the scopes of one such child each. */
  readonly each?: string;
}

/** The whole of `cluster.yaml`. */
export interface ClusterTemplate {
  readonly awsVersion: string;
  readonly inputs: {
    readonly supported: readonly string[];
    readonly structural: readonly string[];
    readonly required: Readonly<Record<string, { readonly value: Value; readonly brings: string }>>;
  };
  readonly children: readonly ChildTemplate[];
  readonly kubeconfig: PropertyMap;
  readonly outputs: PropertyMap;
}

/** The parsed template. */
export function template(): ClusterTemplate {
  return readTable("eks/cluster.yaml");
}

/** What `$word` stands for: inputs of the component, and what is calculated from them. */
export type Scope = Readonly<Record<string, Value | undefined>>;

/** Words, and lists of them for children that come once for each item. */
export interface Words {
  readonly scope: Scope;
  readonly lists: Readonly<Record<string, readonly Scope[]>>;
}

/** A template's value with its places filled; undefined when its only place is absent. */
export function filled(value: Value, component: string, scope: Scope): Value | undefined {
  if (typeof value === "string") {
    const [, child, path] = /^@([\w-]+)(?:\.(.+))?$/.exec(value) ?? [];
    if (child !== undefined) return childOutput(`${component}-${child}`, path ?? "$ref");
    return value.startsWith("$") ? scope[value.slice(1)] : value.replace("{name}", component);
  }
  if (Array.isArray(value)) return value.flatMap((item: Value) => spliced(item, filled(item, component, scope)));
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, filled(member, component, scope)] as const);
  return Object.fromEntries(members.filter((member): member is [string, Value] => member[1] !== undefined));
}

/** What stands in a list for one of its items: a word may be a list itself, or absent. */
function spliced(item: Value, value: Value | undefined): Value[] {
  if (value === undefined) return [];
  return typeof item === "string" && Array.isArray(value) ? value : [value];
}

/** The children of a component. */
export function childrenOf(component: string, { scope, lists }: Words): ConstructedChild[] {
  return template().children.flatMap(({ each, when, ...child }) => {
    if (when !== undefined && scope[when] !== true) return [];
    const scopes = each === undefined ? [scope] : (lists[each] ?? []);
    return scopes.map((words) => childOf(component, filled({ ...child }, component, words) as ChildTemplate));
  });
}

function childOf(
  component: string,
  { component: isComponent = false, name, parent, dependsOn, ...child }: ChildTemplate,
): ConstructedChild {
  const full = (role = ""): string => `${component}-${role}`;
  return {
    version: isComponent ? undefined : template().awsVersion,
    inputs: {},
    type: "",
    ...child,
    name: full(name),
    custom: !isComponent,
    parent: parent && full(parent),
    dependsOn: dependsOn?.map(full),
  };
}
