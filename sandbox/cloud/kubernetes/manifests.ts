/** `kubernetes:yaml/v2` components: the objects of YAML text or lists, one child each. Source: pulumi-kubernetes provider/pkg/provider/yaml/v2. */
import { readFileSync } from "node:fs";
import { parseAllDocuments } from "yaml";
import { UNKNOWN, hasUnknown, isObject, type PropertyMap, type Value } from "../../engine/values";
import { CloudError, type ConstructedChild, type Construction, type Subject } from "../provider";
import { childOutput } from "../construction";
import { kindOf } from "./kinds";

/**
 * The children of a ConfigGroup (`yaml`, `objs`, `files`) or ConfigFile (`file`); lists are taken apart.
 * @throws CloudError for other components, and for objects without kind or name.
 */
export function constructManifests({ type, name }: Subject, inputs: PropertyMap): Construction {
  if (type !== "kubernetes:yaml/v2:ConfigGroup" && type !== "kubernetes:yaml/v2:ConfigFile") {
    throw new CloudError(
      "Unimplemented",
      `${type} is not built in the sandbox: charts are kubernetes:helm.sh/v3:Release`,
    );
  }
  const { yaml, objs, files, file } = inputs;
  if ([yaml, objs, files, file].some((source) => source === UNKNOWN))
    return { children: [], outputs: { resources: UNKNOWN } };
  const paths = [file, ...listed(files)].filter((path) => typeof path === "string");
  const texts = [...paths.map((path) => readFileSync(path, "utf8")), ...(typeof yaml === "string" ? [yaml] : [])];
  const objects = [...texts.flatMap(parsed), ...listed(objs)].flatMap(unlisted);
  const prefix = String(inputs.resourcePrefix ?? name);
  const children = objects.map((object) => childOf(prefix, object));
  return { children, outputs: { resources: children.map((made) => childOutput(made.name, "$ref")) } };
}

function listed(value: Value | undefined): readonly Value[] {
  return Array.isArray(value) ? (value as readonly Value[]) : value === undefined ? [] : [value];
}

function parsed(text: string): Value[] {
  return parseAllDocuments(text).flatMap((document) => {
    const problem = document.errors[0];
    if (problem !== undefined) throw new CloudError("Invalid", `decoding YAML: ${problem.message}`);
    const value = document.toJS() as Value;
    return value === null ? [] : [value];
  });
}

function unlisted(object: Value): Value[] {
  const isList = isObject(object) && String(object.kind).endsWith("List") && Array.isArray(object.items);
  return isList ? (object.items as readonly Value[]).flatMap(unlisted) : [object];
}

function childOf(prefix: string, object: Value): ConstructedChild {
  const metadata = isObject(object) && isObject(object.metadata) ? object.metadata : {};
  if (!isObject(object) || !object.kind || !object.apiVersion || !metadata.name || hasUnknown(metadata.name)) {
    throw new CloudError(
      "Invalid",
      `an object needs apiVersion, kind and metadata.name; got ${JSON.stringify(object)}`,
    );
  }
  const apiVersion = String(object.apiVersion).replace(/^core\//, "");
  const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${String(object.kind)}`;
  const namespace = kindOf(type).namespaced ? `${String(metadata.namespace ?? "default")}/` : "";
  return {
    type,
    name: `${prefix}:${namespace}${String(metadata.name)}`,
    custom: true,
    inputs: { ...object, apiVersion },
  };
}
