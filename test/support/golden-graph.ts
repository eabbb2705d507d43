/** A graph as people review it: what is declared, under whom, by which provider, after what, with which decisive inputs. */
import { nameOf } from "../../sandbox/property/urn";
import {
  equal,
  isObject,
  mapValue,
  plainMap,
  UNKNOWN,
  type PropertyMap,
  type Value,
} from "../../sandbox/property/values";
import type { Graph, GraphResource } from "./graph";

/** Names end in what Pulumi draws at random where the program leaves the choice to it. */
const DRAWN = /-[0-9a-f]{7}$/;

/** What a chart is told is reviewed in its values file; repeated here it would bury the graph. */
const UNREVIEWED = new Set(["__defaults", "values", "kubeconfig"]);

function shown(value: Value, unknown: string): Value {
  return mapValue(value, (inner) => {
    if (inner === UNKNOWN) return unknown;
    if (typeof inner === "string") return textOf(inner);
    return isObject(inner) ? sorted(inner) : inner;
  });
}

/** Documents inside a text, such as a policy, are shown as what they say. */
function textOf(text: string): Value {
  if (!text.startsWith("{")) return text.replace(DRAWN, "-<drawn>");
  try {
    return shown(JSON.parse(text) as Value, text);
  } catch {
    return text;
  }
}

function sorted(map: PropertyMap): PropertyMap {
  const entries = Object.entries(map).filter(([key]) => !UNREVIEWED.has(key));
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

/** The tags that everything in the stack has say nothing about one resource. */
function withoutCommonTags(inputs: PropertyMap, common: PropertyMap): PropertyMap {
  if (!isObject(inputs["tags"])) return inputs;
  const own = Object.entries(inputs["tags"]).filter(([key, value]) => !equal(common[key], value) && key !== "Name");
  const rest = Object.entries(inputs).filter(([key]) => key !== "tags");
  return Object.fromEntries(own.length === 0 ? rest : [...rest, ["tags", Object.fromEntries(own)]]);
}

/** What is not known yet is told by whom it comes from. */
function inputsOf(resource: GraphResource, common: PropertyMap): PropertyMap {
  const inputs = withoutCommonTags(plainMap(resource.inputs), common);
  const entries = Object.entries(inputs).map(([key, value]) => {
    const origins = [...new Set(resource.propertyDependencies[key]?.map(nameOf))].sort();
    return [key, shown(value, origins.length === 0 ? "<known later>" : `<from ${origins.join(", ")}>`)] as const;
  });
  return sorted(Object.fromEntries(entries));
}

function rowOf(resource: GraphResource, common: PropertyMap): Record<string, Value> {
  const inputs = inputsOf(resource, common);
  const row: Record<string, Value | undefined> = {
    parent: resource.parent === undefined ? undefined : nameOf(resource.parent),
    provider: resource.provider === undefined ? undefined : nameOf(resource.provider).split("::")[0],
    protect: resource.protect === true ? true : undefined,
    ignoreChanges: resource.ignoreChanges.length > 0 ? [...resource.ignoreChanges] : undefined,
    after: resource.dependencies.length > 0 ? [...new Set(resource.dependencies.map(nameOf))].sort() : undefined,
    inputs: Object.keys(inputs).length > 0 ? inputs : undefined,
  };
  return Object.fromEntries(Object.entries(row).filter((entry): entry is [string, Value] => entry[1] !== undefined));
}

/** The graph by type and logical name, in the order of the alphabet: what a golden file holds. */
export function goldenGraph(graph: Graph, commonTags: Readonly<Record<string, string>>): Record<string, Value> {
  const rows = graph.resources.map(
    (resource) => [`${resource.type} ${resource.name}`, rowOf(resource, commonTags)] as const,
  );
  return Object.fromEntries([...rows].sort(([left], [right]) => (left < right ? -1 : 1)));
}
