/** What runs inside a slot's cluster: add-ons, monitoring, the gateway and delivery, in the order that they need. */
import {
  type AddonChart,
  Addons,
  DEAD_MANS_SWITCH_SECRET,
  ON_CALL_SECRET,
  PlatformSecrets,
} from "@fridayproof/components/cluster";
import { ArgoCd, ArgoRollouts, GitOps, PrometheusOperatorCrds } from "@fridayproof/components/delivery";
import { Monitoring } from "@fridayproof/components/observability";
import { Gateway } from "@fridayproof/components/traffic";
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { activeColor } from "../environments/active-color";
import { noFreezes, productionFreezes } from "../environments/freeze";
import { argoCdHost, hostOwners } from "../environments/hosts";
import { identityOf } from "../environments/identity";
import { platformSecretsChoice } from "../environments/platform-secrets";
import { standsBy } from "../environments/standby";
import { lockedChart, type LockedChart } from "../inputs/lock";
import { runbookBaseUrl, secretsPrefix } from "../inputs/conventions";
import { flagReaders } from "./feature-flags";
import type { SlotCluster, SlotContext } from "./slot-context";

/** What a slot's platform is made from, besides the slot itself. */
export interface PlatformContext extends SlotContext, SlotCluster {
  /** Provider of the slot's cluster. */
  readonly clusterProvider: kubernetes.Provider;
}

/** Namespaces whose Secrets come from Secrets Manager. */
const SECRET_NAMESPACES = ["argocd", "monitoring"];

const ADDON_CHARTS: readonly AddonChart[] = [
  "metrics-server",
  "cluster-autoscaler",
  "aws-load-balancer-controller",
  "external-secrets",
];

/** Everything below shares these; nothing outside of the slot takes part. */
interface Scope extends PlatformContext {
  readonly opts: pulumi.ComponentResourceOptions;
  /**
   * `dependsOn` of all charts: nodes and node add-ons are created before the charts and deleted after them. A finalizer
   * is removed only while its controller runs and can resolve and reach AWS. The nodes depend on their egress routes.
   */
  readonly runsOn: readonly pulumi.Resource[];
  readonly monitoringCrds: PrometheusOperatorCrds;
  readonly chart: (name: string) => LockedChart;
}

/** What others need of a slot's platform. */
export interface SlotPlatform {
  /** What puts targets into the slot's target group. */
  readonly gateway: pulumi.Resource;
  /** Namespaces of the applications, in the order of the environment's list. */
  readonly namespaces: pulumi.Output<string[]>;
}

/** Declares it all. */
export function slotPlatform(context: PlatformContext): SlotPlatform {
  const { color, environment, lock, clusterProvider, randomProvider, nodes, nodeAddons } = context;
  const opts = { providers: [context.awsProvider, clusterProvider, randomProvider] };
  const chart = (name: string) => lockedChart(lock, name);
  const { profile } = environment;
  const monitoringCrds = new PrometheusOperatorCrds(
    `${color}-monitoring-crds`,
    { chart: chart("prometheus-operator-crds"), profile },
    opts,
  );
  const runsOn = [nodes, nodeAddons];
  const scope = { ...context, opts, monitoringCrds, chart, runsOn };
  const addons = addonsOf(scope);
  const secrets = secretsOf(scope, addons);
  monitoring(scope, addons, secrets);
  const { gatewayRef, release } = gateway(scope, addons);
  const rollouts = { chart: chart("argo-rollouts"), profile, monitoringCrds, runsOn };
  new ArgoRollouts(`${color}-argo-rollouts`, rollouts, opts);
  // Before Argo CD: a pod that starts without its role has no credentials until it is started again.
  const readers = flagReaders(
    { name: color, clusterName: scope.cluster.clusterNameForPods, policies: scope.flagPolicies },
    scope,
  );
  const { applicationNamespaces } = delivery(scope, secrets, gatewayRef, readers);
  return { gateway: release, namespaces: applicationNamespaces };
}

function addonsOf(scope: Scope): Addons {
  const { color, environment, settings, versions, network, protect, tags, opts, monitoringCrds, chart } = scope;
  const charts = Object.fromEntries(ADDON_CHARTS.map((name) => [name, chart(name)]));
  return new Addons(
    `${color}-platform`,
    {
      charts: charts as Record<AddonChart, LockedChart>,
      profile: environment.profile,
      kubernetesVersion: versions.kubernetes,
      autoscalerImageTag: versions.autoscalerImage,
      ebsCsiVersion: versions.addons["aws-ebs-csi-driver"],
      clusterName: scope.clusterName,
      clusterNameForPods: scope.cluster.clusterNameForPods,
      pool: environment.systemPool,
      nodes: scope.nodes,
      nameResolution: scope.nodeAddons,
      accountId: settings.account,
      region: environment.region,
      vpcId: network.vpcId,
      targetGroupArn: scope.targetGroupArn,
      secretsPrefix: secretsPrefix(identityOf(environment)),
      volumesKeyArn: scope.keys.volumesKeyArn,
      secretNamespaces: SECRET_NAMESPACES,
      applications: environment.gitOps.applications,
      monitoringCrds,
      protect,
      tags,
    },
    opts,
  );
}

function secretsOf(scope: Scope, addons: Addons): PlatformSecrets {
  const { color, environment, opts, monitoringCrds, chart } = scope;
  return new PlatformSecrets(
    `${color}-secrets`,
    {
      ...platformSecretsChoice(environment),
      storeName: addons.secretStoreName,
      monitoringNamespace: monitoringCrds.namespaceName,
      argoCdNamespace: chart("argo-cd").namespace,
    },
    opts,
  );
}

function monitoring(scope: Scope, addons: Addons, secrets: PlatformSecrets): void {
  const { color, environment, opts, monitoringCrds, chart } = scope;
  const { onCall } = environment;
  const { onCall: secret, deadMansSwitch } = secrets;
  const { name: secretName, key: secretKey } = ON_CALL_SECRET;
  const { name, key } = DEAD_MANS_SWITCH_SECRET;
  new Monitoring(
    `${color}-monitoring`,
    {
      chart: chart("kube-prometheus-stack"),
      profile: environment.profile,
      namespace: monitoringCrds.namespaceName,
      monitoringCrds,
      runsOn: scope.runsOn,
      grafanaAdmin: secrets.grafanaAdmin,
      storageClass: addons.storageClass,
      onCall:
        onCall === undefined || secret === undefined ? undefined : { tool: onCall, secretName, secretKey, secret },
      deadMansSwitch: deadMansSwitch && { secretName: name, secretKey: key, secret: deadMansSwitch },
      queriedFrom: [chart("argo-rollouts").namespace],
      cluster: scope.clusterName,
      runbookBaseUrl: runbookBaseUrl(environment.gitOps),
      standsBy: standsBy(environment),
      deleteVolumes: scope.retiring,
      // An AMI release begins with the Kubernetes release of its kubelet.
      kubectlImage: scope.versions.kubectlImage,
    },
    opts,
  );
}

function gateway(scope: Scope, addons: Addons): Gateway {
  const { color, environment, cluster, protect, tags, opts, monitoringCrds, chart } = scope;
  const { profile, domain, region } = environment;
  const namespaces = { argoCd: chart("argo-cd").namespace, gateway: chart("istio-gateway").namespace };
  return new Gateway(
    `${color}-gateway`,
    {
      baseChart: chart("istio-base"),
      istiodChart: chart("istiod"),
      gatewayChart: chart("istio-gateway"),
      profile,
      domain,
      hosts: hostOwners(environment, namespaces),
      region,
      targetGroupArn: scope.targetGroupArn,
      loadBalancerSecurityGroupId: scope.loadBalancerSecurityGroupId,
      clusterSecurityGroupId: cluster.nodeSecurityGroupId,
      loadBalancerController: addons.loadBalancerController,
      metricsServer: addons.metricsServer,
      monitoringCrds,
      standsBy: standsBy(environment),
      runsOn: scope.runsOn,
      protect,
      tags,
    },
    opts,
  );
}

function delivery(
  scope: Scope,
  secrets: PlatformSecrets,
  gatewayRef: pulumi.Input<string>,
  readers: readonly pulumi.Resource[],
): GitOps {
  const { color, environment, opts, monitoringCrds, chart } = scope;
  const { profile, sso, gitOps } = environment;
  const { oidcSecret, notificationsSecret } = secrets;
  const argoCd = new ArgoCd(
    `${color}-argo-cd`,
    {
      chart: chart("argo-cd"),
      profile,
      host: argoCdHost(environment),
      gatewayRef,
      monitoringCrds,
      runsOn: scope.runsOn,
      ssoIssuer: sso?.issuer,
      ssoClientId: sso?.clientId,
      namespace: secrets.argoCdNamespaceName,
      oidcSecret,
      notificationsSecret,
    },
    opts,
  );
  return new GitOps(
    `${color}-git-ops`,
    {
      argoCd: argoCd.release,
      secrets: [oidcSecret, notificationsSecret],
      // Applications run on every pool with their roles: they begin after all of them, and are gone before any.
      runsOn: [...scope.pools, scope.nodeAddons, ...readers],
      argoCdNamespace: argoCd.namespaceName,
      environment: identityOf(environment),
      repositoryUrl: gitOps.repositoryUrl,
      revision: gitOps.revision,
      repositoryCredential: secrets.repositoryCredential,
      applications: gitOps.applications,
      freezes: environment.freezes === "production" ? productionFreezes : noFreezes,
      freezeOverride: environment.freezeOverride,
      runsOnce: activeColor(environment) === color,
      standby: environment.standby,
      preserveOnDeletion: !scope.retiring,
    },
    opts,
  );
}
