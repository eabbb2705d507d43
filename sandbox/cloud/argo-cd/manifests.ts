/** The manifests of an application's folder, and what is no manifest in it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { parseAllDocuments } from "yaml";
import { isObject, type PropertyMap, type Value } from "../../property/values";
import { kindOf } from "../kubernetes/kinds";
import type { Application } from "./applications";

/** One object of a folder. */
export interface Manifest {
  /** Pulumi's token of its kind. */
  readonly type: string;
  /** `namespace/name`, or the name alone. */
  readonly id: string;
  readonly inputs: PropertyMap;
  /** File in the folder. */
  readonly file: string;
}

/** What a folder holds. */
export interface Manifests {
  readonly manifests: readonly Manifest[];
  /** What Argo CD could not read, as sentences. */
  readonly problems: readonly string[];
}

/** What Argo CD reads in a folder: https://argo-cd.readthedocs.io/en/stable/user-guide/directory/ */
const FILE = /\.(ya?ml|json)$/;

function filesOf({ folder, recurse }: Application): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: recurse, withFileTypes: true })
    .filter((entry) => entry.isFile() && FILE.test(entry.name))
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .sort();
}

function manifestOf(value: Value, file: string, namespace: string): Manifest | string {
  if (!isObject(value)) return `${file}: holds a value that is no object.`;
  const { apiVersion, kind, metadata } = value;
  const name = isObject(metadata) ? metadata.name : undefined;
  if (typeof apiVersion !== "string" || typeof kind !== "string" || typeof name !== "string")
    return `${file}: an object without apiVersion, kind or metadata.name.`;
  const type = `kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${kind}`;
  const ownMetadata = isObject(metadata) ? metadata : {};
  if (!kindOf(type).namespaced) return { type, id: name, inputs: value, file };
  const into =
    typeof ownMetadata.namespace === "string" && ownMetadata.namespace !== "" ? ownMetadata.namespace : namespace;
  return { type, id: `${into}/${name}`, inputs: { ...value, metadata: { ...ownMetadata, namespace: into } }, file };
}

/** Reads the folder, file by file in the order of their names; Kubernetes reads YAML 1.1. */
export function manifestsOf(application: Application): Manifests {
  const manifests: Manifest[] = [];
  const problems: string[] = [];
  for (const file of filesOf(application)) {
    const text = readFileSync(path.join(application.folder, file), "utf8");
    for (const document of parseAllDocuments(text, { version: "1.1" })) {
      const [error] = document.errors;
      if (error !== undefined) problems.push(`${file}: ${error.message.replace(/:?\n[^]*$/, "")}.`);
      if (error !== undefined || document.contents === null) continue;
      const read = manifestOf(document.toJSON() as Value, file, application.namespace);
      if (typeof read === "string") problems.push(read);
      else if (manifests.some(({ type, id }) => type === read.type && id === read.id))
        problems.push(`${file}: ${kindOf(read.type).kind} "${read.id}" stands twice; the later one would win.`);
      else manifests.push(read);
    }
  }
  return { manifests, problems };
}
