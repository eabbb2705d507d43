/** Helm releases of charts in the inventory: what they need, bring, wait for and leave behind. */
import { CloudError, InitError, type CheckFailure, type Checked } from "../../protocol/provider";
import type { DiffResult, CreateResult, ResourceIdentity } from "../../protocol/provider";
import { diffInputs } from "../../property/diff";
import { valuesAt } from "../../property/paths";
import { UNKNOWN, hasUnknown, isObject, type PropertyMap, type Value } from "../../property/values";
import type { CloudObject } from "../account/account";
import { chartNamed, isNewer, requirementsOf } from "../charts/inventory";
import type { Cluster } from "./cluster";
import { RELEASE } from "./kinds";
import { autoname } from "./objects";
import { CLAIM, claimId, claimsIn, makeClaim, removeClaim } from "./volumes";

/** Seconds that a release waits for its objects. Source: pulumi-kubernetes helm_release.go, defaultTimeoutSeconds. */
const TIMEOUT = 300;
/** Inputs that the SDK or an old program sends and the provider drops. */
const SDK_ONLY = ["compat", "resourceNames"];
const INVENTORY = "sandbox/cloud/charts/inventory.yaml";
const MONITORS = "prometheus-operator-crds";

/** Defaults and the chart of the inventory. */
export function check(
  { name }: ResourceIdentity,
  olds: PropertyMap,
  news: PropertyMap,
  seed: Uint8Array,
  namespace: string,
): Checked {
  const ownInputs = Object.fromEntries(Object.entries(news).filter(([key]) => !SDK_ONLY.includes(key)));
  const timeout: PropertyMap = news.skipAwait === true ? {} : { timeout: TIMEOUT };
  const inputs: PropertyMap = {
    namespace,
    ...timeout,
    ...ownInputs,
    name: news.name || olds.name || autoname(name, seed),
  };
  if (hasUnknown(news.chart) || hasUnknown(news.version)) return { inputs, failures: [] };
  const failures = problemsOf(inputs);
  return { inputs, failures, warnings: failures.length > 0 ? [] : assumptionsOf(inputs) };
}

/** What is assumed of a version without an entry. */
function assumptionsOf({ chart, version }: PropertyMap): string[] {
  const known = chartNamed(String(chart));
  if (known === undefined || known.chart.version === version) return [];
  const recorded = `${known.name} ${known.chart.version}`;
  return [
    `chart version ${String(version)} is assumed to bring the CRDs, services, webhooks and images of ${recorded}, ` +
      `and to read the same values; render it, compare, and update ${INVENTORY}`,
  ];
}

function problemsOf({ chart, version, values, valueYamlFiles }: PropertyMap): CheckFailure[] {
  const known = chartNamed(String(chart));
  const isMap = values === undefined || values === UNKNOWN || isObject(values);
  const unknown = `chart "${String(chart)}" is unknown; the sandbox takes its facts from ${INVENTORY}: add version, CRDs, services, webhooks, images`;
  const problems = {
    chart: known ? undefined : unknown,
    version: known && wrongVersion(known.name, known.chart.version, version),
    valueYamlFiles: valueYamlFiles === undefined ? undefined : "is not built in the sandbox; pass values",
    values: isMap ? undefined : `got ${JSON.stringify(values)}, want an object of JSON values`,
  };
  return Object.entries(problems).flatMap(([property, reason = ""]) => (reason === "" ? [] : { property, reason }));
}

/** A newer version may be planned before it is rendered; an older one is a slip. */
function wrongVersion(name: string, known: string, version: Value | undefined): string | undefined {
  if (version === known || (typeof version === "string" && isNewer(version, known))) return undefined;
  if (version === undefined) return `is missing; without it the newest chart is installed. Want "${known}"`;
  return `chart "${name}" version "${String(version)}" not found: the inventory has "${known}", and takes exact newer versions; for this one render the chart again and update ${INVENTORY}`;
}

/** Only identity replaces. Source: helm_release.go, forceNewFields. */
export function diff(_identity: ResourceIdentity, old: PropertyMap, news: PropertyMap): DiffResult {
  return diffInputs(old, news, (path) => path === "name" || path === "namespace");
}

/** Outputs of a deployed release. */
function deployed(inputs: PropertyMap, revision: number): PropertyMap {
  const { name = "", namespace = "", version = "" } = inputs;
  const reference = String(inputs.chart);
  const known = chartNamed(reference);
  const { appVersion = "", services = [], crds = [] } = known?.chart ?? {};
  const names = {
    "Service/v1": services.map((service) => `${String(namespace)}/${service.replace(/^Service\//, "")}`),
    "CustomResourceDefinition.apiextensions.k8s.io/apiextensions.k8s.io/v1": crds.map((crd) =>
      crd.replace(/^.*\//, ""),
    ),
  };
  const resourceNames = Object.fromEntries(Object.entries(names).filter(([, list]) => list.length > 0));
  const chart = reference.split("/").pop() ?? "";
  const status = { appVersion, chart, name, namespace, revision, status: "deployed", version };
  return { ...inputs, resourceNames, status, __chart: known?.name ?? reference };
}

/** @throws CloudError when Helm or the API server refuses; InitError when pods never become ready. */
export function create({ urn }: ResourceIdentity, inputs: PropertyMap, cluster: Cluster): CreateResult {
  const namespace = String(inputs.namespace);
  const id = `${namespace}/${String(inputs.name)}`;
  if (cluster.find(RELEASE, id) !== undefined)
    throw new CloudError("AlreadyExists", `release ${id}: cannot re-use a name that is still in use`);
  if (!cluster.hasNamespace(namespace) && inputs.createNamespace !== true) {
    const missing = `namespaces "${namespace}" not found; make it first or set createNamespace`;
    throw new CloudError("NotFound", `release ${id}: ${missing}`);
  }
  rejectMonitors(id, inputs, cluster);
  makeNamespace(cluster, namespace);
  for (const claim of claimsIn(inputs.values)) makeClaim(cluster, claimId(id, claim), claim.storageClass);
  return { id, outputs: settle(cluster, { urn, id, inputs }) };
}

/** An upgrade in place, as the next revision. @throws CloudError when the release is gone; InitError as on create. */
export function update({ urn }: ResourceIdentity, id: string, news: PropertyMap, cluster: Cluster): PropertyMap {
  const existing = cluster.find(RELEASE, id);
  if (existing === undefined) throw new CloudError("NotFound", `release ${id}: not found`);
  rejectMonitors(id, news, cluster);
  return settle(cluster, { urn, id, inputs: news }, existing.outputs);
}

/** What a revision is of, and what it requests. */
type Release = Pick<CloudObject, "id" | "urn" | "inputs">;

/** Writes a revision, unless it fails and is atomic; returns what its pods wait for. */
function settle(cluster: Cluster, release: Release, before?: PropertyMap): PropertyMap {
  const { id, inputs } = release;
  const outputs = deployed(inputs, Number(valuesAt(before, "status.revision")[0] ?? 0) + 1);
  const waiting = unready(inputs, cluster);
  if (waiting !== undefined && inputs.atomic === true) {
    const undone = before === undefined ? "uninstalled" : "rolled back";
    throw new CloudError("Timeout", `release ${id} failed, and has been ${undone} due to atomic being set: ${waiting}`);
  }
  cluster.put({ type: RELEASE, ...release, outputs });
  if (waiting === undefined) return outputs;
  const done = before === undefined ? "created" : "upgraded";
  const reason = `Helm release "${id}" was ${done}, but failed to initialize completely: ${waiting}`;
  throw new InitError({ id, outputs }, [reason]);
}

/** Helm makes the namespace and never removes it. */
function makeNamespace(cluster: Cluster, name: string): void {
  if (cluster.hasNamespace(name)) return;
  const inputs = { apiVersion: "v1", kind: "Namespace", metadata: { name } };
  cluster.put({ type: "kubernetes:core/v1:Namespace", id: name, urn: "", inputs, outputs: inputs });
}

function rejectMonitors(id: string, { chart, values }: PropertyMap, cluster: Cluster): void {
  const { monitors } = requirementsOf(chartNamed(String(chart))?.name ?? "");
  const renders = monitors === "always" || (monitors === undefined && enablesMonitor(values));
  if (!renders || cluster.hasChart([MONITORS])) return;
  const missing = 'no matches for kind "ServiceMonitor" in version "monitoring.coreos.com/v1"';
  throw new CloudError("NoKindMatch", `release ${id}: ${missing}: release ${MONITORS} first`);
}

function enablesMonitor(values: Value | undefined): boolean {
  if (!isObject(values)) return false;
  return valuesAt(values, "serviceMonitor.enabled").includes(true) || Object.values(values).some(enablesMonitor);
}

/** Why the release would wait until its timeout; undefined when it becomes ready. */
function unready({ chart, namespace, values, skipAwait, timeout }: PropertyMap, cluster: Cluster): string | undefined {
  const known = chartNamed(String(chart));
  if (known === undefined || skipAwait === true || known.chart.images.length === 0) return undefined;
  const after = `context deadline exceeded after ${String(timeout ?? TIMEOUT)} s: `;
  if (!cluster.hasNodes()) return `${after}0 nodes are available, its pods stay Pending`;
  const { charts = [], identity } = requirementsOf(known.name);
  const missing = charts.filter((name) => !cluster.hasChart([name]));
  if (missing.length > 0) return `${after}its pods need ${missing.join(", ")}`;
  const [serviceAccount] = identity === undefined ? [] : valuesAt(values, identity);
  if (serviceAccount === undefined) return undefined;
  const account = { namespace: namespace ?? "", serviceAccount };
  if (cluster.hasInAws("aws:eks/podIdentityAssociation:PodIdentityAssociation", account)) return undefined;
  return `${after}its pods get no AWS credentials: no Pod Identity association for service account ${account.namespace}/${String(serviceAccount)}`;
}

/**
 * Uninstalls; claims stay unless their StatefulSet sets otherwise. Helm does not wait for what follows claims: their
 * volumes are gone for sure only where a Job after the deletion waits for them, and that needs who deletes them.
 * @throws CloudError when such a Job would wait until its end.
 */
export function remove(_identity: ResourceIdentity, id: string, cluster: Cluster): void {
  const existing = cluster.find(RELEASE, id);
  if (existing === undefined) return;
  const { values } = existing.inputs;
  const claims = claimsIn(values).filter(({ whenDeleted }) => whenDeleted === "Delete");
  const left = claims.flatMap((claim) => cluster.find(CLAIM, claimId(id, claim)) ?? []);
  const waits = waitsForVolumes(values);
  const away = cluster.cutOff() ?? (cluster.hasDriver() ? undefined : "is gone");
  if (waits && left.length > 0 && away !== undefined) {
    const reason = `volumes stay, because the EBS driver ${away}`;
    throw new CloudError(
      "Timeout",
      `release ${id}: failed post-delete: timed out waiting for the condition: ${reason}`,
    );
  }
  cluster.remove(RELEASE, id);
  for (const object of left) {
    if (waits) removeClaim(cluster, object);
    else cluster.remove(object.type, object.id);
  }
}

/** Whether the release brings a Job that runs after its deletion. Source: https://helm.sh/docs/topics/charts_hooks/ */
function waitsForVolumes(values: Value | undefined): boolean {
  const jobs = valuesAt(values, "extraManifests").filter((manifest) => isObject(manifest) && manifest.kind === "Job");
  const hooks = jobs.flatMap((job) => valuesAt(job, "metadata.annotations"));
  return hooks.some((annotations) => isObject(annotations) && annotations["helm.sh/hook"] === "post-delete");
}
