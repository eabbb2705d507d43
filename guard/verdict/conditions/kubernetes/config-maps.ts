/** ConfigMaps and Secrets: the pods and the ingress that read them. */
import type { Resource } from "../../plans/change";
import { isMap, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named } from "../core/related";
import { inSameNamespace, namespaceOf } from "./namespaces";

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
  const namespaceThere = typeof value["namespace"] === "string" ? value["namespace"] : own;
  return Object.values(value).some((inner) => refersTo(inner, name, namespace, namespaceThere));
}

/** Doors that have a certificate from the Secret; Istio has that of the client's authority under a name with an ending. */
function ingressesOf({ index, resource }: Context, name: string): readonly Resource[] {
  const namespace = namespaceOf(index, resource, resource.before);
  const names = [name, name.replace(/-cacert$/, "")];
  return index.plan.resources.filter((ingress) => {
    const { type, operation, after } = ingress;
    if (operation === "delete") return false;
    return CERTIFICATES.some(([kind, path, anywhere]) => {
      if (!kind.test(type)) return false;
      const own = anywhere === true ? namespace : namespaceOf(index, ingress, after);
      return (anywhere === true ? names : [name]).some((one) => refersTo(valueAt(after, path), one, namespace, own));
    });
  });
}

/** A ConfigMap or Secret that goes: who starts with it, and whose certificate it is. */
function namesGone(context: Context): Outcome {
  const { resource, row } = context;
  const name = textAt(resource.before, "metadata.name") ?? "";
  const quoted = JSON.stringify(name);
  const ingresses = ingressesOf(context, name);
  if (ingresses.length > 0) return downtime(`${named(ingresses)} has its certificate from it`);
  const pods = inSameNamespace(context, USERS).filter(({ after }) => {
    const text = JSON.stringify(valueAt(after, "spec") ?? "");
    return NAMES.test(text) && text.includes(quoted);
  });
  if (pods.length > 0) return degrades(`${named(pods)} names it: ${row.when}`);
  return textAt(resource.before, "type") === "kubernetes.io/tls"
    ? unknown(`it holds a certificate: which front door serves with it is not in this plan, and ${row.when}`)
    : degrades(row.when);
}

/** Conditions about ConfigMaps and Secrets. */
export const configMaps: Conditions = {
  namesGone,
  configFixed: ({ resource, row }) =>
    resource.order === "create-first"
      ? safe("a new name: pods that name the old one go on with it until they are rolled")
      : degrades(row.when),
};
