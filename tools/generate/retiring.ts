/** What retires may lose its protection: exemptions of exactly these slots, pools and zones. */
import { nodeGroupName, subnetName } from "@fridayproof/components/plan";
import { NETWORK } from "../../stacks/inputs/conventions";
import { answers } from "../../stacks/policies/exemptions";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import type { PolicyConfig } from "./policy-settings";

/** What is protected of a cluster, by type token. */
const protectedOfSlot = [
  "aws:eks/cluster:Cluster",
  "aws:kms/key:Key",
  "kubernetes:helm.sh/v3:Release",
  "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding",
];

/** A slot or a zone that retires lets go of its protection before it goes; everything else keeps it. */
export function retiringParts(environment: EnvironmentInput): PolicyConfig {
  const rows = Object.entries(environment.slots).flatMap(([color, slot]) =>
    slot?.retiring === true
      ? protectedOfSlot.map((type) => ({
          resource: `${type}::${color}-*`,
          reason: "the slot takes no traffic and goes with the next update",
          ...answers,
        }))
      : [],
  );
  const subnets = retiringSubnets(environment);
  if (rows.length + subnets.length === 0) return {};
  // Its control plane stops logging before it goes, or EKS would make its log group again.
  const clusters = rows.filter(({ resource }) => resource.startsWith("aws:eks/cluster:Cluster::"));
  return {
    "protect-critical": { exemptions: [...rows, ...subnets] },
    ...(clusters.length === 0 ? {} : { "control-plane-logs": { exemptions: clusters } }),
  };
}

type Exemptions = readonly Readonly<Record<"resource" | "reason" | "owner" | "expires", string>>[];

/** Subnets of zones that go with the next update. */
function retiringSubnets({ retiringZones = [], tiers = {} }: EnvironmentInput): Exemptions {
  return retiringZones.flatMap((zone) =>
    ["public", "private", ...Object.keys(tiers)].map((tier) => ({
      resource: `aws:ec2/subnet:Subnet::${subnetName(NETWORK, tier, zone)}`,
      reason: "the zone is left, and goes with the next update",
      ...answers,
    })),
  );
}

/** Node groups that go with the next update: those of a retiring slot, of a retiring pool, and of a retiring zone. */
export function retiringNodes({ slots, pools, retiringZones = [] }: EnvironmentInput): PolicyConfig {
  const namesOf = ([pool, { retiring }]: (typeof entries)[number]): readonly string[] =>
    retiring === true ? [`${pool}-*`] : retiringZones.map((zone) => nodeGroupName(pool, zone));
  const entries = Object.entries(pools);
  const rows = Object.entries(slots).flatMap(([color, slot]) => {
    const names = slot?.retiring === true ? ["*"] : entries.flatMap(namesOf);
    return names.map((name) => ({
      resource: `aws:eks/nodeGroup:NodeGroup::${color}-${name}`,
      reason: "its pods run elsewhere, and it goes with the next update",
      ...answers,
    }));
  });
  return rows.length === 0 ? {} : { "nodegroup-kept": { exemptions: rows } };
}
