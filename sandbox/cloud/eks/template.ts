/** `cluster.yaml`: what pulumi-eks v4.3.0 makes of a cluster, as a template, and how its places become values. */
import { isObject, type PropertyMap, type Value } from "../../values/values";
import { childOutput } from "../construction";
import type { ConstructedChild } from "../provider";
import { readTable } from "../tables";

/** A child, or the place where a list of children goes. */
interface ChildTemplate extends Partial<Omit<ConstructedChild, "custom">> {
  readonly component?: true;
  /** A value that must be true for the child to exist. */
  readonly when?: string;
  /** Name of a list of children that stand here. */
  readonly each?: string;
}

/** The whole of `cluster.yaml`. */
export interface ClusterTemplate {
  readonly inputs: {
    readonly supported: readonly string[];
    readonly structural: readonly string[];
    readonly required: Readonly<Record<string, { readonly value: Value; readonly brings: string }>>;
  };
  readonly children: readonly ChildTemplate[];
  readonly kubeconfig: PropertyMap;
  readonly outputs: PropertyMap;
}

/** Version of @pulumi/aws that pulumi-eks v4.3.0 sends. Source: its nodejs/eks/package.json. */
export const AWS_VERSION = "7.25.0";

/** The parsed template. */
export function template(): ClusterTemplate {
  return readTable("eks/cluster.yaml");
}

/** What `$word` stands for: inputs of the component, and what is calculated from them. */
export type Scope = Readonly<Record<string, Value | undefined>>;

/** A template's value with its places filled; undefined when its only place is absent. */
export function filled(value: Value, component: string, scope: Scope): Value | undefined {
  if (typeof value === "string") {
    const [, child, path] = /^@([\w-]+)(?:\.(.+))?$/.exec(value) ?? [];
    if (child !== undefined) return childOutput(`${component}-${child}`, path ?? "$ref");
    return value.startsWith("$") ? scope[value.slice(1)] : value;
  }
  if (Array.isArray(value)) return value.flatMap((item: Value) => filled(item, component, scope) ?? []);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [key, filled(member, component, scope)] as const);
  return Object.fromEntries(members.filter((member): member is [string, Value] => member[1] !== undefined));
}

/** The children of a component, those of `lists` in their places. */
export function childrenOf(
  component: string,
  scope: Scope,
  lists: Readonly<Record<string, readonly ConstructedChild[]>>,
): ConstructedChild[] {
  const full = (name: string): string => `${component}-${name}`;
  return template().children.flatMap(
    ({ each, when, component: bare, name = "", type = "", inputs = {}, parent, dependsOn, ...more }) => {
      if (each !== undefined) return lists[each] ?? [];
      if (when !== undefined && scope[when] !== true) return [];
      return {
        ...(bare === true ? {} : { version: AWS_VERSION }),
        ...more,
        type,
        name: full(name),
        custom: bare !== true,
        inputs: filled(inputs, component, scope) as PropertyMap,
        ...(parent === undefined ? {} : { parent: full(parent) }),
        ...(dependsOn === undefined ? {} : { dependsOn: dependsOn.map(full) }),
      };
    },
  );
}
