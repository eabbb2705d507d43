/** Helm releases of charts that the inventory knows: what they need, bring, wait for and leave behind. */
import { UNKNOWN, hasUnknown, isObject, type PropertyMap, type Value } from "../../engine/values";
import { diffInputs } from "../../engine/diff";
import { chartNamed } from "../charts/inventory";
import { CloudError, InitError, type CheckFailure, type DiffResult, type Made, type Subject } from "../provider";
import type { Cluster } from "./cluster";
import { RELEASE } from "./kinds";
import { autoname } from "./objects";
import { claimId, claimsIn, makeClaim, removeClaim } from "./volumes";

/** Seconds that a release waits for its objects. Source: pulumi-kubernetes helm_release.go, defaultTimeoutSeconds. */
const TIMEOUT = 300;
/** Inputs that the SDK or an old program sends and the provider drops. */
const SDK_ONLY = ["compat", "resourceNames"];
const MONITORS = "prometheus-operator-crds";
/** Charts that leave their monitors out, without a word, where the API has no such kind. Source: their templates. */
const QUIET_WITHOUT_MONITORS = ["argo-cd", "external-secrets", "istiod", "istio-gateway"];
/** Charts whose pods never become ready without another. Source: the Istio charts (image `auto` is istiod's to fill in). */
const NEEDS: Readonly<Record<string, readonly string[]>> = { istiod: ["istio-base"], "istio-gateway": ["istiod"] };

/** Defaults and the chart as the inventory knows it. */
export function checkRelease(
  { name }: Subject,
  olds: PropertyMap,
  news: PropertyMap,
  seed: Uint8Array,
  namespace: string,
): { inputs: PropertyMap; failures: CheckFailure[] } {
  const given = Object.fromEntries(Object.entries(news).filter(([key]) => !SDK_ONLY.includes(key)));
  const timeout: PropertyMap = news.skipAwait === true ? {} : { timeout: TIMEOUT };
  const inputs: PropertyMap = { namespace, ...timeout, ...given, name: news.name || olds.name || autoname(name, seed) };
  return { inputs, failures: hasUnknown(news.chart) || hasUnknown(news.version) ? [] : chartFailures(inputs) };
}

function chartFailures({ chart, version, values, valueYamlFiles }: PropertyMap): CheckFailure[] {
  const failures: CheckFailure[] = [];
  const known = chartNamed(String(chart));
  if (known === undefined) {
    const help =
      "the sandbox takes its facts from sandbox/cloud/charts/inventory.yaml: add version, CRDs, services, webhooks, images";
    failures.push({ property: "chart", reason: `chart "${String(chart)}" is unknown; ${help}` });
  } else if (version === undefined) {
    failures.push({
      property: "version",
      reason: `is missing; without it the newest chart is installed. Want "${known.chart.version}"`,
    });
  } else if (version !== known.chart.version) {
    const want = `the inventory has "${known.chart.version}"; render the chart again and update sandbox/cloud/charts/inventory.yaml`;
    failures.push({
      property: "version",
      reason: `chart "${known.name}" version "${String(version)}" not found: ${want}`,
    });
  }
  if (valueYamlFiles !== undefined)
    failures.push({ property: "valueYamlFiles", reason: "is not built in the sandbox; pass values" });
  if (values !== undefined && values !== UNKNOWN && !isObject(values)) {
    failures.push({ property: "values", reason: `got ${JSON.stringify(values)}, want an object of JSON values` });
  }
  return failures;
}

/** Only identity replaces. Source: helm_release.go, forceNewFields. */
export function diffRelease(old: PropertyMap, news: PropertyMap): DiffResult {
  return diffInputs(old, news, (path) => path === "name" || path === "namespace");
}

/** What a deployed release tells. */
function deployed(inputs: PropertyMap, revision: number): PropertyMap {
  const { name, namespace } = inputs;
  const { name: chart, chart: facts } = chartNamed(String(inputs.chart)) ?? {
    name: String(inputs.chart),
    chart: undefined,
  };
  const services = (facts?.services ?? []).map(
    (service) => `${String(namespace)}/${service.replace(/^Service\//, "")}`,
  );
  const definitions = (facts?.crds ?? []).map((crd) => crd.split("/")[1] ?? crd);
  const resourceNames: Record<string, Value> = {};
  if (services.length > 0) resourceNames["Service/v1"] = services;
  if (definitions.length > 0)
    resourceNames["CustomResourceDefinition.apiextensions.k8s.io/apiextensions.k8s.io/v1"] = definitions;
  const { version = "", appVersion = "" } = facts ?? {};
  const status = {
    appVersion,
    chart: String(inputs.chart).split("/").pop() ?? "",
    name: name ?? "",
    namespace: namespace ?? "",
    revision,
    status: "deployed",
    version,
  };
  return { ...inputs, resourceNames, status, __chart: chart };
}

/** @throws CloudError when Helm or the API server refuses; InitError when pods never become ready. */
export function createRelease({ urn }: Subject, inputs: PropertyMap, cluster: Cluster): Made {
  const namespace = String(inputs.namespace);
  const id = `${namespace}/${String(inputs.name)}`;
  if (cluster.find(RELEASE, id) !== undefined)
    throw new CloudError("AlreadyExists", `release ${id}: cannot re-use a name that is still in use`);
  if (!cluster.hasNamespace(namespace) && inputs.createNamespace !== true) {
    throw new CloudError(
      "NotFound",
      `release ${id}: namespaces "${namespace}" not found; make it first or set createNamespace`,
    );
  }
  refuseMonitors(id, inputs, cluster);
  const made = { id, outputs: deployed(inputs, 1) };
  makeNamespace(cluster, namespace);
  for (const claim of claimsIn(inputs.values))
    makeClaim(cluster, claimId(namespace, String(inputs.name), claim), claim.storageClass);
  cluster.put({ type: RELEASE, id, urn, inputs, outputs: made.outputs });
  const waiting = unready(inputs, cluster);
  if (waiting === undefined) return made;
  if (inputs.atomic === true) {
    cluster.remove(RELEASE, id);
    throw new CloudError(
      "Timeout",
      `release ${id} failed, and has been uninstalled due to atomic being set: ${waiting}`,
    );
  }
  throw new InitError(made, [`Helm release "${id}" was created, but failed to initialize completely: ${waiting}`]);
}

/** Helm makes the namespace and never removes it. */
function makeNamespace(cluster: Cluster, name: string): void {
  if (cluster.hasNamespace(name)) return;
  const inputs = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  cluster.put({ type: "kubernetes:core/v1:Namespace", id: name, urn: "", inputs, outputs: inputs });
}

function refuseMonitors(id: string, { chart, values }: PropertyMap, cluster: Cluster): void {
  const name = chartNamed(String(chart))?.name ?? "";
  const renders = name === "kube-prometheus-stack" || (!QUIET_WITHOUT_MONITORS.includes(name) && wantsMonitor(values));
  if (!renders || name === MONITORS || cluster.hasChart([MONITORS])) return;
  const missing = 'no matches for kind "ServiceMonitor" in version "monitoring.coreos.com/v1"';
  throw new CloudError("NoKindMatch", `release ${id}: ${missing}: release ${MONITORS} first`);
}

function wantsMonitor(values: Value | undefined): boolean {
  if (!isObject(values)) return false;
  const monitor = values.serviceMonitor;
  return (isObject(monitor) && monitor.enabled === true) || Object.values(values).some(wantsMonitor);
}

/** Why the release would wait until its timeout; undefined when it becomes ready. */
function unready({ chart, skipAwait, timeout }: PropertyMap, cluster: Cluster): string | undefined {
  const known = chartNamed(String(chart));
  if (known === undefined || skipAwait === true || known.chart.images.length === 0) return undefined;
  const after = `context deadline exceeded after ${String(timeout ?? TIMEOUT)} s: `;
  if (!cluster.hasNodes()) return `${after}0 nodes are available, its pods stay Pending`;
  const missing = (NEEDS[known.name] ?? []).filter((name) => !cluster.hasChart([name]));
  return missing.length === 0 ? undefined : `${after}its pods need ${missing.join(", ")}`;
}

/** An upgrade in place, as the next revision. @throws CloudError when the release is gone; InitError as on create. */
export function updateRelease({ urn }: Subject, id: string, news: PropertyMap, cluster: Cluster): PropertyMap {
  const existing = cluster.find(RELEASE, id);
  if (existing === undefined) throw new CloudError("NotFound", `release ${id}: not found`);
  refuseMonitors(id, news, cluster);
  const { status } = existing.outputs;
  const outputs = deployed(news, isObject(status) ? Number(status.revision) + 1 : 1);
  const waiting = unready(news, cluster);
  if (waiting !== undefined && news.atomic === true) {
    throw new CloudError(
      "Timeout",
      `release ${id} failed, and has been rolled back due to atomic being set: ${waiting}`,
    );
  }
  cluster.put({ type: RELEASE, id, urn, inputs: news, outputs });
  if (waiting === undefined) return outputs;
  throw new InitError({ id, outputs }, [
    `Helm release "${id}" was upgraded, but failed to initialize completely: ${waiting}`,
  ]);
}

/** Uninstalls; claims stay unless their StatefulSet says otherwise. */
export function deleteRelease(id: string, cluster: Cluster): void {
  const existing = cluster.find(RELEASE, id);
  if (existing === undefined) return;
  cluster.remove(RELEASE, id);
  const [namespace = "", name = ""] = id.split("/");
  for (const claim of claimsIn(existing.inputs.values).filter(({ whenDeleted }) => whenDeleted === "Delete")) {
    const object = cluster.find("kubernetes:core/v1:PersistentVolumeClaim", claimId(namespace, name, claim));
    if (object !== undefined) removeClaim(cluster, object);
  }
}
