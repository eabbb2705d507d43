/** What runs in a stack, read from its state: who gets the traffic, what stands behind it, and what held up. */
import { nameOf } from "@fridayproof/components/core";
import { trafficLimits } from "@fridayproof/components/core/limits";
import { listAt, numberAt, objectAt, textAt, type StatusResource } from "./read";

/** How many there are of how many. */
export interface Share {
  readonly ready: number;
  readonly desired: number;
}

/** One slot: a cluster and its part of the traffic. */
export interface SlotStatus {
  readonly slot: string;
  /** Percent of the traffic; undefined where no listener knows the slot. */
  readonly weight?: number;
  /** Pods that the load balancer sends traffic to. */
  readonly targets: Share;
  readonly nodes: Share;
  /** Minor version of the control plane. */
  readonly kubernetes?: string;
}

/** The node groups of one pool in one slot. */
export interface PoolStatus {
  readonly pool: string;
  readonly least: number;
  readonly most: number;
  readonly slots: readonly string[];
}

/** Times in which Argo CD may not sync, as the state has them. */
export interface DenyWindow {
  readonly schedule: string;
  readonly duration: string;
  readonly timeZone: string;
  readonly reason: string;
}

/** A whole stack. */
export interface StackStatus {
  readonly region?: string;
  /** Whether its health check is answered as that of a leg that stands by; absent where it is no leg of a pair. */
  readonly standsBy?: boolean;
  /** Addresses that lead to the load balancer, the shortest first. */
  readonly hosts: readonly string[];
  readonly slots: readonly SlotStatus[];
  readonly pools: readonly PoolStatus[];
  readonly windows: readonly DenyWindow[];
  /** Applications that the stack has a place for, by name: what Argo CD makes of them stands in no state. */
  readonly applications: readonly string[];
  /** Chart and version of what each slot runs. */
  readonly versions: readonly { readonly what: string; readonly version: string }[];
  /** When the state changed last, and what changed then. */
  readonly last?: { readonly at: string; readonly name: string };
  /** Logical names of what the state has and the account has not. */
  readonly missing: readonly string[];
  readonly resources: number;
}

const isType = (suffix: string) => (resource: StatusResource) => resource.type.endsWith(suffix);

/** Whether an account or a cluster has an object for it: a password that was drawn stands nowhere but in the state. */
const isObject = ({ type, external }: StatusResource): boolean =>
  external !== true && /^(?:aws|kubernetes):/.test(type);

/**
 * The status of a stack.
 * @param stands whether the account has what the URN made: what it lacks serves nobody.
 */
export function stackStatus(resources: readonly StatusResource[], stands: (urn: string) => boolean): StackStatus {
  const stack = resources.find(isType("pulumi:pulumi:Stack"));
  const region = textAt(stack?.outputs, "region");
  const clusters = Object.entries(objectAt(stack?.outputs, "clusterNames") ?? {});
  const managed = resources.filter(({ custom, type }) => custom === true && !type.startsWith("pulumi:"));
  const slots = clusters.map(([slot, cluster]) => slotStatus(slot, String(cluster), resources, stands));
  const last = managed
    .filter(({ modified }) => modified !== undefined)
    .toSorted((left, right) => (right.modified ?? "").localeCompare(left.modified ?? ""))[0];
  return {
    ...(region === undefined ? {} : { region }),
    ...standbyOf(resources),
    hosts: hostsOf(resources),
    slots,
    pools: poolsOf(resources, clusters),
    windows: windowsOf(resources),
    applications: applicationsOf(resources),
    versions: versionsOf(resources),
    ...(last?.modified === undefined ? {} : { last: { at: last.modified, name: nameOf(last.urn) } }),
    missing: managed.filter((one) => isObject(one) && !stands(one.urn)).map(({ urn }) => nameOf(urn)),
    resources: resources.length,
  };
}

/** A leg of a pair has a health check in Route 53; what it is answered stands in the gateway's route. */
function standbyOf(resources: readonly StatusResource[]): Pick<StackStatus, "standsBy"> {
  if (!resources.some(isType("route53/healthCheck:HealthCheck"))) return {};
  const answers = resources
    .filter((one) => isType(":VirtualService")(one) && textAt(one.inputs, "metadata", "name") === "health")
    .flatMap(({ inputs }) => listAt(inputs, "spec", "http"))
    .map((route) => numberAt(route, "directResponse", "status"));
  return { standsBy: answers.includes(trafficLimits.standbyStatus.value) };
}

/** Each application has a project of its own in every slot. */
function applicationsOf(resources: readonly StatusResource[]): readonly string[] {
  const projects = resources.filter(isType(":AppProject")).map(({ inputs }) => textAt(inputs, "metadata", "name"));
  const names = projects.flatMap((name) => /^applications-(.+)$/.exec(name ?? "")?.[1] ?? []);
  return [...new Set(names)].sort();
}

function slotStatus(
  slot: string,
  cluster: string,
  resources: readonly StatusResource[],
  stands: (urn: string) => boolean,
): SlotStatus {
  const control = resources.find((one) => isType("eks/cluster:Cluster")(one) && textAt(one.inputs, "name") === cluster);
  const groups = resources.filter(isNodeGroupOf(cluster));
  const size = (members: readonly StatusResource[]): number =>
    members.reduce((sum, { inputs }) => sum + (numberAt(inputs, "scalingConfig", "desiredSize") ?? 0), 0);
  const weight = weightOf(slot, resources);
  const kubernetes = textAt(control?.inputs, "version");
  return {
    slot,
    ...(weight === undefined ? {} : { weight }),
    targets: targetsOf(slot, resources, stands),
    nodes: { ready: size(groups.filter(({ urn }) => stands(urn))), desired: size(groups) },
    ...(kubernetes === undefined ? {} : { kubernetes }),
  };
}

const isNodeGroupOf =
  (cluster: string) =>
  (resource: StatusResource): boolean =>
    isType("eks/nodeGroup:NodeGroup")(resource) && textAt(resource.inputs, "clusterName") === cluster;

/** The target group of a slot: its logical name ends with the slot's. */
function groupOf(slot: string, resources: readonly StatusResource[]): StatusResource | undefined {
  return resources.find((one) => isType("lb/targetGroup:TargetGroup")(one) && nameOf(one.urn).endsWith(`-${slot}`));
}

/** What a listener gives to the slot's target group. */
function weightOf(slot: string, resources: readonly StatusResource[]): number | undefined {
  const arn = groupOf(slot, resources)?.id;
  for (const { inputs } of resources.filter(isType("lb/listener:Listener")))
    for (const action of listAt(inputs, "defaultActions"))
      for (const group of listAt(objectAt(action, "forward"), "targetGroups"))
        if (arn !== undefined && textAt(group, "arn") === arn) return numberAt(group, "weight");
  return undefined;
}

/** The pods of the slot's gateway: as many as its chart keeps at least, where a binding registers them. */
function targetsOf(slot: string, resources: readonly StatusResource[], stands: (urn: string) => boolean): Share {
  const arn = groupOf(slot, resources)?.id;
  const bindings = resources.filter(
    (one) => isType(":TargetGroupBinding")(one) && textAt(one.inputs, "spec", "targetGroupARN") === arn,
  );
  const gateway = resources.find(
    (one) => textAt(one.inputs, "chart") === "gateway" && nameOf(one.urn).startsWith(`${slot}-`),
  );
  const desired = numberAt(gateway?.inputs, "values", "autoscaling", "minReplicas") ?? 0;
  const isServed = gateway !== undefined && stands(gateway.urn) && bindings.some(({ urn }) => stands(urn));
  return { ready: isServed ? desired : 0, desired };
}

function poolsOf(
  resources: readonly StatusResource[],
  clusters: readonly (readonly [string, unknown])[],
): PoolStatus[] {
  const pools = new Map<string, { least: number; most: number; slots: string[] }>();
  for (const [slot, cluster] of clusters) {
    const seen = new Set<string>();
    for (const { inputs } of resources.filter(isNodeGroupOf(String(cluster)))) {
      const pool = textAt(inputs, "labels", "fridayproof.dev/pool") ?? "without a pool";
      const row = pools.get(pool) ?? { least: 0, most: 0, slots: [] };
      // Slots have pools of the same size: one stands for each.
      if (row.slots.length === 0 || row.slots[0] === slot) {
        row.least += numberAt(inputs, "scalingConfig", "minSize") ?? 0;
        row.most += numberAt(inputs, "scalingConfig", "maxSize") ?? 0;
      }
      if (!seen.has(pool)) row.slots.push(slot);
      seen.add(pool);
      pools.set(pool, row);
    }
  }
  return [...pools].map(([pool, row]) => ({ pool, ...row }));
}

/** Names of alias records; a wildcard or a region's own name says less than the name that people type. */
function hostsOf(resources: readonly StatusResource[]): string[] {
  const names = resources
    .filter((one) => isType("route53/record:Record")(one) && listAt(one.inputs, "aliases").length > 0)
    .flatMap(({ inputs }) => textAt(inputs, "name") ?? []);
  const rank = (name: string): number => (name.startsWith("*.") ? 1 : 0);
  return [...new Set(names)].toSorted((left, right) => rank(left) - rank(right) || left.length - right.length);
}

/** Every slot has the same windows: each stands once. */
function windowsOf(resources: readonly StatusResource[]): DenyWindow[] {
  const windows = resources
    .filter(isType(":AppProject"))
    .flatMap(({ inputs }) => listAt(objectAt(inputs, "spec"), "syncWindows"))
    .filter((window) => textAt(window, "kind") === "deny")
    .map((window) => ({
      schedule: textAt(window, "schedule") ?? "",
      duration: textAt(window, "duration") ?? "",
      timeZone: textAt(window, "timeZone") ?? "UTC",
      reason: textAt(window, "description") ?? "",
    }));
  return [...new Map(windows.map((window) => [JSON.stringify(window), window])).values()];
}

/** Charts by name; one that slots run in different versions stands once for each. */
function versionsOf(resources: readonly StatusResource[]): StackStatus["versions"] {
  const charts = resources.filter(isType("helm.sh/v3:Release")).flatMap(({ inputs }) => {
    const [what, version] = [textAt(inputs, "chart")?.split("/").at(-1), textAt(inputs, "version")];
    return what === undefined || version === undefined ? [] : [{ what, version }];
  });
  const unique = new Map(charts.map((row) => [`${row.what} ${row.version}`, row]));
  return [...unique.values()].toSorted((left, right) => left.what.localeCompare(right.what));
}
