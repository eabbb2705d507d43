/** Validation errors of a simulated API server: the checks of the rules in `api-server.yaml`. */
import type { Cluster } from "./cluster";
import { broughtBy, kinds, pluralOf, wrongName, type Kind } from "./kinds";
import { CloudError } from "../../protocol/provider";
import { readTable } from "../tables/tables";
import { valuesAt } from "../../property/paths";
import { classOf } from "../../property/urn";
import { equal, isObject, type PropertyMap, type Value } from "../../property/values";
import { format, type Operation, type Params } from "../aws/validation/rule";

/** One call to the API server. */
export interface Call {
  readonly verb: Operation;
  readonly cluster: Cluster;
  readonly type: string;
  readonly kind: Kind;
  readonly id: string;
  readonly name: string;
  /** Empty for cluster-wide kinds. */
  readonly namespace: string;
  readonly inputs: PropertyMap;
}

/** One rule of `api-server.yaml`. */
export interface ApiRule {
  readonly code: string;
  readonly on: readonly Operation[];
  readonly source: string;
  readonly message: string;
}

type Check = (call: Call) => Params | boolean | undefined;

/** Checks of the rules, by name. */
export const API_CHECKS: Readonly<Record<string, Check>> = {
  noKind({ kind, cluster }) {
    const charts = broughtBy(kind);
    if (kind.builtIn || cluster.hasChart(charts) || isDefinedHere(cluster, kind)) return undefined;
    return {
      help: charts.length > 0 ? `release ${charts.join(" or ")} first` : "no chart in sandbox/cloud/charts brings it",
    };
  },
  badName({ kind, name }) {
    const wrong = wrongName(kind.kind, name);
    return wrong !== undefined && { wrong };
  },
  noNamespace: ({ namespace, cluster }) => namespace !== "" && !cluster.hasNamespace(namespace),
  exists: ({ kind, type, id, cluster }) =>
    kind.kind === "Namespace" ? cluster.hasNamespace(id) : cluster.find(type, id) !== undefined,
  bothLimits: ({ kind, inputs: { spec } }) =>
    kind.kind === "PodDisruptionBudget" &&
    isObject(spec) &&
    spec.minAvailable !== undefined &&
    spec.maxUnavailable !== undefined,
  selectorMissesPods({ kind, inputs }) {
    const [expected] = valuesAt(inputs, "spec.selector.matchLabels");
    const [labels = {}] = valuesAt(inputs, "spec.template.metadata.labels");
    if (kind.group !== "apps" || !isObject(expected) || !isObject(labels)) return undefined;
    return Object.entries(expected).some(([key, value]) => !equal(labels[key], value));
  },
  noTargetGroup({ kind, cluster, inputs }) {
    const [arn] = valuesAt(inputs, "spec.targetGroupARN");
    return kind.kind === "TargetGroupBinding" && arn !== undefined && !cluster.hasTargetGroup(arn) && { arn };
  },
  finalizerStays({ kind, cluster, inputs }) {
    return stuckFinalizer(kind.kind, inputs, cluster);
  },
  namespaceStays({ kind, cluster, name }) {
    if (kind.kind !== "Namespace") return undefined;
    const objects = cluster.objects().filter(({ id }) => id.startsWith(`${name}/`));
    const stays = objects.flatMap(({ id, type, inputs }) => {
      const stuck = stuckFinalizer(classOf(type), inputs, cluster);
      return stuck === undefined ? [] : [{ held: id, ...stuck }];
    });
    return stays[0];
  },
};

/** All rules by name, in the order in which an API server checks them. */
export function apiRules(): Readonly<Record<string, ApiRule>> {
  return readTable("kubernetes/api-server.yaml");
}

/** @throws CloudError of the first rule that the call violates. */
export function validate(call: Call): void {
  for (const [rule, { code, on, message }] of Object.entries(apiRules())) {
    const params = on.includes(call.verb) && API_CHECKS[rule]?.(call);
    if (!params) continue;
    const { id, name, namespace, kind } = call;
    const all: Params = { ...kind, plural: pluralOf(kind), id, name, namespace, ...(params === true ? {} : params) };
    throw new CloudError(code, format(message, all));
  }
}

/** Whether a CustomResourceDefinition of the program itself brings the kind. */
function isDefinedHere(cluster: Cluster, { kind, group }: Kind): boolean {
  const definitions = cluster.objects("kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition");
  const includes = (inputs: PropertyMap, path: string, value: Value): boolean => valuesAt(inputs, path).includes(value);
  return definitions.some(
    ({ inputs }) => includes(inputs, "spec.group", group) && includes(inputs, "spec.names.kind", kind),
  );
}

/** Which finalizer would stay for ever, and why: who takes it off is gone, or can do nothing any more. */
function stuckFinalizer(kind: string, inputs: PropertyMap, cluster: Cluster): Params | undefined {
  const own = valuesAt(inputs, "metadata.finalizers");
  for (const [finalizer, { chart, always }] of Object.entries(kinds().finalizers)) {
    const isHeld = always.includes(kind) || own.includes(finalizer);
    if (!isHeld) continue;
    if (!cluster.hasChart([chart]))
      return { finalizer, why: `${chart} takes it off and is gone; delete this first, then the chart` };
    const away = cluster.cutOff();
    if (away !== undefined) return { finalizer, why: `${chart} takes it off and ${away}; delete this first` };
  }
  return undefined;
}
