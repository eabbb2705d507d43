/** What a cluster is made from, and what EKS would refuse of it. */
import type * as pulumi from "@pulumi/pulumi";
import type { Problem } from "../core/checks";
import { cidrProblems, parseCidr } from "../core/cidr";
import { networkLimits } from "../core/limits/network";
import { nameProblems } from "../core/names";

/** Versions of the add-ons that every node runs, which wait for none. */
export interface FirstAddonVersions {
  /** Gives pods their addresses and enforces network policies. */
  readonly "vpc-cni": string;
  /** Leads Services to their pods. */
  readonly "kube-proxy": string;
  /** Gives pods the credentials of their role. */
  readonly "eks-pod-identity-agent": string;
}

/** Arguments of Cluster. */
export interface ClusterArgs {
  /** The cluster's name in AWS, such as `fridayproof-dev-blue`; a change replaces the cluster. */
  readonly clusterName: string;
  /** Kubernetes minor, such as `1.35`. */
  readonly kubernetesVersion: string;
  /** Account number of twelve digits. */
  readonly accountId: string;
  /** VPC of the control plane's subnets. */
  readonly vpcId: pulumi.Input<string>;
  /** Subnets of the control plane, in two zones or more; EKS refuses other zones later. */
  readonly controlPlaneSubnetIds: readonly pulumi.Input<string>[];
  /** Address blocks, none wider than /28, that may reach the public API endpoint; at least one. */
  readonly deployerCidrs: readonly string[];
  /**
   * Role that administers the key. Where it creates the cluster too, EKS makes it the first administrator by itself, and
   * a second entry for it is a 409.
   */
  readonly deployRoleArn: string;
  /**
   * Whether somebody else creates the cluster: then the deploy role gets an access entry as administrator, which stays
   * when this is no longer set. @default false
   */
  readonly createdByOthers?: boolean;
  /** Role whose tokens the kubeconfig gets. @default none: the tokens are the caller's own */
  readonly tokenRoleArn?: string;
  /** Role that may look; it gets an access entry. */
  readonly readOnlyRoleArn: string;
  /** Role for emergencies; it gets an access entry as administrator. */
  readonly breakGlassRoleArn: string;
  /** Exact version of each add-on, as EKS lists it for the Kubernetes minor. */
  readonly addonVersions: FirstAddonVersions;
  /**
   * Whether the control plane writes its logs. False only while it is torn down: EKS writes the last lines after the
   * deletion, makes the log group again for them, and the next cluster of this name finds it taken. @default true
   */
  readonly logging?: boolean;
  /** How long the control plane's logs are kept, one of CloudWatch Logs' periods. @unit days */
  readonly logRetentionDays: number;
  /** KMS key of those logs; CloudWatch Logs must be allowed to use it. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** Pulumi's protection on cluster and key, and EKS's deletion protection. False only while it is torn down. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Everything that EKS would refuse, or that would open the endpoint. */
export function clusterProblems(args: ClusterArgs): Problem[] {
  const { controlPlaneZones, deployerPrefix } = networkLimits;
  const problems = nameProblems("eksCluster", "clusterName", args.clusterName);
  if (args.controlPlaneSubnetIds.length < controlPlaneZones.value) {
    problems.push({
      path: "controlPlaneSubnetIds",
      got: args.controlPlaneSubnetIds.length,
      allowed: `${controlPlaneZones.value} subnets or more`,
      fix: "Give one control-plane subnet per zone.",
    });
  }
  if (args.deployerCidrs.length === 0) {
    problems.push({
      path: "deployerCidrs",
      got: [],
      allowed: "at least one block",
      fix: "Name the addresses you deploy from: an endpoint without blocks is open to everyone.",
    });
  }
  return [
    ...problems,
    ...args.deployerCidrs.flatMap((text, index) => deployerProblems(index, text, deployerPrefix.value)),
  ];
}

function deployerProblems(index: number, text: string, minPrefixLength: number): Problem[] {
  const path = `deployerCidrs[${index}]`;
  const prefix = parseCidr(text)?.prefix;
  if (prefix === undefined) return cidrProblems(path, text);
  if (prefix >= minPrefixLength) return [];
  return [
    { path, got: text, allowed: `/${minPrefixLength} to /32`, fix: "Name single addresses or small blocks only." },
  ];
}
