/** Inventory of each namespace: the objects and pods declared in it, and whether a chart or an operator may add others. */
import { type Field, isUnreadable, valueOr, UnknownRead } from "../reading/field";
import { type Labels, labelsOf, namespaceOf, objectName, systemNamespaces } from "./kubernetes";
import { type Pods, hasWorkloadRef, mayBringPods, podsOf } from "./pods";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { servedKinds } from "./served-kinds";
import { type ResourceType, types } from "../reading/types";
import { running, runTemplate } from "./workloads";

/** Pods of a declared object. */
export interface DeclaredPods {
  readonly owner: Resource;
  readonly labels: Labels;
  readonly pods: Pods;
}

/** Kinds of objects that others name. */
const named: ReadonlySet<ResourceType> = new Set<ResourceType>([
  ...running,
  types.pod,
  types.job,
  types.cronJob,
  types.namespace,
  types.service,
  types.serviceAccount,
  types.serviceEntry,
  types.configMap,
  types.opaqueSecret,
  types.persistentVolumeClaim,
  types.virtualService,
  types.destinationRule,
  types.ingress,
  types.kubernetesRole,
  types.secretStore,
  types.issuer,
  types.ec2NodeClass,
]);

type Made = readonly (Field | string)[];
/** Objects whose controllers make Secrets, and what those are called. */
const secretMakers: ReadonlyMap<ResourceType, (resource: Resource) => Made> = new Map<
  ResourceType,
  (resource: Resource) => Made
>([
  [types.externalSecret, (one) => [one.at("spec", "target", "name"), objectName(one)]],
  [types.clusterExternalSecret, (one) => [one.at("spec", "externalSecretName"), objectName(one)]],
  [types.sealedSecret, (one) => [one.at("spec", "template", "metadata", "name"), objectName(one)]],
  [types.certificate, (one) => [one.at("spec", "secretName")]],
  [
    types.secretProviderClass,
    (one) =>
      one
        .at("spec", "secretObjects")
        .list()
        .map((object) => object.at("secretName")),
  ],
]);

/** What the Secrets are called that a controller makes of the object. @throws UnknownRead @throws MalformedRead */
export function secretsMadeBy(resource: Resource): readonly string[] {
  return secretMakers.get(resource.type)?.(resource).map(textOf) ?? [];
}

/** Type of the Secrets that controllers make of declared objects; no resource has it. */
const madeSecrets: ResourceType = "made secrets";

/** Custom kinds whose controllers create neither pods nor objects that others name, by group; `*` is all of a group. */
const selfContained: Readonly<Record<string, string>> = {
  "argoproj.io":
    "AnalysisRun AnalysisTemplate Application ApplicationSet AppProject ClusterAnalysisTemplate Experiment Rollout " +
    "ClusterWorkflowTemplate CronWorkflow Workflow WorkflowTemplate",
  "autoscaling.k8s.io": "*",
  "cert-manager.io": "*",
  "cilium.io": "*",
  "crd.projectcalico.org": "*",
  "elbv2.k8s.aws": "*",
  "extensions.istio.io": "*",
  "external-secrets.io": "*",
  "bitnami.com": "SealedSecret",
  "gateway.networking.k8s.io": "GatewayClass GRPCRoute HTTPRoute ReferenceGrant TCPRoute TLSRoute UDPRoute",
  "karpenter.k8s.aws": "*",
  "karpenter.sh": "*",
  "keda.sh": "*",
  "monitoring.coreos.com": "AlertmanagerConfig PodMonitor Probe PrometheusRule ScrapeConfig ServiceMonitor",
  "networking.istio.io": "*",
  "networking.k8s.aws": "*",
  "secrets-store.csi.x-k8s.io": "*",
  "security.istio.io": "*",
  "snapshot.storage.k8s.io": "*",
  "telemetry.istio.io": "*",
  "vpcresources.k8s.aws": "*",
};

/** Whether the controller of the kind may create pods or other objects that are declared nowhere. */
export function createsObjects(type: ResourceType): boolean {
  const [, group = "", name = ""] = /^kubernetes:([^:]+):(.+)$/.exec(type) ?? [];
  if (group === "" || group in servedKinds) return false;
  const kinds = Object.hasOwn(selfContained, group) ? selfContained[group] : undefined;
  return kinds === undefined || (kinds !== "*" && !kinds.split(" ").includes(name));
}

const keyOf = (...parts: readonly string[]): string => JSON.stringify(parts);

/** The namespace in which a chart or an operator creates objects; undefined where it may be any. */
function namespaceNameOf(resource: Resource): string | undefined {
  const own = resource.is(types.helmRelease, types.helmChart)
    ? resource.at("namespace")
    : resource.at("metadata", "namespace");
  return own.text();
}

/** Reads the properties that the inventory of an object is made from: names, namespace and labels of pods. */
export function readInventory(resource: Resource): unknown {
  if (hidesObjects(resource)) return namespaceNameOf(resource);
  if (!isNamed(resource)) return undefined;
  return [namespaceOf(resource), objectName(resource), secretsMadeBy(resource), podsOf(resource).map(labelsOfPods)];
}

/** Whether other objects may name this one, or its pods. */
function isNamed(resource: Resource): boolean {
  return named.has(resource.type) || secretMakers.has(resource.type);
}

/** Whether the object creates objects that are declared nowhere: a chart, or a custom kind of an unknown controller. */
function hidesObjects(resource: Resource): boolean {
  return resource.is(types.helmRelease, types.helmChart) || createsObjects(resource.type);
}

const textOf = (one: Field | string): string => (typeof one === "string" ? one : one.textOrEmpty());
const labelsOfPods = ({ template }: Pods): Labels => labelsOf(template);

/** The declared objects of a stack or a folder, by namespace. */
export class Inventory {
  private readonly names = new Set<string>();
  private readonly present = new Set<string>();
  private readonly declared = new Set<string>();
  private readonly withWorkloads = new Set<string>();
  private readonly incomplete = new Set<string>();
  private incompleteEverywhere = false;
  private readonly byNamespace = new Map<string, DeclaredPods[]>();

  constructor(private readonly stack: Stack) {
    for (const resource of stack.resources) this.read(resource);
  }

  /** Whether the object is declared, or made by one that is. */
  has(type: ResourceType, namespace: string, name: string): boolean {
    return this.names.has(keyOf(type, namespace, name)) || this.names.has(keyOf(type, "*", name));
  }

  /** What the namespace's objects of the kind are called. */
  namesOf(type: ResourceType, namespace: string): readonly string[] {
    return [...this.names].flatMap((key) => {
      const [own, inside, name = ""] = JSON.parse(key) as readonly string[];
      return own === type && (inside === namespace || inside === "*") ? [name] : [];
    });
  }

  /** Whether the namespace has an object of the kind. */
  hasAny(type: ResourceType, namespace: string): boolean {
    return this.present.has(keyOf(type, namespace)) || this.present.has(keyOf(type, "*"));
  }

  /** Whether the namespace has declared workloads, and nothing in it creates objects that are declared nowhere. */
  isComplete(namespace: string): boolean {
    if (this.incompleteEverywhere || systemNamespaces.includes(namespace)) return false;
    return this.withWorkloads.has(namespace) && !this.incomplete.has(namespace);
  }

  /** Whether the namespace is complete and its objects of the kind are declared here: one of them is, or the Namespace itself. */
  isCompleteFor(type: ResourceType, namespace: string): boolean {
    return this.isComplete(namespace) && (this.declared.has(namespace) || this.hasAny(type, namespace));
  }

  /** Whether the namespace's Secrets are declared here: controllers make some, or some are declared beside the Namespace itself. */
  isCompleteForSecrets(namespace: string): boolean {
    if (this.hasAny(madeSecrets, namespace)) return true;
    return this.declared.has(namespace) && this.hasAny(types.opaqueSecret, namespace);
  }

  /** The pods of the namespace. */
  podsIn(namespace: string): readonly DeclaredPods[] {
    return this.byNamespace.get(namespace) ?? [];
  }

  private read(resource: Resource): void {
    try {
      this.add(resource);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      // An object that a preview hides may have the name that a reference states; a malformed one has none.
      if (error instanceof UnknownRead)
        this.markIncomplete(valueOr(() => resource.at("metadata", "namespace").text(), undefined));
    }
  }

  private markIncomplete(namespace: string | undefined): void {
    if (namespace === undefined) this.incompleteEverywhere = true;
    else this.incomplete.add(namespace);
  }

  private add(resource: Resource): void {
    if (hidesObjects(resource)) {
      this.markIncomplete(namespaceNameOf(resource));
      return;
    }
    if (resource.is(types.namespace)) this.declared.add(objectName(resource));
    if (!isNamed(resource) && !mayBringPods(resource.type)) return;
    const namespace = namespaceOf(resource);
    if (isNamed(resource)) this.addName(resource, namespace);
    this.addPods(resource, namespace);
  }

  private addName(resource: Resource, namespace: string): void {
    const makes = secretMakers.get(resource.type);
    const inside = resource.is(types.clusterExternalSecret) ? "*" : namespace;
    const type = makes === undefined ? resource.type : types.opaqueSecret;
    this.present.add(keyOf(type, inside));
    if (makes !== undefined) this.present.add(keyOf(madeSecrets, inside));
    for (const name of makes?.(resource).map(textOf) ?? [objectName(resource)])
      this.names.add(keyOf(type, inside, name));
  }

  private addPods(resource: Resource, namespace: string): void {
    const refers = hasWorkloadRef(resource);
    if (resource.is(...running, types.pod)) this.withWorkloads.add(namespace);
    if (refers && !runTemplate(this.stack, resource).isSet()) this.markIncomplete(namespace);
    const own = podsOf(resource).map((pods) => ({ owner: resource, labels: labelsOf(pods.template), pods }));
    if (own.length === 0) return;
    const same = this.byNamespace.get(namespace);
    if (same === undefined) this.byNamespace.set(namespace, own);
    else same.push(...own);
  }
}

/** The inventory of a stack, made once. */
export const inventoryOf = perStack((stack) => new Inventory(stack));
