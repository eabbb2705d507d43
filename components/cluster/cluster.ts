/** One EKS control plane, ready for nodes: its key, its logs, who may use it, and the add-ons that every node runs. */
import * as aws from "@pulumi/aws";
import * as eks from "@pulumi/eks";
import * as pulumi from "@pulumi/pulumi";
import { throwProblems } from "../core/checks";
import { after } from "../aws/after";
import { keyPolicy } from "../aws/key-policy";
import { clusterLimits } from "../core/limits/cluster";
import { type AccessLevel, clusterAccess } from "./access";
import { clusterAddon } from "./addon";
import { type ClusterArgs, clusterProblems, type FirstAddonVersions } from "./cluster-args";

export type { ClusterArgs, FirstAddonVersions } from "./cluster-args";

const LOG_TYPES = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

/** Raw resources of {@link Cluster}. */
export interface ClusterNodes {
  /** pulumi-eks's component; EKS's own cluster is its `eksCluster`. */
  readonly cluster: eks.Cluster;
  /** Where the control plane's logs go. */
  readonly logGroup: aws.cloudwatch.LogGroup;
  /** Key of the Secrets in the Kubernetes API. */
  readonly secretsKey: aws.kms.Key;
  /** The add-ons that every node runs. */
  readonly addons: readonly aws.eks.Addon[];
}

/**
 * A cluster through pulumi-eks, with nothing that it would float: no default node group, no add-on of "most recent"
 * version, no aws-auth. What runs in pods is given {@link clusterNameForPods}, so that their networking exists before.
 *
 * @example
 * ```typescript
 * const versions = clusterVersions(readLock(), "1.35");
 * new Cluster(
 *   "blue-cluster",
 *   {
 *     clusterName: "fridayproof-prod-blue",
 *     kubernetesVersion: versions.kubernetes,
 *     accountId: "000000000000",
 *     vpcId: network.vpcId,
 *     controlPlaneSubnetIds: network.intraSubnetIds,
 *     deployerCidrs: ["203.0.113.10/32"],
 *     deployRoleArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
 *     tokenRoleArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
 *     readOnlyRoleArn: "arn:aws:iam::000000000000:role/fridayproof-read-only",
 *     breakGlassRoleArn: "arn:aws:iam::000000000000:role/fridayproof-break-glass",
 *     addonVersions: versions.addons,
 *     logRetentionDays: 365,
 *     logsKeyArn: keys.logsKeyArn,
 *     protect: true,
 *   },
 *   { providers: [provider, eksProvider] },
 * );
 * ```
 */
export class Cluster extends pulumi.ComponentResource {
  /** Name of the cluster, known once its API responds. */
  public readonly clusterName: pulumi.Output<string>;
  /** The same name, known once the add-ons exist that every pod needs: networking, and the Pod Identity agent. */
  public readonly clusterNameForPods: pulumi.Output<string>;
  /** Group that EKS puts on control plane and nodes; what the load balancer must be let into. */
  public readonly nodeSecurityGroupId: pulumi.Output<string>;
  /** Kubeconfig as JSON; its tokens are those of `tokenRoleArn`. A provider made of it must depend on this whole component. */
  public readonly kubeconfigJson: pulumi.Output<string>;

  readonly #nodes: ClusterNodes;

  /** @throws ProblemsError listing every argument that EKS would refuse or that would open the endpoint. */
  constructor(name: string, args: ClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`Cluster "${name}"`, clusterProblems(args));
    super("fridayproof:cluster:Cluster", name, {}, opts);

    const logGroup = this.logGroup(name, args);
    const secretsKey = this.secretsKey(name, args);
    const cluster = this.controlPlane(name, args, { logGroup, secretsKey });
    this.clusterName = cluster.eksCluster.name;
    this.access(name, args);
    this.kubeconfigJson = cluster.kubeconfigJson;
    const addons = this.firstAddons(name, args);
    this.clusterNameForPods = after(
      this.clusterName,
      addons.map((addon) => addon.id),
    );
    this.#nodes = { cluster, logGroup, secretsKey, addons };
    this.nodeSecurityGroupId = cluster.eksCluster.vpcConfig.clusterSecurityGroupId;
    this.registerOutputs({
      clusterName: this.clusterName,
      clusterNameForPods: this.clusterNameForPods,
      nodeSecurityGroupId: this.nodeSecurityGroupId,
      kubeconfigJson: this.kubeconfigJson,
    });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): ClusterNodes {
    return this.#nodes;
  }

  /** EKS makes this group itself when it is missing: without retention, and again after a destroy. */
  private logGroup(name: string, args: ClusterArgs): aws.cloudwatch.LogGroup {
    return new aws.cloudwatch.LogGroup(
      `${name}-logs`,
      {
        name: `/aws/eks/${args.clusterName}/cluster`,
        retentionInDays: args.logRetentionDays,
        kmsKeyId: args.logsKeyArn,
        tags: { ...args.tags },
      },
      { parent: this },
    );
  }

  private controlPlane(
    name: string,
    args: ClusterArgs,
    { logGroup, secretsKey }: Pick<ClusterNodes, "logGroup" | "secretsKey">,
  ): eks.Cluster {
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
        encryptionConfigKeyArn: secretsKey.arn,
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
      // A string, not a boolean: the add-on's schema requires it.
      addon("vpc-cni", { enableNetworkPolicy: "true" }),
      addon("kube-proxy"),
      addon("eks-pod-identity-agent"),
    ];
  }
}
