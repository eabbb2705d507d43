/** Where a control plane may stand, and who may enter it. */
import { valuesAt } from "../../values/paths";
import type { Judge } from "../row";
import { subnetsOf, zonesOf } from "./network";

const CLUSTER = "aws:eks/cluster:Cluster";
const SUBNETS = "vpcConfig.subnetIds";

const controlPlaneZone: Judge = (made) => {
  const { zones = {}, eksRefuses = [] } = made.caller.facts.regions[made.region] ?? {};
  const isRefused = ([, id]: [string, string]): boolean => eksRefuses.includes(id);
  const wanted = zonesOf(subnetsOf(made, SUBNETS));
  const refused = Object.entries(zones).find((zone) => isRefused(zone) && wanted.includes(zone[1]))?.[0];
  const supported = Object.entries(zones)
    .filter((zone) => !isRefused(zone))
    .map(([name]) => name);
  return refused !== undefined && { refused, supported: supported.join(", ") };
};

/** EKS keeps the zones of its network interfaces for good. */
const controlPlaneZonesFrozen: Judge = (made) => {
  const subnets = valuesAt(made.old?.inputs, SUBNETS).flatMap(
    (id) => made.find("aws:ec2/subnet:Subnet", String(id)) ?? [],
  );
  const before = zonesOf(subnets);
  const added = zonesOf(subnetsOf(made, SUBNETS)).filter((zone) => !before.includes(zone));
  return added.length > 0 && { added: added.join(", "), before: before.join(", ") };
};

/** Up by one minor at a time, back by one: https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html */
const controlPlaneSkipsMinor: Judge = (made) => {
  const [from, to] = [String(made.old?.outputs.version ?? ""), made.text("version")];
  const minorOf = (version: string): number => Number(version.split(".")[1]);
  return from !== "" && to !== "" && Math.abs(minorOf(to) - minorOf(from)) > 1 && { from, to };
};

/** Rows of rows.yaml, by name. */
export const CLUSTER_JUDGES: Readonly<Record<string, Judge>> = {
  controlPlaneInTwoZones: (made) => zonesOf(subnetsOf(made, SUBNETS)).length < 2,
  controlPlaneZone,
  controlPlaneZonesFrozen,
  controlPlaneSkipsMinor,
  accessEntriesOff(made) {
    const cluster = made.find(CLUSTER, made.text("clusterName"));
    return valuesAt(cluster?.outputs, "accessConfig.authenticationMode")[0] === "CONFIG_MAP";
  },
  clusterProtected: (made) => made.inputs.deletionProtection === true,
};
