/** Remote components: the provider returns their children, the engine registers them. */
import {
  atOutputPath,
  childrenIn,
  componentInputs,
  makeInOrder,
  resolve,
  sealTaken,
  type ChildOutput,
  type ComponentInputs,
  type ConstructedChild,
} from "../protocol/construction";
import { providerFor } from "../engine/default-provider";
import type { Deployment } from "../engine/deployment";
import { register } from "../engine/register";
import type { Reply } from "../engine/registration";
import { recordOutputs } from "../engine/steps";
import { goalWith, type Goal } from "../state/goal";
import { resourceReference, UNKNOWN, type PropertyMap, type Value } from "../property/values";

/** Registers a remote component and all its children. */
export async function construct(deployment: Deployment, component: Goal): Promise<Reply> {
  const { type, name } = component;
  const urn = deployment.urnOf(component);
  const provider = deployment.providerBehind(await providerFor(deployment, component, urn, register));
  if (provider?.construct === undefined) throw new Error(`no provider makes components of type '${type}'`);
  const resolvedInputs = componentInputs(component.inputs);
  const construction = await provider.construct({ urn, type, name }, resolvedInputs.inputs);
  // The real engine records a remote component without inputs: the provider's own program registers it.
  await register(deployment, { ...component, inputs: {}, propertyDependencies: {}, provider: undefined });
  const children = await registerChildren(deployment, { ...component, ...resolvedInputs, urn }, construction.children);
  const { values, sources } = resolveMap(construction.outputs, children);
  recordOutputs(deployment, urn, values);
  return { urn, id: "", outputs: values, propertyDependencies: sources };
}

/** The component, and what is known of it once its provider was called. */
interface Component extends Goal, ComponentInputs {
  readonly urn: string;
  readonly inputs: PropertyMap;
}

type Children = ReadonlyMap<string, Reply>;

async function registerChildren(
  deployment: Deployment,
  component: Component,
  children: readonly ConstructedChild[],
): Promise<Children> {
  const done = new Map<string, Reply>();
  await makeInOrder(children, async (child) => {
    done.set(child.name, await register(deployment, childGoal(component, child, done)));
  });
  return done;
}

function childGoal(component: Component, child: ConstructedChild, children: Children): Goal {
  const { values, sources } = resolveMap(child.inputs, children);
  for (const [property, taken] of Object.entries(child.takes ?? {})) {
    const urns = taken.flatMap((input) => component.propertyDependencies[input] ?? []);
    sources[property] = [...new Set([...(sources[property] ?? []), ...urns])];
  }
  const ordered = (child.dependsOn ?? []).map((name) => children.get(name)?.urn ?? "");
  const provider = children.get(child.provider ?? "");
  return goalWith({
    type: child.type,
    name: child.name,
    custom: child.custom,
    parent: child.parent === undefined ? component.urn : children.get(child.parent)?.urn,
    inputs: sealTaken(child, values, component),
    dependencies: [...new Set([...ordered, ...Object.values(sources).flat()])],
    propertyDependencies: sources,
    provider: provider && `${provider.urn}::${provider.id}`,
    providers: component.providers,
    version: child.version ?? "",
    ignoreChanges: child.ignoreChanges ?? [],
  });
}

/** The map with every child output put in, and which children each property came from. */
function resolveMap(map: PropertyMap, children: Children): { values: PropertyMap; sources: Record<string, string[]> } {
  const sources: Record<string, string[]> = {};
  const values: Record<string, Value> = {};
  for (const [property, template] of Object.entries(map)) {
    sources[property] = childrenIn(template).map((name) => children.get(name)?.urn ?? "");
    values[property] = resolve(template, (reference) => outputOf(reference, children));
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
