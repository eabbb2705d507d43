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

/** Paths of the Secrets with certificates by kind of ingress; with `anywhere` the Secret is in the namespace of the ingress's pods. */
const CERTIFICATES: readonly (readonly [kind: RegExp, path: string, anywhere?: true])[] = [
  [/^kubernetes:(networking\.k8s\.io|extensions)\/[^:]+:Ingress$/, "spec.tls"],
  [/^kubernetes:gateway\.networking\.k8s\.io\/[^:]+:Gateway$/, "spec.listeners.tls.certificateRefs"],
  [/^kubernetes:gateway\.networking\.k8s\.io\/[^:]+:Gateway$/, "spec.listeners.tls.frontendValidation"],
  [/^kubernetes:networking\.istio\.io\/[^:]+:Gateway$/, "spec.servers.tls.credentialName", true],
  [/^kubernetes:traefik\.(io|containo\.us)\/[^:]+:(IngressRoute(TCP)?|TLSStore|TLSOption)$/, "spec"],
  [/^kubernetes:projectcontour\.io\/[^:]+:HTTPProxy$/, "spec.virtualhost.tls"],
];

/** Whether a value refers to this Secret or ConfigMap, with a namespace, or without one for the ingress's own. */
function refersTo(value: unknown, name: string, namespace: string | undefined, own: string | undefined): boolean {
  if (Array.isArray(value)) return value.some((item) => refersTo(item, name, namespace, own));
  if (!isMap(value)) return value === name && namespace === own;
  const namespaceThere = typeof value["namespace"] === "string" ? value["namespace"] : own;
  return Object.values(value).some((inner) => refersTo(inner, name, namespace, namespaceThere));
}

/** Ingresses with a certificate from the Secret; Istio reads the client CA from a Secret with the suffix `-cacert`. */
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

/** A deleted ConfigMap or Secret: the pods and ingresses that read it. */
function namesGone(context: Context): Outcome {
  const { resource, row } = context;
  const name = textAt(resource.before, "metadata.name") ?? "";
  const quoted = JSON.stringify(name);
  const ingresses = ingressesOf(context, name);
  if (ingresses.length > 0) return downtime(`${named(ingresses)} uses its certificate`);
  const pods = inSameNamespace(context, USERS).filter(({ after }) => {
    const text = JSON.stringify(valueAt(after, "spec") ?? "");
    return NAMES.test(text) && text.includes(quoted);
  });
  if (pods.length > 0) return degrades(`${named(pods)} refers to it: ${row.when}`);
  return textAt(resource.before, "type") === "kubernetes.io/tls"
    ? unknown(`it holds a certificate: the ingress that uses it is not in this plan, and ${row.when}`)
    : degrades(row.when);
}

/** Conditions about ConfigMaps and Secrets. */
export const configMaps: Conditions = {
  namesGone,
  configFixed: ({ resource, row }) =>
    resource.order === "create-first"
      ? safe("a new name: pods that refer to the old one keep it until they are rolled")
      : degrades(row.when),
};
