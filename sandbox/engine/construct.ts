/** Remote components: the provider says which children they have, the engine registers them. */
import { atOutputPath, childrenIn, resolve } from "../cloud/construction";
import type { ChildOutput, ConstructedChild, Construction } from "../cloud/provider";
import { defaultProvider } from "./default-provider";
import type { Deployment } from "./deployment";
import type { Goal } from "./goal";
import { register, type Reply } from "./register";
import { recordOutputs, registerComponent } from "./steps";
import { packageOf } from "../values/urn";
import {
  fromOutputValues,
  hasUnknown,
  plainMap,
  resourceReference,
  UNKNOWN,
  type PropertyMap,
  type Value,
} from "../values/values";

/** Registers a remote component and all its children. */
export async function construct(deployment: Deployment, goal: Goal, urn: string): Promise<Reply> {
  const pkg = packageOf(goal.type);
  const reference = goal.provider ?? goal.providers[pkg] ?? (await defaultProvider(deployment, pkg, goal.version));
  const { provider } = deployment.providerBehind(reference);
  if (provider?.construct === undefined) throw new Error(`package '${pkg}' makes no component of type '${goal.type}'`);
  const inputs = unknownAsWhole(plainMap(fromOutputValues(goal.inputs) as PropertyMap));
  const construction = await provider.construct({ urn, type: goal.type, name: goal.name }, inputs);
  // The real engine records a remote component without inputs: the provider's own program registers it.
  const bare: Goal = { ...goal, inputs: {}, propertyDependencies: {}, provider: undefined };
  await registerComponent(deployment, bare, urn, deployment.snapshot.get(urn));
  const children = await registerChildren(deployment, goal, urn, construction);
  const { values, sources } = resolveMap(construction.outputs, children);
  recordOutputs(deployment, urn, values);
  return { urn, id: "", outputs: values, propertyDependencies: sources };
}

/** A component's program sees an input with an unknown inside as unknown altogether: an Output is known or not. */
function unknownAsWhole(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, hasUnknown(value) ? UNKNOWN : value]));
}

type Children = ReadonlyMap<string, Reply>;

/** Children start as soon as those they name are there; independent ones go side by side. */
async function registerChildren(
  deployment: Deployment,
  goal: Goal,
  urn: string,
  construction: Construction,
): Promise<Children> {
  const started = new Map<string, Promise<Reply>>();
  const done = new Map<string, Reply>();
  for (const child of construction.children) {
    const needed = [
      ...childrenIn(child.inputs),
      ...(child.dependsOn ?? []),
      ...[child.parent, child.provider].filter((name) => name !== undefined),
    ];
    const before = needed.map(
      (name) =>
        started.get(name) ?? Promise.reject(new Error(`child '${child.name}' names '${name}', which is not before it`)),
    );
    const making = Promise.all(before).then(async () => {
      const made = await register(deployment, childGoal(goal, urn, child, done));
      done.set(child.name, made);
      return made;
    });
    started.set(child.name, making);
  }
  await Promise.all(started.values());
  return done;
}

function childGoal(component: Goal, urn: string, child: ConstructedChild, children: Children): Goal {
  const { values, sources } = resolveMap(child.inputs, children);
  for (const [property, taken] of Object.entries(child.takes ?? {})) {
    const urns = taken.flatMap((input) => component.propertyDependencies[input] ?? []);
    sources[property] = [...new Set([...(sources[property] ?? []), ...urns])];
  }
  const ordered = (child.dependsOn ?? []).map((name) => children.get(name)?.urn ?? "");
  const provider = child.provider === undefined ? undefined : children.get(child.provider);
  return {
    type: child.type,
    name: child.name,
    custom: child.custom,
    remote: false,
    parent: child.parent === undefined ? urn : children.get(child.parent)?.urn,
    inputs: values,
    dependencies: [...new Set([...ordered, ...Object.values(sources).flat()])],
    propertyDependencies: sources,
    provider: provider === undefined ? component.providers[packageOf(child.type)] : `${provider.urn}::${provider.id}`,
    providers: component.providers,
    version: child.version ?? "",
    ignoreChanges: child.ignoreChanges ?? [],
    replaceOnChanges: [],
    aliases: [],
    additionalSecretOutputs: [],
    customTimeouts: {},
  };
}

/** The map with every child output put in, and which children each property came from. */
function resolveMap(map: PropertyMap, children: Children): { values: PropertyMap; sources: Record<string, string[]> } {
  const sources: Record<string, string[]> = {};
  const values: Record<string, Value> = {};
  for (const [property, template] of Object.entries(map)) {
    sources[property] = childrenIn(template).map((name) => children.get(name)?.urn ?? "");
    values[property] = resolve(template, (place) => outputOf(place, children));
  }
  return { values, sources };
}

function outputOf({ $child, $output }: ChildOutput, children: Children): Value {
  const child = children.get($child);
  if (child === undefined) throw new Error(`no child '${$child}' in this construction`);
  // The empty version is the engine's own addition: a provider sends none.
  if ($output === "$ref") return { ...(resourceReference(child.urn, child.id) as PropertyMap), packageVersion: "" };
  if ($output === "id") return child.id === "" ? UNKNOWN : child.id;
  return atOutputPath(child.outputs, $output) ?? (child.id === "" ? UNKNOWN : null);
}
