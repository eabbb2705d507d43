/** What objects name and their namespace has not: the API server takes them all the same, and nothing ever works. */
import { isObject, type PropertyMap, type Value } from "../../property/values";
import { valuesAt } from "../../property/paths";
import type { CloudObject } from "../account/account";
import type { Cluster } from "../kubernetes/cluster";
import { kindOf } from "../kubernetes/kinds";
import type { Manifest } from "./manifests";

type Names = (kind: string, name: string) => boolean;

/** One reference of an object. */
interface Reference {
  /** Path of the field that names it. */
  readonly at: string;
  readonly kind: string;
  readonly name: string;
}

const kindIn = (type: string): string => kindOf(type).kind;
const namespaceIn = (id: string): string => id.split("/")[0] ?? "";

function named(inputs: PropertyMap, at: string, kind: string): readonly Reference[] {
  return valuesAt(inputs, at).map((name) => ({ at, kind, name: String(name) }));
}

/** Where the pods of a workload stand. */
const templateOf = (kind: string): string => (kind === "CronJob" ? "spec.jobTemplate.spec.template" : "spec.template");

function ofPods(kind: string, inputs: PropertyMap): readonly Reference[] {
  const pod = `${templateOf(kind)}.spec`;
  return [
    ...named(inputs, `${pod}.serviceAccountName`, "ServiceAccount"),
    ...named(inputs, `${pod}.containers.env.valueFrom.secretKeyRef.name`, "Secret"),
  ];
}

function ofRollout(inputs: PropertyMap): readonly Reference[] {
  const canary = "spec.strategy.canary";
  const templates = [`${canary}.analysis.templates`, `${canary}.steps.analysis.templates`];
  return [
    ...named(inputs, `${canary}.stableService`, "Service"),
    ...named(inputs, `${canary}.canaryService`, "Service"),
    ...named(inputs, `${canary}.trafficRouting.istio.virtualService.name`, "VirtualService"),
    ...templates.flatMap((at) =>
      valuesAt(inputs, at)
        .filter(isObject)
        .map((template) => ({
          at: `${at}.templateName`,
          kind: template.clusterScope === true ? "ClusterAnalysisTemplate" : "AnalysisTemplate",
          name: String(template.templateName),
        })),
    ),
  ];
}

function ofScaler(inputs: PropertyMap): readonly Reference[] {
  const at = "spec.scaleTargetRef";
  return valuesAt(inputs, at)
    .filter(isObject)
    .map(({ kind, name }) => ({ at, kind: String(kind), name: String(name) }));
}

function referencesOf({ type, inputs }: Manifest): readonly Reference[] {
  const kind = kindIn(type);
  if (kind === "HorizontalPodAutoscaler") return ofScaler(inputs);
  if (kind === "ExternalSecret")
    return named(inputs, "spec.secretStoreRef.name", String(valuesAt(inputs, "spec.secretStoreRef.kind")[0]));
  if (kind === "Rollout") return [...ofRollout(inputs), ...ofPods(kind, inputs)];
  return ["Deployment", "Job", "CronJob"].includes(kind) ? ofPods(kind, inputs) : [];
}

/** Whether a namespace, or the cluster, has an object of the kind; Secrets of External Secrets count as they will be. */
function namesIn(objects: readonly CloudObject[], namespace: string): Names {
  return (kind, name) =>
    objects.some(({ id, type, inputs }) => {
      const isHere = id === `${namespace}/${name}` || id === name;
      if (kind === kindIn(type) && isHere) return true;
      const isCreated = kind === "Secret" && kindIn(type) === "ExternalSecret" && namespaceIn(id) === namespace;
      return isCreated && valuesAt(inputs, "spec.target.name").includes(name);
    });
}

const matches = (labels: Value | undefined, expected: PropertyMap): boolean =>
  isObject(labels) && Object.entries(expected).every(([key, value]) => labels[key] === value);

/** A budget that selects no pods guards nothing. */
function selectsNothing({ type, id, inputs }: Manifest, objects: readonly CloudObject[]): boolean {
  const [expected] = valuesAt(inputs, "spec.selector.matchLabels");
  if (kindIn(type) !== "PodDisruptionBudget" || !isObject(expected)) return false;
  return !objects
    .filter((object) => namespaceIn(object.id) === namespaceIn(id))
    .some((object) =>
      matches(valuesAt(object.inputs, `${templateOf(kindIn(object.type))}.metadata.labels`)[0], expected),
    );
}

/** What is missing, as sentences. @param cluster with the manifests in it. */
export function referenceProblems(manifests: readonly Manifest[], cluster: Cluster): readonly string[] {
  const objects = cluster.objects();
  return manifests.flatMap((manifest) => {
    const { file, id, type } = manifest;
    const subject = `${file}: ${kindIn(type)} "${id}"`;
    const has = namesIn(objects, namespaceIn(id));
    const missing = referencesOf(manifest).filter(({ kind, name }) => !has(kind, name));
    const sentences = missing.map(
      ({ at, kind, name }) => `${subject}: ${at} names ${kind} "${name}", which is not there.`,
    );
    const selector = selectsNothing(manifest, objects)
      ? [`${subject}: spec.selector selects no pods of any workload.`]
      : [];
    return [...new Set(sentences), ...selector];
  });
}
