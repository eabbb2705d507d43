/** One EKS control plane, ready for nodes: its key, its logs, who may use it, and the add-ons that nodes need first. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { cidrProblems, parseCidr } from "../core/cidr";
import { type Problem, throwProblems } from "../core/checks";
import { after } from "../aws/after";
import { keyPolicy } from "../aws/key-policy";
import { clusterLimits } from "../core/limits/cluster";
import { networkLimits } from "../core/limits/network";
import { nameProblems } from "../core/names";
import { type AccessLevel, clusterAccess } from "./access";
import { clusterAddon } from "./addon";

/** Versions of the add-ons that must run before the first node joins. */
export interface FirstAddonVersions {
  /** Gives pods their addresses and enforces network policies. */
  readonly "vpc-cni": string;
  /** Leads Services to their pods. */
  readonly "kube-proxy": string;
  /** Gives pods the credentials of their role. */
  readonly "eks-pod-identity-agent": string;
}

/** Arguments of {@link Cluster}. */
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
  /** Address blocks, none wider than /28, from which the public API endpoint answers; at least one. */
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
  /** Role whose tokens the kubeconfig asks for. @default none: the tokens are the caller's own */
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
  /** How long the control plane's logs are kept, one of the periods that CloudWatch Logs knows. @unit days */
  readonly logRetentionDays: number;
  /** KMS key of those logs; CloudWatch Logs must be allowed to use it. */
  readonly logsKeyArn: pulumi.Input<string>;
  /** Pulumi's protection on cluster and key, and EKS's deletion protection. False only while it is torn down. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

function problemsOf(args: ClusterArgs): Problem[] {
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

function deployerProblems(index: number, text: string, longest: number): Problem[] {
  const path = `deployerCidrs[${index}]`;
  const prefix = parseCidr(text)?.prefix;
  if (prefix === undefined) return cidrProblems(path, text);
  if (prefix >= longest) return [];
  return [{ path, got: text, allowed: `/${longest} to /32`, fix: "Name single addresses or small blocks only." }];
}

/**
 * A cluster through pulumi-eks, with nothing that it would float: no default node group, no add-on of "most recent"
 * version, no aws-auth. Nodes are given {@link clusterNameForNodes}, so that pod networking exists before them.
 */
export class Cluster extends pulumi.ComponentResource {
  /** Name of the cluster, known once its API answers. */
  public readonly clusterName: pulumi.Output<string>;
  /** The same name, known once the add-ons exist that a node needs to become ready. */
  public readonly clusterNameForNodes: pulumi.Output<string>;
  /** Group that EKS puts on control plane and nodes; what the load balancer must be let into. */
  public readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** Kubeconfig as JSON; its tokens are those of `tokenRoleArn`. A provider made of it must depend on this whole component. */
  public readonly kubeconfigJson: pulumi.Output<string>;

  /** @throws ProblemsError listing every argument that EKS would refuse or that would open the endpoint. */
  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`Cluster "${name}"`, problemsOf(args));
    super("fridayproof:cluster:Cluster", name, {}, opts);

    const cluster = this.controlPlane(name, args);
    this.clusterName = cluster.eksCluster.name;
    this.access(name, args);
    this.kubeconfigJson = cluster.kubeconfigJson;
    const addons = this.firstAddons(name, args);
    this.clusterNameForNodes = after(
      this.clusterName,
      addons.map((addon) => addon.id),
    );
    this.nodeSecurityGroupId = cluster.eksCluster.vpcConfig.clusterSecurityGroupId;
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterNameForNodes: this.clusterNameForNodes,
      nodeSecurityGroupId: this.nodeSecurityGroupId,
      kubeconfigJson: this.kubeconfigJson,
    });
  }

  private controlPlane(name: string, args: ClusterArgs): eks.Cluster {
    // EKS makes this group itself when it is missing: without retention, and again after a destroy.
    const logGroup = new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      {
        name: `/aws/eks/${args.clusterName}/cluster`,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.logsKeyArn,
        tags: { ...args.tags },
      },
      { parent: this },
    );
    return new eks.Cluster(
      `${name}-eks`,
      {
        // Through the log group, so that the control plane itself, deep in the component, starts after and ends before.
        name: logGroup.name.apply(() => args.clusterName),
        version: args.kubernetesVersion,
        upgradePolicy: { supportType: "EXTENDED" },
        vpcId: args.vpcId,
        subnetIds: [...args.controlPlaneSubnetIds],
        endpointPrivateAccess: true,
        endpointPublicAccess: true,
        publicAccessCidrs: [...args.deployerCidrs],
        authenticationMode: eks.AuthenticationMode.Api,
        providerCredentialOpts: args.tokenRoleArn === undefined ? undefined : { roleArn: args.tokenRoleArn },
        encryptionConfigKeyArn: this.secretsKey(name, args).arn,
        enabledClusterLogTypes: args.logging === false ? [] : [...LOG_TYPES],
        deletionProtection: args.protect,
        // Both together: EKS installs no networking by itself, and pulumi-eks adds none of "most recent" version.
        bootstrapSelfManagedAddons: false,
        useDefaultVpcCni: true,
        kubeProxyAddonOptions: { enabled: false },
        corednsAddonOptions: { enabled: false },
        skipDefaultNodeGroup: true,
        tags: { ...args.tags },
      },
      { parent: this, protect: args.protect },
    );
  }

  private secretsKey(name: string, args: ClusterArgs): aws.kms.Key {
    return new aws.kms.Key(
      `${name}-secrets-key`,
      {
        description: `Secrets of the Kubernetes API of ${args.clusterName}`,
        enableKeyRotation: true,
        rotationPeriodInDays: clusterLimits.kmsRotation.value,
        deletionWindowInDays: clusterLimits.kmsDeletionWindow.value,
        policy: keyPolicy({ account: args.accountId, administratorArn: args.deployRoleArn, handsOver: true }),
        tags: { ...args.tags },
      },
      { parent: this, protect: args.protect },
    );
  }

  private access(name: string, args: ClusterArgs): void {
    const entry = (role: string, level: AccessLevel, roleArn: string) =>
      clusterAccess(`${name}-access-${role}`, { clusterName: this.clusterName, level, roleArn }, this);
    entry("read-only", "read-only", args.readOnlyRoleArn);
    entry("break-glass", "admin", args.breakGlassRoleArn);
    if (args.createdByOthers === true) {
      const deploy = { clusterName: this.clusterName, level: "admin", roleArn: args.deployRoleArn } as const;
      clusterAccess(`${name}-access-deploy`, deploy, this, { retainOnDelete: true });
    }
  }

  private firstAddons(name: string, args: ClusterArgs): aws.eks.Addon[] {
    const addon = (which: keyof FirstAddonVersions, settings?: Readonly<Record<string, unknown>>) =>
      clusterAddon(
        `${name}-${which}`,
        {
          clusterName: this.clusterName,
          addon: which,
          version: args.addonVersions[which],
          settings,
          tags: args.tags,
        },
        { parent: this },
      );
    return [
      // A text, not a boolean: so the add-on's schema wants it.
      addon("vpc-cni", { enableNetworkPolicy: "true" }),
      addon("kube-proxy"),
      addon("eks-pod-identity-agent"),
    ];
  }
}
