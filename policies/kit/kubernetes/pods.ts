/** Pods of an object, wherever its kind keeps them: the one reader for every rule about pods. */
import { Field } from "../reading/field";
import { perResource, type Resource } from "../reading/resource";
import { servedKinds } from "./served-kinds";
import { type ResourceType, types } from "../reading/types";

/** How a container takes part in its pod; a native sidecar is an init container that stays. */
export type Part = "main" | "init" | "sidecar" | "ephemeral";

/** One container and its part. */
export interface Container {
  readonly part: Part;
  readonly field: Field;
}

/** One set of equal pods. */
export interface Pods {
  /** Owner of the pods' `metadata`: the pod itself, or its template. */
  readonly template: Field;
  /** Fields that hold settings of the whole pod, the nearest first: a workflow states some for all of its templates. */
  readonly levels: readonly [Field, ...Field[]];
  readonly containers: readonly Container[];
}

/** Resource type of a rule for every kind with pods, custom kinds of unknown controllers included. */
export const anyPods: ResourceType = "pods";

type Path = readonly string[];
/** Path of the pod template by kind. */
const templates: ReadonlyMap<ResourceType, Path> = new Map<ResourceType, Path>([
  [types.pod, []],
  [types.podTemplate, ["template"]],
  ...[
    types.deployment,
    types.statefulSet,
    types.rollout,
    types.daemonSet,
    types.replicaSet,
    types.replicationController,
    types.job,
  ].map((type) => [type, ["spec", "template"]] as const),
  [types.cronJob, ["spec", "jobTemplate", "spec", "template"]],
  [types.scaledJob, ["spec", "jobTargetRef", "template"]],
]);

/** Kinds whose objects list pods. */
const listed: ReadonlyMap<ResourceType, (resource: Resource) => readonly Pods[]> = new Map([
  ...[types.analysisTemplate, types.clusterAnalysisTemplate, types.analysisRun].map(
    (type) => [type, (resource: Resource) => jobsOf(resource)] as const,
  ),
  [
    types.experiment,
    (resource) =>
      resource
        .at("spec", "templates")
        .list()
        .map((entry) => podsAt(entry.at("template"))),
  ],
  ...[types.workflow, types.workflowTemplate, types.clusterWorkflowTemplate].map(
    (type) => [type, (resource: Resource) => workflowPods(resource.at("spec"))] as const,
  ),
  [types.cronWorkflow, (resource) => workflowPods(resource.at("spec", "workflowSpec"))],
]);

/** Groups whose objects describe pods and images of other objects: policies, definitions, and deliveries. */
const describing = [
  "kyverno.io",
  "policies.kyverno.io",
  "templates.gatekeeper.sh",
  "constraints.gatekeeper.sh",
  "mutations.gatekeeper.sh",
  "helm.sh",
  "image.toolkit.fluxcd.io",
  "argocd-image-updater.argoproj.io",
  "kustomize.config.k8s.io",
];
const podless: ReadonlySet<ResourceType> = new Set([types.application, types.applicationSet, types.appProject]);

/** Whether objects of the type may have pods. */
export function mayBringPods(type: ResourceType): boolean {
  if (templates.has(type) || listed.has(type)) return true;
  const [, group = ""] = /^kubernetes:([^:]+):/.exec(type) ?? [];
  return group !== "" && !(group in servedKinds) && !describing.includes(group) && !podless.has(type);
}

/** Whether the path of the pods is known for the type. */
export function isKnown(type: ResourceType): boolean {
  return templates.has(type) || listed.has(type);
}

/** The pods of the resource; none for types without pods.
 * @throws UnknownRead @throws MalformedRead */
export const podsOf = perResource((resource): readonly Pods[] => {
  const path = templates.get(resource.type);
  if (path !== undefined) return hasWorkloadRef(resource) ? [] : [podsAt(resource.at(...path))];
  const list = listed.get(resource.type);
  if (list !== undefined) return list(resource);
  return mayBringPods(resource.type) ? search(resource.props, resource.props) : [];
});

/** Whether a rollout takes its pods from a Deployment, which is checked itself. */
export function hasWorkloadRef(resource: Resource): boolean {
  return resource.is(types.rollout) && resource.at("spec", "workloadRef").isSet();
}

/** The pods of a template. */
function podsAt(template: Field): Pods {
  return { template, levels: [template.at("spec")], containers: containersIn(template.at("spec")) };
}

/** Containers of a pod's spec, each with its part. */
export function containersIn(spec: Field): readonly Container[] {
  const inits = spec
    .at("initContainers")
    .list()
    .map((field): Container => ({ part: field.at("restartPolicy").text() === "Always" ? "sidecar" : "init", field }));
  return [...inits, ...parts(spec.at("containers"), "main"), ...parts(spec.at("ephemeralContainers"), "ephemeral")];
}

function parts(list: Field, part: Part): readonly Container[] {
  return list.list().map((field) => ({ part, field }));
}

/** A setting of the whole pod: from the nearest level that states it, else from the first. */
export function podSetting({ levels }: Pods, ...keys: readonly string[]): Field {
  const found = levels.map((level) => level.at(...keys)).find((field) => field.isSet());
  return found ?? levels[0].at(...keys);
}

/** Jobs among the metrics of an analysis. */
function jobsOf(resource: Resource): readonly Pods[] {
  return resource
    .at("spec", "metrics")
    .list()
    .map((metric) => metric.at("provider", "job", "spec"))
    .filter((job) => job.isSet())
    .map((job) => podsAt(job.at("template")));
}

/** Pods of Argo Workflows: each template that runs containers is a pod. */
function workflowPods(spec: Field): readonly Pods[] {
  const own = [...spec.at("templates").list(), spec.at("templateDefaults")];
  return own.flatMap((template) => {
    const single = ["container", "script"].map((key) => template.at(key)).filter((field) => field.isSet());
    const containers: readonly Container[] = [
      ...parts(template.at("initContainers"), "init"),
      ...single.map((field): Container => ({ part: "main", field })),
      ...parts(template.at("containerSet", "containers"), "main"),
      ...parts(template.at("sidecars"), "main"),
    ];
    return containers.length === 0 ? [] : [{ template, levels: [template, spec], containers }];
  });
}

/** Members in which custom kinds keep pods: where one of them is unknown, pods may be in it. */
const holders = /^(spec|template|templates|podTemplate|podSpec|jobTemplate|jobTargetRef|containers|initContainers)$/i;

/** Searches an object of an unknown kind for pod specs: a member that lists containers with images is one. */
function search(field: Field, parent: Field): readonly Pods[] {
  const shape = field.shape();
  if (shape === "list") return field.list().flatMap((item) => search(item, field));
  if (shape !== "object") return [];
  const own = field.at("containers").shape() === "list" ? containersIn(field).filter(hasImage) : [];
  const template = parent.shape() === "object" ? parent : new Field({}, field.path);
  const found: readonly Pods[] = own.length === 0 ? [] : [{ template, levels: [field], containers: own }];
  const inner = field.members().flatMap(([key, member]) => {
    if (member.isUnknown()) {
      // Reading it throws where it is unknown; other unknown values contain no pods.
      if (holders.test(key)) member.value();
      return [];
    }
    return own.length > 0 && /[cC]ontainers$/.test(key) ? [] : search(member, field);
  });
  return [...found, ...inner];
}

/** A container without an image is a patch of one that is declared elsewhere. */
function hasImage({ field }: Container): boolean {
  if (field.shape() === "unknown") return true;
  return field.shape() === "object" && field.at("image").shape() !== "absent";
}
