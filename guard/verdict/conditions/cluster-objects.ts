/** Objects of a cluster that others name: settings, policies, definitions, front doors, generators. */
import type { Resource } from "../plans/change";
import { canonical } from "../plans/difference";
import { isAbsent, isMap, isUnknown, listAt, textAt, valueAt, type Values } from "../plans/values";
import { named, setChange } from "./common";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "./condition";
import { namespaceOf } from "./namespaces";

/** In the same namespace. */
function besides({ index, resource }: Context, type: RegExp): readonly Resource[] {
  const namespace = namespaceOf(index, resource, resource.before ?? resource.after);
  return index.plan.resources.filter(
    (other) =>
      other.address !== resource.address &&
      other.operation !== "delete" &&
      type.test(other.type) &&
      namespaceOf(index, other, other.after) === namespace,
  );
}

const NAMES =
  /"(configMapRef|configMapKeyRef|configMap|secretRef|secretKeyRef|secret|secretName|imagePullSecrets|config_map_ref|config_map_key_ref|config_map|secret_ref|secret_key_ref|secret_name|image_pull_secrets)":/;
const USERS =
  /^kubernetes:(apps|batch|argoproj\.io|core)\/[^:]+:(Deployment|StatefulSet|DaemonSet|Rollout|Job|CronJob|Pod)$/;

/** Certificates of a front door: by kind, where its Secrets are named; `anywhere` is looked up beside its own pods, wherever these are. */
const CERTIFICATES: readonly (readonly [kind: RegExp, path: string, anywhere?: true])[] = [
  [/^kubernetes:(networking\.k8s\.io|extensions)\/[^:]+:Ingress$/, "spec.tls"],
  [/^kubernetes:gateway\.networking\.k8s\.io\/[^:]+:Gateway$/, "spec.listeners.tls.certificateRefs"],
  [/^kubernetes:gateway\.networking\.k8s\.io\/[^:]+:Gateway$/, "spec.listeners.tls.frontendValidation"],
  [/^kubernetes:networking\.istio\.io\/[^:]+:Gateway$/, "spec.servers.tls.credentialName", true],
  [/^kubernetes:traefik\.(io|containo\.us)\/[^:]+:(IngressRoute(TCP)?|TLSStore|TLSOption)$/, "spec"],
  [/^kubernetes:projectcontour\.io\/[^:]+:HTTPProxy$/, "spec.virtualhost.tls"],
];

/** References to Secrets or ConfigMaps that a door names with their own namespace, or without one for its own. */
function refersTo(value: unknown, name: string, namespace: string | undefined, own: string | undefined): boolean {
  if (Array.isArray(value)) return value.some((item) => refersTo(item, name, namespace, own));
  if (!isMap(value)) return value === name && namespace === own;
  const there = typeof value["namespace"] === "string" ? value["namespace"] : own;
  return Object.values(value).some((inner) => refersTo(inner, name, namespace, there));
}

/** Doors that have a certificate from the Secret; Istio has that of the client's authority under a name with an ending. */
function doorsOf({ index, resource }: Context, name: string): readonly Resource[] {
  const namespace = namespaceOf(index, resource, resource.before);
  const names = [name, name.replace(/-cacert$/, "")];
  return index.plan.resources.filter((door) => {
    const { type, operation, after } = door;
    if (operation === "delete") return false;
    return CERTIFICATES.some(([kind, path, anywhere]) => {
      if (!kind.test(type)) return false;
      const own = anywhere === true ? namespace : namespaceOf(index, door, after);
      return (anywhere === true ? names : [name]).some((one) => refersTo(valueAt(after, path), one, namespace, own));
    });
  });
}

/** A ConfigMap or Secret that goes: who starts with it, and whose certificate it is. */
function namesGone(context: Context): Outcome {
  const { resource, row } = context;
  const name = textAt(resource.before, "metadata.name") ?? "";
  const quoted = JSON.stringify(name);
  const doors = doorsOf(context, name);
  if (doors.length > 0) return downtime(`${named(doors)} has its certificate from it`);
  const pods = besides(context, USERS).filter(({ after }) => {
    const text = JSON.stringify(valueAt(after, "spec") ?? "");
    return NAMES.test(text) && text.includes(quoted);
  });
  if (pods.length > 0) return degrades(`${named(pods)} names it: ${row.when}`);
  return textAt(resource.before, "type") === "kubernetes.io/tls"
    ? unknown(`it holds a certificate: which front door serves with it is not in this plan, and ${row.when}`)
    : degrades(row.when);
}

/** A version of a kind that objects of this plan are written in. */
function versionUsers({ index, resource, row }: Context): Outcome {
  const [group, kind] = [textAt(resource.before, "spec.group"), textAt(resource.before, "spec.names.kind")];
  const served = (values: Values | undefined): readonly string[] =>
    listAt(values, "spec.versions")
      .filter(isMap)
      .filter((version) => version["served"] !== false)
      .map((version) => String(version["name"]));
  const next = served(resource.after);
  const lost = served(resource.before).filter((name) => !next.includes(name));
  const types = lost.map((version) => `kubernetes:${group ?? ""}/${version}:${kind ?? ""}`);
  const written = index.plan.resources.filter(({ type, operation }) => types.includes(type) && operation !== "delete");
  return written.length > 0 ? downtime(`${named(written)} is written in it: ${row.when}`) : unknown(row.when);
}

const POLICY = /^kubernetes:networking\.k8s\.io\/[^:]+:NetworkPolicy$/;

/** Pods that a policy selects: no terms are all pods, which Terraform writes as a block of nothing. */
function podsOf(values: Values | undefined): string {
  const terms = ["matchLabels", "matchExpressions"].map((name) => valueAt(values, `spec.podSelector.${name}`));
  return canonical(terms.map((term) => (isAbsent(term) ? null : term)));
}

const ALL_PODS = podsOf({});

/** A policy of a network that goes: pods that another one still selects are closed but for what that allows. */
function isolationGoes(context: Context): Outcome {
  const { resource, row } = context;
  const own = podsOf(resource.before);
  const others = besides(context, POLICY).filter(({ after }) => [own, ALL_PODS].includes(podsOf(after)));
  const allows = ["ingress", "egress"].some((side) => listAt(resource.before, `spec.${side}`).length > 0);
  if (isAbsent(valueAt(resource.before, "spec"))) return unknown(row.when);
  if (!allows) return safe("it allowed nothing: without it the pods are as open as before, or more");
  if (others.length > 0) return downtime(`${named(others)} still closes these pods: ${row.when}`);
  return unknown(row.when);
}

const ALB = "metadata.annotations.alb.ingress.kubernetes.io/";

/** A list in an annotation: JSON of ports, or names between commas. */
function annotated(values: Values | undefined, key: string): readonly string[] {
  const text = textAt(values, `${ALB}${key}`) ?? "";
  return text.trimStart().startsWith("[")
    ? (text.match(/\{[^}]*\}/g) ?? []).map((port) => port.replace(/\s/g, ""))
    : text
        .split(",")
        .map((item) => item.trim())
        .filter((item) => item !== "");
}

/** Ports, certificates and the health check of a balancer that an Ingress describes. */
function ingressFront({ resource, path, row }: Context): Outcome {
  const key = path?.segments.at(-1)?.split("/").at(-1) ?? "";
  if (key === "healthcheck-path" || isUnknown(path?.after)) return unknown(row.when);
  const [old, next] = [annotated(resource.before, key), annotated(resource.after, key)];
  if (old.length === 0) return unknown(row.when);
  const lost = old.filter((item) => !next.includes(item));
  if (key === "certificate-arn" && lost.length === 0 && old[0] !== next[0])
    return degrades(
      `${next[0] ?? ""} comes first, so it is the listener's default: clients without SNI, and hosts that no certificate names, get it. ${row.when}`,
    );
  if (lost.length === 0) return safe("what was there stays, more comes");
  return key === "listen-ports" ? downtime(`${lost.join(", ")} is no longer served: ${row.when}`) : unknown(row.when);
}

/** Addresses of a Service under another name. */
function serviceRenamed({ resource, row }: Context): Outcome {
  return textAt(resource.before, "spec.type") === "LoadBalancer"
    ? downtime(`the load balancer's address changes, and the old one goes at the end of the run: ${row.when}`)
    : unknown(row.when);
}

/** Everything but the entries: the template, and what a generator picks or puts in by itself. */
function templatesOf(values: Values | undefined): string {
  const generators = listAt(values, "spec.generators").filter(isMap);
  const own = generators.map((one) => ["selector", "list.template", "list.elementsYaml"].map((at) => valueAt(one, at)));
  return canonical([valueAt(values, "spec.template") ?? null, own]);
}

/** Generators that name their applications one by one. */
function generated({ resource, row }: Context): Outcome {
  const generators = (values: Values | undefined): readonly unknown[] => listAt(values, "spec.generators");
  const elements = (values: Values | undefined): readonly unknown[] =>
    generators(values).flatMap((one) => (isMap(one) ? listAt(one, "list.elements") : []));
  const isList = [...generators(resource.before), ...generators(resource.after)].every(
    (one) => isMap(one) && !isAbsent(valueAt(one, "list.elements")),
  );
  const isSame = templatesOf(resource.before) === templatesOf(resource.after);
  const change = setChange({ before: elements(resource.before), after: elements(resource.after) });
  if (!isList || change === undefined || !isSame) return unknown(row.when);
  if (change.lost === 0) return safe("only entries come; applications that stand stay as they are");
  return valueAt(resource.after, "spec.syncPolicy.preserveResourcesOnDeletion") === true
    ? degrades("what a lost entry made stays, unmanaged")
    : downtime(row.when);
}

/** An application that is sent elsewhere: what it made in the old place. */
function destinationMoves({ resource, row }: Context): Outcome {
  const automated = valueAt(resource.after, "spec.syncPolicy.automated");
  if (automated === undefined || automated === null) return safe("nothing until somebody syncs: automated sync is off");
  const differs = (path: string): boolean => valueAt(resource.before, path) !== valueAt(resource.after, path);
  return valueAt(resource.after, "spec.syncPolicy.automated.prune") === true && differs("spec.destination.namespace")
    ? downtime(`pruning is on, so the objects of the old namespace are deleted: ${row.when}`)
    : unknown(row.when);
}

/** Conditions about objects that others name. */
export const clusterObjects: Conditions = {
  namesGone,
  versionUsers,
  isolationGoes,
  ingressFront,
  serviceRenamed,
  generated,
  destinationMoves,
};
