/** What a simulated API server refuses, one row each: code, source, and the sentence with what would help. */
import { equal, isObject, type PropertyMap } from "../../engine/values";
import { CloudError } from "../provider";
import type { Cluster } from "./cluster";
import { broughtBy, type Kind } from "./kinds";

/** One call to the API server. */
export interface Call {
  readonly verb: "create" | "update" | "delete";
  readonly cluster: Cluster;
  readonly type: string;
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** Empty for cluster-wide kinds. */
  readonly namespace: string;
  readonly inputs: PropertyMap;
}

/** One reason to refuse. */
export interface Refusal {
  /** The API server's `reason`, or the client's where no server is asked. */
  readonly code: string;
  readonly source: string;
  readonly verbs: readonly Call["verb"][];
  /** The sentence; undefined when this row has nothing against the call. */
  refuse(call: Call): string | undefined;
}

const NAMES = "https://kubernetes.io/docs/concepts/overview/working-with-objects/names/";
const SUBDOMAIN_LENGTH = 253;
const LABEL_LENGTH = 63;
/** Kinds whose names become DNS labels. */
const LABEL_NAMED = ["Namespace", "Service"];
/** Kinds whose names are only path segments: `system:node` is one. */
const PATH_NAMED = ["ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"];

/** Finalizers and the chart whose controller takes them off. */
const FINALIZERS: Readonly<Record<string, { chart: string; always: readonly string[] }>> = {
  "elbv2.k8s.aws/resources": { chart: "aws-load-balancer-controller", always: ["TargetGroupBinding"] },
  "resources-finalizer.argocd.argoproj.io": { chart: "argo-cd", always: [] },
};

/** All refusals, in the order in which an API server would come to them. */
export const REFUSALS: readonly Refusal[] = [
  {
    code: "NoKindMatch",
    source: "https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definitions/",
    verbs: ["create"],
    refuse({ kind, cluster }) {
      const charts = broughtBy(kind);
      if (kind.builtIn || cluster.hasChart(charts) || definedHere(cluster, kind)) return undefined;
      const help =
        charts.length > 0 ? `release ${charts.join(" or ")} first` : "no chart in sandbox/cloud/charts brings it";
      return `no matches for kind "${kind.kind}" in version "${kind.apiVersion}": ${help}`;
    },
  },
  {
    code: "Invalid",
    source: NAMES,
    verbs: ["create"],
    refuse({ kind, name }) {
      const wrong = wrongName(kind.kind, name);
      return wrong && `${resource(kind)} "${name}" is invalid: metadata.name: Invalid value: "${name}": ${wrong}`;
    },
  },
  {
    code: "NotFound",
    source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    verbs: ["create"],
    refuse: ({ namespace, cluster }) =>
      namespace === "" || cluster.hasNamespace(namespace) ? undefined : `namespaces "${namespace}" not found`,
  },
  {
    code: "AlreadyExists",
    source: "https://kubernetes.io/docs/reference/using-api/api-concepts/",
    verbs: ["create"],
    refuse({ kind, type, id, name, namespace, cluster }) {
      const taken = kind.kind === "Namespace" ? cluster.hasNamespace(name) : cluster.find(type, id) !== undefined;
      return taken && !kind.patch
        ? `${resource(kind)} "${namespace && `${namespace}/`}${name}" already exists`
        : undefined;
    },
  },
  {
    code: "Invalid",
    source: "https://kubernetes.io/docs/tasks/run-application/configure-pdb/",
    verbs: ["create", "update"],
    refuse({ kind, name, inputs: { spec } }) {
      const both = isObject(spec) && spec.minAvailable !== undefined && spec.maxUnavailable !== undefined;
      if (kind.kind !== "PodDisruptionBudget" || !both) return undefined;
      return `PodDisruptionBudget.policy "${name}" is invalid: spec: minAvailable and maxUnavailable cannot be both set`;
    },
  },
  {
    code: "Invalid",
    source: "https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector",
    verbs: ["create", "update"],
    refuse({ kind, name, inputs: { spec } }) {
      if (kind.group !== "apps" || !isObject(spec) || !isObject(spec.selector) || !isObject(spec.template))
        return undefined;
      const { metadata } = spec.template;
      const labels = isObject(metadata) && isObject(metadata.labels) ? metadata.labels : {};
      const wanted = isObject(spec.selector.matchLabels) ? Object.entries(spec.selector.matchLabels) : [];
      if (wanted.every(([key, value]) => equal(labels[key], value))) return undefined;
      return `${resource(kind)} "${name}" is invalid: spec.template.metadata.labels: \`selector\` does not match template \`labels\``;
    },
  },
  {
    code: "Forbidden",
    source:
      "https://kubernetes-sigs.github.io/aws-load-balancer-controller/latest/guide/targetgroupbinding/targetgroupbinding/",
    verbs: ["create", "update"],
    refuse({ kind, cluster, inputs: { spec } }) {
      if (kind.kind !== "TargetGroupBinding" || !isObject(spec) || cluster.hasTargetGroup(spec.targetGroupARN))
        return undefined;
      const missing = `TargetGroupNotFound: target group '${String(spec.targetGroupARN)}' not found`;
      return `admission webhook "vtargetgroupbinding.elbv2.k8s.aws" denied the request: ${missing}`;
    },
  },
  {
    code: "Timeout",
    source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/finalizers/",
    verbs: ["delete"],
    refuse({ kind, cluster, id, inputs }) {
      const stuck = stuckFinalizer(kind.kind, inputs, cluster);
      return stuck && `timed out waiting for ${resource(kind)} "${id}" to be deleted: finalizer ${stuck}`;
    },
  },
  {
    code: "Timeout",
    source: "https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/",
    verbs: ["delete"],
    refuse({ kind, cluster, name }) {
      if (kind.kind !== "Namespace") return undefined;
      for (const { id, type, inputs } of cluster.objects().filter((object) => object.id.startsWith(`${name}/`))) {
        const stuck = stuckFinalizer(type.split(":").pop() ?? "", inputs, cluster);
        if (stuck !== undefined)
          return `timed out waiting for namespace "${name}", which stays in Terminating: ${id} has finalizer ${stuck}`;
      }
      return undefined;
    },
  },
];

/** @throws CloudError with the first row that speaks against the call. */
export function refuse(call: Call): void {
  for (const row of REFUSALS.filter(({ verbs }) => verbs.includes(call.verb))) {
    const sentence = row.refuse(call);
    if (sentence) throw new CloudError(row.code, sentence);
  }
}

function wrongName(kind: string, name: string): string | undefined {
  if (PATH_NAMED.includes(kind)) return /[/%]/.test(name) ? "may not contain '/' or '%'" : undefined;
  if (LABEL_NAMED.includes(kind)) {
    if (name.length > LABEL_LENGTH) return `must be no more than ${LABEL_LENGTH} characters (got ${name.length})`;
    const first = kind === "Service" ? "a letter" : "a letter or digit";
    const form = kind === "Service" ? /^[a-z]([-a-z0-9]*[a-z0-9])?$/ : /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
    return form.test(name)
      ? undefined
      : `must be lower case letters, digits and '-', start with ${first} and end with a letter or digit`;
  }
  if (name.length > SUBDOMAIN_LENGTH) return `must be no more than ${SUBDOMAIN_LENGTH} characters (got ${name.length})`;
  const form = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
  return form.test(name)
    ? undefined
    : "must be lower case letters, digits, '-' and '.', start and end with a letter or digit";
}

/** Whether a CustomResourceDefinition of the program itself brings the kind. */
function definedHere(cluster: Cluster, { kind, group }: Kind): boolean {
  return cluster.objects("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition").some(({ inputs: { spec } }) => {
    return isObject(spec) && spec.group === group && isObject(spec.names) && spec.names.kind === kind;
  });
}

function stuckFinalizer(kind: string, inputs: PropertyMap, cluster: Cluster): string | undefined {
  const { metadata } = inputs;
  const own = isObject(metadata) && Array.isArray(metadata.finalizers) ? metadata.finalizers.map(String) : [];
  for (const [finalizer, { chart, always }] of Object.entries(FINALIZERS)) {
    const held = always.includes(kind) || own.includes(finalizer);
    if (held && !cluster.hasChart([chart]))
      return `${finalizer} is taken off by ${chart}, which is gone; delete this first, then the chart`;
  }
  return undefined;
}

/** The resource as messages name it: `deployments.apps`. */
function resource({ kind, group }: Kind): string {
  const lower = kind.toLowerCase();
  const plural = /(s|x|ch)$/.test(lower)
    ? `${lower}es`
    : lower.endsWith("y")
      ? `${lower.slice(0, -1)}ies`
      : `${lower}s`;
  return group === "" ? plural : `${plural}.${group}`;
}
