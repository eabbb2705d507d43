/** What a cluster needs before it can serve or be looked after: pinned, in order, each with just the rights it needs. */
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ChartPin, chartRelease } from "../charts/chart-release";
import type { Profile } from "../charts/chart-values";
import { guardedNamespace } from "../charts/guarded-namespace";
import { type Problem, throwProblems } from "../core/checks";
import { addonIdentities } from "./addon-identities";
import {
  type AddonChart,
  autoscalerImageProblems,
  clusterAutoscalerValues,
  loadBalancerControllerValues,
  plainValues,
} from "./addon-values";
import { applicationSecrets } from "./application-secrets";
import { blockStorage, driverIdentity } from "./block-storage";
import { clusterSecretStore } from "./external-secret";
import type { PodIdentity } from "./pod-identity";

/** Arguments of {@link Addons}. */
export interface AddonsArgs {
  /** Rows `metrics-server`, `cluster-autoscaler`, `aws-load-balancer-controller`, `external-secrets` of the lock file. */
  readonly charts: Readonly<Record<AddonChart, ChartPin>>;
  /** `production`: two of each with a budget that can drain; `dev`: one of each. */
  readonly profile: Profile;
  /** Kubernetes minor of the cluster, such as `1.35`. */
  readonly kubernetesVersion: string;
  /** Image tag of Cluster Autoscaler, of the same minor, such as `v1.35.1`. */
  readonly autoscalerImageTag: string;
  /** Exact version of EKS's add-on aws-ebs-csi-driver. */
  readonly ebsCsiVersion: string;
  /** The cluster's name as text, so that policies and values can be read in a preview. */
  readonly clusterName: string;
  /** The same name, known once the Pod Identity agent is installed: `Cluster.clusterNameForPods`. */
  readonly clusterNameForPods: pulumi.Input<string>;
  /** Name of the pool whose nodes run the add-ons. */
  readonly pool: string;
  /** That pool: an edge only, because a value of its would replace the add-ons whenever the pool is replaced. */
  readonly nodes: pulumi.Resource;
  /** What resolves names for pods: controllers find AWS by name, until the last finalizer is off. */
  readonly nameResolution: pulumi.Resource;
  /** Account number of twelve digits. */
  readonly accountId: string;
  /** Region of the cluster. */
  readonly region: string;
  /** VPC of the cluster, of the load balancer controller's targets. */
  readonly vpcId: pulumi.Input<string>;
  /** The slot's own target group, the only one that its controller may fill. */
  readonly targetGroupArn: pulumi.Input<string>;
  /** Beginning of the names of this environment's secrets in Secrets Manager, such as `fridayproof/prod/`. */
  readonly secretsPrefix: string;
  /** Key that those secrets are encrypted with. @default AWS's own, which needs no permission */
  readonly secretsKeyArn?: pulumi.Input<string>;
  /** Key that pods' volumes are encrypted with. */
  readonly volumesKeyArn: pulumi.Input<string>;
  /** Namespaces of the platform that read their Secrets through the store. */
  readonly secretNamespaces: readonly string[];
  /**
   * Applications that read secrets: each through a store of its own, which opens what begins with the environment's
   * prefix and the application's name, for its namespace alone, in a role that may read nothing else.
   * @default none
   */
  readonly applications?: readonly string[];
  /** What brings the ServiceMonitor kind: every release here has one. */
  readonly monitoringCrds: pulumi.Resource;
  /** Pulumi's protection on the load balancer controller. False only while torn down or retired. */
  readonly protect: boolean;
  /** Tags of everything in AWS. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Name of the ClusterSecretStore; ExternalSecrets refer to it. */
const STORE_NAME = "platform";

function problemsOf(args: AddonsArgs): Problem[] {
  const problems = autoscalerImageProblems("autoscalerImageTag", args.autoscalerImageTag, args.kubernetesVersion);
  if (!/^[\w/+=.@-]+\/$/.test(args.secretsPrefix)) {
    problems.push({
      path: "secretsPrefix",
      got: args.secretsPrefix,
      allowed: "the beginning of names in Secrets Manager, with a slash at its end",
      fix: "End it with a slash, or `fridayproof/prod` would also open `fridayproof/production`.",
    });
  }
  return problems;
}

/** Raw resources of {@link Addons}, beside the releases that it gives as they are. */
export interface AddonsNodes {
  /** The ClusterSecretStore. */
  readonly secretStore: kubernetes.apiextensions.CustomResource;
  /** Those of the applications. */
  readonly applicationStores: readonly kubernetes.apiextensions.CustomResource[];
  /** Rights of the controllers' service accounts. */
  readonly identities: readonly PodIdentity[];
}

/**
 * The add-ons of one cluster. Pods get Pod Identity credentials at their start only, so each release that uses AWS
 * comes after its association and the metrics server, and an association after the agent. All priority classes that the values name are Kubernetes' own.
 *
 * @example
 * ```typescript
 * const versions = clusterVersions(readLock(), "1.35");
 * new Addons(
 *   "blue-platform",
 *   {
 *     charts: lock.charts,
 *     profile: "production",
 *     kubernetesVersion: versions.kubernetes,
 *     autoscalerImageTag: versions.autoscalerImage,
 *     ebsCsiVersion: versions.addons["aws-ebs-csi-driver"],
 *     clusterName: "fridayproof-prod-blue",
 *     clusterNameForPods: around.cluster.clusterNameForPods,
 *     pool: "system",
 *     nodes: around.nodes,
 *     nameResolution: around.nodeAddons,
 *     accountId: "000000000000",
 *     region: "us-east-1",
 *     vpcId: around.network.vpcId,
 *     targetGroupArn: around.door.blueTargetGroupArn,
 *     secretsPrefix: "fridayproof/prod/",
 *     volumesKeyArn: around.keys.volumesKeyArn,
 *     secretNamespaces: ["argocd", "monitoring"],
 *     monitoringCrds: around.monitoringCrds,
 *     protect: true,
 *   },
 *   { providers: [provider, inside] },
 * );
 * ```
 */
export class Addons extends pulumi.ComponentResource {
  /** The load balancer controller; before every TargetGroupBinding, and gone after the last. */
  public readonly loadBalancerController: kubernetes.helm.v3.Release;
  /** The metrics server; before every HorizontalPodAutoscaler. */
  public readonly metricsServer: kubernetes.helm.v3.Release;
  /** Cluster Autoscaler. */
  public readonly clusterAutoscaler: kubernetes.helm.v3.Release;
  /** External Secrets; gone after every ExternalSecret and store. */
  public readonly externalSecrets: kubernetes.helm.v3.Release;
  /** StorageClass `gp3`, the default. */
  public readonly storageClass: kubernetes.storage.v1.StorageClass;
  /** Name of the ClusterSecretStore, known once it can be read through. */
  public readonly secretStoreName: pulumi.Output<string>;

  readonly #nodes: AddonsNodes;

  /** @throws ProblemsError when the autoscaler is of another minor, or the prefix would open other secrets. */
  constructor(name: string, args: AddonsArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`Addons "${name}"`, problemsOf(args));
    super("fridayproof:cluster:Addons", name, {}, opts);

    const { charts, profile } = args;
    const driver = driverIdentity(name, args, this);
    const rights = addonIdentities(name, args, this);
    const identities = [driver, ...Object.values(rights)];
    // An association counts some seconds after it was made, and a pod that starts before never gets credentials. So the
    // one release that needs none comes between: it is ready only when its pods were pulled, started and probed (0038).
    this.metricsServer = chartRelease(
      `${name}-metrics-server`,
      { pin: charts["metrics-server"], values: plainValues("metrics-server", profile) },
      // It reaches kubelets by address, so name resolution may come beside it.
      { parent: this, dependsOn: [args.monitoringCrds, args.nodes, ...identities] },
    );
    this.clusterAutoscaler = this.autoscaler(name, args);
    this.loadBalancerController = this.controller(name, args);
    this.externalSecrets = this.secretsOperator(name, args);
    const store = clusterSecretStore(
      `${name}-store`,
      { storeName: STORE_NAME, region: args.region, prefix: args.secretsPrefix, namespaces: args.secretNamespaces },
      { parent: this, dependsOn: [this.externalSecrets] },
    );
    const opened = { ...args, reader: rights["external-secrets"], release: this.externalSecrets };
    const applicationStores = applicationSecrets(name, opened, this);
    this.storageClass = blockStorage(name, args, this, [driver, this.metricsServer]);
    this.secretStoreName = store.metadata.name;
    this.#nodes = { secretStore: store, applicationStores, identities };
    this.registerOutputs({ secretStoreName: this.secretStoreName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): AddonsNodes {
    return this.#nodes;
  }

  private autoscaler(name: string, args: AddonsArgs): kubernetes.helm.v3.Release {
    const { clusterName, profile, region } = args;
    const pin = args.charts["cluster-autoscaler"];
    return chartRelease(
      `${name}-cluster-autoscaler`,
      { pin, values: clusterAutoscalerValues({ profile, clusterName, region, imageTag: args.autoscalerImageTag }) },
      { parent: this, dependsOn: this.beforeCredentials(args) },
    );
  }

  private controller(name: string, args: AddonsArgs): kubernetes.helm.v3.Release {
    const pin = args.charts["aws-load-balancer-controller"];
    return chartRelease(
      `${name}-aws-load-balancer-controller`,
      { pin, values: loadBalancerControllerValues(args) },
      { parent: this, protect: args.protect, dependsOn: this.beforeCredentials(args) },
    );
  }

  private secretsOperator(name: string, args: AddonsArgs): kubernetes.helm.v3.Release {
    const pin = args.charts["external-secrets"];
    const namespace = guardedNamespace(
      `${name}-external-secrets-namespace`,
      { namespace: pin.namespace, enforce: "restricted" },
      { parent: this },
    );
    return chartRelease(
      `${name}-external-secrets`,
      { pin, namespace: namespace.metadata.name, values: plainValues("external-secrets", args.profile) },
      { parent: this, dependsOn: this.beforeCredentials(args) },
    );
  }

  /** What a release that calls AWS waits for: time for its rights to count, and the names of AWS. */
  private beforeCredentials({ monitoringCrds, nameResolution }: AddonsArgs): pulumi.Resource[] {
    return [monitoringCrds, this.metricsServer, nameResolution];
  }
}
