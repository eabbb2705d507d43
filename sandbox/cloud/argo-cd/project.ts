/** What an AppProject allows its applications to create, and where. */
import { isObject, type PropertyMap } from "../../property/values";
import { valuesAt } from "../../property/paths";
import { kindOf } from "../kubernetes/kinds";
import type { Application } from "./applications";
import type { Manifest } from "./manifests";

const APP_PROJECT = "kubernetes:argoproj.io/v1alpha1:AppProject";

/** Whether a list of an AppProject names the value; a star at its end stands for any characters. */
function covers(pattern: unknown, value: string): boolean {
  const text = String(pattern);
  return text.endsWith("*") ? value.startsWith(text.slice(0, -1)) : text === value;
}

function isPermitted(spec: PropertyMap, { type }: Manifest): boolean {
  const { group, kind, namespaced } = kindOf(type);
  const list = namespaced ? "namespaceResourceWhitelist" : "clusterResourceWhitelist";
  // Without a list every kind of a namespace is allowed, and none of the cluster's.
  if (namespaced && spec[list] === undefined) return true;
  const rows = valuesAt(spec, list).filter(isObject);
  return rows.some((row) => covers(row.group, group) && covers(row.kind, kind));
}

/** `spec` of the application's project; undefined where there is no such project. */
export function projectSpec({ cluster, project, projectsIn }: Application): PropertyMap | undefined {
  const found = cluster.find(APP_PROJECT, `${projectsIn}/${project}`);
  if (found === undefined) return undefined;
  return isObject(found.inputs.spec) ? found.inputs.spec : {};
}

/** What the project refuses, as sentences. Source: argo-cd v3.4.4, `pkg/apis/application/v1alpha1` and `controller/sync.go`. */
export function projectProblems(application: Application, manifests: readonly Manifest[]): readonly string[] {
  const { namespace, project } = application;
  const spec = projectSpec(application);
  if (spec === undefined)
    return [`it names project "${project}", which does not exist: name the application in gitOps.applications.`];
  const goesTo = (name: string): boolean =>
    valuesAt(spec, "destinations").some((each) => isObject(each) && covers(each.namespace, name));
  const namespaces = [
    ...new Set([namespace, ...manifests.map(({ inputs }) => destinationNamespaceOf(inputs, namespace))]),
  ];
  return [
    ...namespaces
      .filter((name) => !goesTo(name))
      .map((name) => `namespace "${name}" does not match any of the allowed destinations in project "${project}".`),
    ...manifests
      .filter((manifest) => !isPermitted(spec, manifest))
      .map(({ type, file }) => {
        const { group, kind } = kindOf(type);
        return `${file}: resource ${group}:${kind} is not permitted in project ${project}.`;
      }),
  ];
}

function destinationNamespaceOf({ metadata }: PropertyMap, otherwise: string): string {
  return isObject(metadata) && typeof metadata.namespace === "string" ? metadata.namespace : otherwise;
}
