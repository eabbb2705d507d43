/** Where a control plane may stand, and who may enter it. */
import { minorOf } from "@fridayproof/components/core";
import type { ResourceContext } from "../object/resource-context";
import { mayGoBack } from "../object/upgrades";
import { valuesAt } from "../../../property/paths";
import type { Check } from "./rule";
import { subnetsOf, zonesOf } from "./network";

const CLUSTER = "aws:eks/cluster:Cluster";
const NODES = "aws:eks/nodeGroup:NodeGroup";
const SUBNETS = "vpcConfig.subnetIds";
/** Minors that a kubelet may be behind. https://kubernetes.io/releases/version-skew-policy/ */
const SKEW = 3;

const controlPlaneZone: Check = (ctx) => {
  const { zones = {}, unsupportedZones: unsupported = [] } = ctx.caller.facts.regions[ctx.region] ?? {};
  const isUnsupported = ([, id]: [string, string]): boolean => unsupported.includes(id);
  const expected = zonesOf(subnetsOf(ctx, SUBNETS));
  const refused = Object.entries(zones).find((zone) => isUnsupported(zone) && expected.includes(zone[1]))?.[0];
  const supported = Object.entries(zones)
    .filter((zone) => !isUnsupported(zone))
    .map(([name]) => name);
  return refused !== undefined && { refused, supported: supported.join(", ") };
};

/** EKS keeps the zones of its network interfaces for good. */
const controlPlaneZonesFrozen: Check = (ctx) => {
  const subnets = valuesAt(ctx.old?.inputs, SUBNETS).flatMap(
    (id) => ctx.find("aws:ec2/subnet:Subnet", String(id)) ?? [],
  );
  const before = zonesOf(subnets);
  const added = zonesOf(subnetsOf(ctx, SUBNETS)).filter((zone) => !before.includes(zone));
  return added.length > 0 && { added: added.join(", "), before: before.join(", ") };
};

/** EKS keeps its network interfaces and its own security group in the VPC of the cluster's creation. */
const controlPlaneVpcFrozen: Check = (ctx) => {
  const before = String(valuesAt(ctx.old?.outputs, "vpcConfig.vpcId")[0] ?? "");
  const foreign = subnetsOf(ctx, SUBNETS).find(({ inputs }) => before !== "" && inputs.vpcId !== before);
  return foreign !== undefined && { subnet: foreign.id, vpc: String(foreign.inputs.vpcId), before };
};

/** The minors between which an update moves a cluster; undefined where it stays. */
function move(ctx: ResourceContext): { from: string; to: string; by: number } | undefined {
  const [from, to] = [String(ctx.old?.outputs.version), ctx.text("version")];
  return to === "" || from === to ? undefined : { from, to, by: minorOf(to) - minorOf(from) };
}

/** Names of the cluster's node groups whose minor fits not. */
function groupsWhere(ctx: ResourceContext, fits: (minor: number) => boolean): string[] {
  const groups = ctx.near(NODES).filter(({ inputs }) => inputs.clusterName === ctx.id);
  return groups
    .filter(({ outputs }) => !fits(minorOf(String(outputs.version))))
    .map(({ outputs }) => String(outputs.nodeGroupName));
}

const minorStep: Check = (ctx) => {
  const step = move(ctx);
  return step !== undefined && Math.abs(step.by) !== 1 && { ...step };
};

const minorBack: Check = (ctx) => {
  const step = move(ctx);
  if (step?.by !== -1 || ctx.old === undefined) return undefined;
  return !mayGoBack(ctx.caller.account, ctx.old, step.to) && { ...step };
};

/** No node may be newer than the control plane, nor more than three minors older. */
const nodesFirst: Check = (ctx) => {
  const step = move(ctx);
  if (step === undefined) return undefined;
  const target = minorOf(step.to);
  const groups = groupsWhere(ctx, (minor) => minor <= target && target - minor <= SKEW);
  return groups.length > 0 && { groups: groups.join(", "), expected: step.by < 0 ? step.to : step.from };
};

const nodesAhead: Check = (ctx) => {
  const cluster = ctx.find(CLUSTER, ctx.text("clusterName"))?.outputs.version;
  const version = ctx.text("version");
  return version !== "" && cluster !== undefined && minorOf(version) > minorOf(String(cluster)) && { version, cluster };
};

/** A size of a node group at a path, as EKS compares them. */
const sizeOf = (inputs: Parameters<typeof valuesAt>[0], key: string): number =>
  Number(valuesAt(inputs, `scalingConfig.${key}`)[0] ?? 0);

/** Checks of rules.yaml, by name. */
export const CLUSTER_CHECKS: Readonly<Record<string, Check>> = {
  controlPlaneInTwoZones: (ctx) => zonesOf(subnetsOf(ctx, SUBNETS)).length < 2,
  controlPlaneZone,
  controlPlaneVpcFrozen,
  controlPlaneZonesFrozen,
  minorStep,
  minorBack,
  nodesFirst,
  nodesAhead,
  accessEntriesOff(ctx) {
    const cluster = ctx.find(CLUSTER, ctx.text("clusterName"));
    return valuesAt(cluster?.outputs, "accessConfig.authenticationMode")[0] === "CONFIG_MAP";
  },
  nodesBelowMinimum({ inputs }) {
    const [min, desired] = [sizeOf(inputs, "minSize"), sizeOf(inputs, "desiredSize")];
    return min > desired && { min, desired };
  },
  nodesAboveMaximum({ inputs }) {
    const [max, desired] = [sizeOf(inputs, "maxSize"), sizeOf(inputs, "desiredSize")];
    return desired > max && { max, desired };
  },
  clusterProtected: (ctx) => ctx.inputs.deletionProtection === true,
};
