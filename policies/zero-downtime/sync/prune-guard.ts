/** Rule prune-guard: a merge without an object that cannot be recreated does not delete it. */
import { application, applications, layers } from "../../kit/argo-cd/applications";
import { type Field, valueOr } from "../../kit/reading/field";
import { type Finding, valueText, violation } from "../../kit/finding/finding";
import { namespaceOf, objectName } from "../../kit/kubernetes/kubernetes";
import { append, fix, type Remedy, set } from "../../kit/finding/remedy";
import { perStack, type Resource, type Stack } from "../../kit/reading/resource";
import { eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { types } from "../../kit/reading/types";
import { checkDeletion, keeping } from "../configuration/external-secrets";

const optionsKey = "argocd.argoproj.io/sync-options";
const fluxKey = "kustomize.toolkit.fluxcd.io/prune";

/** Kinds whose deletion takes along what is inside of them. */
const guarded = [types.namespace, types.customResourceDefinition, types.persistentVolumeClaim] as const;

/** A wrong merge deletes no data. */
export const pruneGuard = stackRule({
  id: "prune-guard",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "A Namespace, a CRD or a claim that an application may prune, claims that go with their StatefulSet, volumes that go with their claim or are made in any zone, and Secrets that go when their store fails.",
  prevents:
    "One wrong merge, or a renamed folder, deletes a namespace with everything in it, or the data of a database.",
  source:
    "Argo CD, sync options, no prune resources and resource pruning with confirmation; Kubernetes, StatefulSets, persistentVolumeClaimRetentionPolicy; Kubernetes, storage classes, reclaim policy and volume binding mode",
  settings: {},
  limits:
    "Only what stands beside an application that prunes is known to be pruned. Classes that a program declares may delete volumes: nothing prunes there, and claims decide.",
  examples: {
    bad: "kind: Namespace   # beside an Application with syncPolicy.automated.prune",
    good: `metadata: { annotations: { ${optionsKey}: Prune=confirm } }`,
  },
  *check(stack, _values, { teardown }) {
    if (teardown) return;
    yield* reportUnreadable(stack.of(...applications, types.fluxKustomization).filter(isDelivered), prunes);
    yield* eachResource(stack.of(...guarded), (object) => checkPrunable(stack, object));
    yield* eachResource(stack.of(types.statefulSet, ...operated), checkClaims);
    yield* eachResource(stack.of(types.storageClass), checkClass);
    yield* eachResource(stack.of(types.persistentVolume), checkVolume);
    yield* eachResource(stack.of(...keeping), checkDeletion);
  },
});

/** Whether the object is delivered from a file: what a program declares has its own protection. */
function isDelivered(object: Resource): boolean {
  return object.urn !== "" && !object.urn.startsWith("urn:");
}

/** Namespaces that a pruning application deploys to; undefined for one that does not say. */
type Reach = readonly (string | undefined)[];

/** Whether and where the application prunes.
 * @throws UnknownRead @throws MalformedRead */
function prunes(resource: Resource): Reach {
  if (resource.is(types.fluxKustomization))
    return resource.at("spec", "prune").flag() === true ? [resource.at("spec", "targetNamespace").text()] : [];
  const all = layers(resource).map((layer) => layer.at("spec", "syncPolicy"));
  const on = all.some((policy) => policy.at("automated", "prune").flag() === true);
  const off = all.some((policy) => policy.at("automated", "enabled").flag() === false);
  const options = all.flatMap((policy) => policy.at("syncOptions").texts());
  if (!on || off || options.some(keeps)) return [];
  const namespace = application(resource).at("spec", "destination", "namespace").text();
  return [namespace === undefined || namespace.includes("{{") ? undefined : namespace];
}

function keeps(option: string): boolean {
  return /^Prune=(false|confirm)$/.test(option.trim());
}

/** Where something prunes what stands in the files of this folder. */
const pruned = perStack((stack) => {
  const all = stack.of(...applications, types.fluxKustomization).filter(isDelivered);
  return all.flatMap((resource) => valueOr(() => prunes(resource), []));
});

/** Argo CD's own definitions are installed before anything that it prunes. */
const argoDefinition = /^(applications|applicationsets|appprojects)\.argoproj\.io$/;

function* checkPrunable(stack: Stack, object: Resource): Iterable<Finding> {
  if (!isDelivered(object)) return;
  const name = objectName(object);
  const own = object.is(types.namespace) ? name : namespaceOf(object);
  const hasNamespace = !object.is(types.customResourceDefinition);
  const hit = pruned(stack).some((namespace) => namespace === undefined || !hasNamespace || namespace === own);
  if (!hit || argoDefinition.test(name)) return;
  const annotations = object.at("metadata", "annotations");
  const options = annotations.at(optionsKey);
  const words = options
    .textOrEmpty()
    .split(",")
    .filter((word) => word.trim() !== "");
  if (words.some(keeps) || annotations.at(fluxKey).text() === "disabled") return;
  yield violation(object, {
    at: options.path,
    got: "what an application prunes as soon as Git lacks it",
    expected: "Prune=confirm or Prune=false",
    fix: words.length === 0 ? set(options, "Prune=confirm") : append(options, ",Prune=confirm"),
  });
}

/** Custom kinds whose operators make StatefulSets with the same policy. */
const operated = ["Prometheus", "Alertmanager", "ThanosRuler"].map(
  (kind) => `kubernetes:monitoring.coreos.com:${kind}`,
);

function* checkClaims(workload: Resource): Iterable<Finding> {
  const policy = workload.at("spec", "persistentVolumeClaimRetentionPolicy");
  for (const key of ["whenDeleted", "whenScaled"]) {
    const field = policy.at(key);
    if (field.text() === "Delete")
      yield violation(workload, { at: field.path, got: "Delete", expected: "Retain", fix: set(field, "Retain") });
  }
}

/** Volumes of these stand in every zone, or in none. */
const regional = /(efs|nfs|fsx|s3|filestore|azurefile|cephfs)/i;

function* checkClass(storageClass: Resource): Iterable<Finding> {
  const binding = storageClass.at("volumeBindingMode");
  const provisioner = storageClass.at("provisioner").textOrEmpty();
  if (binding.text() !== "WaitForFirstConsumer" && !regional.test(provisioner)) {
    yield violation(storageClass, {
      at: binding.path,
      got: absentOr(binding, "Immediate"),
      expected: "WaitForFirstConsumer, because a volume lives in one zone",
      fix: anew(set(binding, "WaitForFirstConsumer")),
    });
  }
  const reclaim = storageClass.at("reclaimPolicy");
  if (!isDelivered(storageClass) || reclaim.text() === "Retain") return;
  yield violation(storageClass, {
    at: reclaim.path,
    got: absentOr(reclaim, "Delete"),
    expected: "Retain",
    fix: anew(set(reclaim, "Retain")),
  });
}

/** The API server refuses every change of a class. */
function anew(change: Remedy): Remedy {
  return fix`${change}, under a new name if the class exists: a class cannot be changed`;
}

function absentOr(field: Field, meaning: string): string {
  const text = field.text();
  return text === undefined ? `nothing, which means ${meaning}` : text === meaning ? meaning : valueText(text);
}

/** A declared volume keeps its data by default. */
function* checkVolume(volume: Resource): Iterable<Finding> {
  const reclaim = volume.at("spec", "persistentVolumeReclaimPolicy");
  const policy = reclaim.text();
  if (policy !== "Delete" && policy !== "Recycle") return;
  yield violation(volume, { at: reclaim.path, got: policy, expected: "Retain", fix: set(reclaim, "Retain") });
}
