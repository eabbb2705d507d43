/** One cluster slot's gateway: istiod, the gateway pods, and their place in the slot's target group. */
import * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ChartPin, chartRelease } from "../charts/chart-release";
import type { Profile } from "../charts/chart-values";
import { type Problem, throwProblems } from "../core/checks";
import { guardedNamespace } from "../charts/guarded-namespace";
import { trafficLimits } from "../core/limits/traffic";
import { gatewayMonitor, gatewayService, healthRoute, publicGateway, targetGroupBinding } from "./gateway-objects";
import { gatewayValues, proxyProblems, trafficValues } from "./gateway-values";
import { healthHost } from "./health-host";

/** Arguments of {@link Gateway}. */
export interface GatewayArgs {
  /** Row `istio-base` of the lock file. */
  readonly baseChart: ChartPin;
  /** Row `istiod` of the lock file. */
  readonly istiodChart: ChartPin;
  /** Row `istio-gateway` of the lock file. */
  readonly gatewayChart: ChartPin;
  /** `production`: three gateway pods and more; `dev`: one of each. */
  readonly profile: Profile;
  /** Domain of the environment, part of the health check's name. */
  readonly domain: string;
  /** Host names that the gateway takes, by the namespace whose VirtualServices may route them; no wildcards. */
  readonly hosts: Readonly<Record<string, readonly string[]>>;
  /** Region of the slot, part of the health check's name. */
  readonly region: string;
  /** Target group of the slot's colour, as FrontDoor gives it: known once the listener names it. */
  readonly targetGroupArn: pulumi.Input<string>;
  /** Security group of the load balancer. */
  readonly loadBalancerSecurityGroupId: pulumi.Input<string>;
  /** Security group of the slot's nodes and pods: the cluster's own. */
  readonly clusterSecurityGroupId: pulumi.Input<string>;
  /** The load balancer controller's release: its webhooks write the pods' readiness gates. */
  readonly loadBalancerController: pulumi.Resource;
  /** The metrics server's release: the gateway's autoscaler reads it. */
  readonly metricsServer: pulumi.Resource;
  /** What brings the PodMonitor kind; only the monitor waits for it, never the traffic. */
  readonly monitoringCrds: pulumi.Resource;
  /**
   * Proxies before the gateway whose word about scheme and client counts: the load balancer, and CloudFront where it
   * stands before that one. Too few, and applications take a proxy for the client; too many, and a client may write who it is.
   * @unit count
   * @default 1
   */
  readonly trustedProxies?: number;
  /** Whether the leg stands by: its health check returns 503, so that nothing fails over to it. @default false */
  readonly standsBy?: boolean;
  /** Nodes and name resolution that its pods need; edges only. @default none: whatever the provider waits for */
  readonly runsOn?: readonly pulumi.Resource[];
  /** Pulumi's protection on the TargetGroupBinding and the gateway's release. False only while torn down or retired. */
  readonly protect: boolean;
  /** Tags of the security group rules. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The label by which the load balancer controller's webhook finds the namespace. */
const readinessGateLabel = { "elbv2.k8s.aws/pod-readiness-gate-inject": "enabled" } as const;

function hostProblems({ hosts, gatewayChart, region, domain }: GatewayArgs): Problem[] {
  const problems: Problem[] = [];
  const health = healthHost(region, domain);
  if (hosts[gatewayChart.namespace]?.includes(health) !== true) {
    const fix = "Add it: Route 53 checks the health of the region by this name.";
    problems.push({
      path: `hosts.${gatewayChart.namespace}`,
      got: hosts[gatewayChart.namespace],
      allowed: health,
      fix,
    });
  }
  const owners = new Map<string, string>();
  for (const [owner, names] of Object.entries(hosts)) {
    for (const host of names) {
      if (host.includes("*")) {
        const fix = "Name each host: a wildcard takes every name without a route of its own.";
        problems.push({ path: `hosts.${owner}`, got: host, allowed: "no wildcard", fix });
      }
      const other = owners.get(host);
      if (other !== undefined) {
        const fix = "Give it to one of them.";
        problems.push({ path: `hosts.${owner}`, got: host, allowed: `another host, because it is ${other}'s`, fix });
      }
      owners.set(host, owner);
    }
  }
  return problems;
}

/** Raw resources of {@link Gateway}. */
export interface GatewayNodes {
  /** Istio's control plane. */
  readonly istiod: kubernetes.helm.v3.Release;
  /** The gateway's release. */
  readonly release: kubernetes.helm.v3.Release;
  /** The gateway's namespace. */
  readonly namespace: kubernetes.core.v1.Namespace;
  /** The Gateway object. */
  readonly gateway: kubernetes.apiextensions.CustomResource;
  /** The gateway's Service. */
  readonly service: kubernetes.core.v1.Service;
  /** The TargetGroupBinding. */
  readonly binding: kubernetes.apiextensions.CustomResource;
}

/**
 * The order is the point. A readiness gate is written only into pods that are created while the Service and its
 * TargetGroupBinding exist and the controller listens; a pod without one leaves before its successor takes traffic.
 * So: istiod and controller, namespace, Service, TargetGroupBinding, and the gateway's pods last.
 *
 * @example
 * ```typescript
 * const { charts } = lock;
 * new Gateway(
 *   "blue-gateway",
 *   {
 *     baseChart: charts["istio-base"],
 *     istiodChart: charts.istiod,
 *     gatewayChart: charts["istio-gateway"],
 *     profile: "production",
 *     domain: "example.com",
 *     hosts: {
 *       "istio-ingress": ["health.us-east-1.example.com"],
 *       argocd: ["argocd.example.com"],
 *       shop: ["shop.example.com", "shop.us-east-1.example.com"],
 *     },
 *     region: "us-east-1",
 *     targetGroupArn: around.door.blueTargetGroupArn,
 *     loadBalancerSecurityGroupId: around.door.securityGroupId,
 *     clusterSecurityGroupId: around.cluster.nodeSecurityGroupId,
 *     loadBalancerController: around.addons.loadBalancerController,
 *     metricsServer: around.addons.metricsServer,
 *     monitoringCrds: around.monitoringCrds,
 *     protect: true,
 *   },
 *   { providers: [provider, inside] },
 * );
 * ```
 */
export class Gateway extends pulumi.ComponentResource {
  /** Namespace of the gateway pods and the Gateway object. */
  public readonly namespaceName: pulumi.Output<string>;
  /** What a VirtualService names under `gateways`, such as `istio-ingress/public`. */
  public readonly gatewayRef: pulumi.Output<string>;
  /** Helm's name of the gateway's release, known once its pods take traffic. */
  public readonly releaseName: pulumi.Output<string>;
  /** The gateway's release: what sends traffic to this slot depends on it, and on the binding behind it. */
  public readonly release: pulumi.Resource;

  readonly #nodes: GatewayNodes;

  /** @throws ProblemsError when a host has two owners or a wildcard, the health check's is missing, or no proxy is trusted. */
  constructor(name: string, args: GatewayArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`Gateway "${name}"`, [...hostProblems(args), ...proxyProblems(args.trustedProxies)]);
    super("fridayproof:traffic:Gateway", name, {}, opts);

    const istiod = this.istiod(name, args);
    const namespace = guardedNamespace(
      `${name}-namespace`,
      { namespace: args.gatewayChart.namespace, enforce: "restricted", labels: readinessGateLabel },
      // The controller first: in between, pods of a labelled namespace would start without a gate.
      { parent: this, dependsOn: [istiod, args.loadBalancerController] },
    );
    this.namespaceName = namespace.metadata.name;
    const child = { parent: this };
    const gateway = publicGateway(`${name}-public`, this.namespaceName, args.hosts, child);
    const route = healthRoute(`${name}-health`, this.namespaceName, args, child);
    const service = gatewayService(`${name}-service`, this.namespaceName, child);
    const binding = targetGroupBinding(`${name}-binding`, service, args.targetGroupArn, {
      ...child,
      protect: args.protect,
      // Its finalizer is the controller's: gone first, the binding would stay for ever.
      dependsOn: [args.loadBalancerController],
    });
    const release = chartRelease(
      `${name}-release`,
      {
        pin: args.gatewayChart,
        namespace: this.namespaceName,
        values: gatewayValues(args.profile, args.trustedProxies),
      },
      {
        ...child,
        protect: args.protect,
        // Without Gateway object and rules the pods would be healthy and refuse every request.
        dependsOn: [istiod, args.metricsServer, gateway, route, binding, ...this.admission(name, args)],
      },
    );
    gatewayMonitor(`${name}-monitor`, this.namespaceName, { ...child, dependsOn: [args.monitoringCrds] });

    this.gatewayRef = pulumi.interpolate`${this.namespaceName}/${gateway.metadata.name}`;
    this.releaseName = release.name;
    this.release = release;
    this.#nodes = { istiod, release, namespace, gateway, service, binding };
    this.registerOutputs({
      namespaceName: this.namespaceName,
      gatewayRef: this.gatewayRef,
      releaseName: this.releaseName,
    });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): GatewayNodes {
    return this.#nodes;
  }

  /** Istio's kinds and control plane; it injects the proxy into the gateway's pods and nowhere else. */
  private istiod(name: string, args: GatewayArgs): kubernetes.helm.v3.Release {
    const namespace = guardedNamespace(
      `${name}-system-namespace`,
      { namespace: args.istiodChart.namespace, enforce: "restricted" },
      { parent: this },
    );
    const namespaceName = namespace.metadata.name;
    const base = chartRelease(
      `${name}-base`,
      { pin: args.baseChart, namespace: namespaceName, values: trafficValues("istio-base", args.profile) },
      { parent: this },
    );
    return chartRelease(
      `${name}-istiod`,
      { pin: args.istiodChart, namespace: namespaceName, values: trafficValues("istiod", args.profile) },
      { parent: this, dependsOn: [base, ...(args.runsOn ?? [])] },
    );
  }

  /** Lets the load balancer reach the gateway pods: traffic and health check, nothing else. */
  private admission(name: string, args: GatewayArgs): readonly aws.vpc.SecurityGroupIngressRule[] {
    const ports = { traffic: trafficLimits.gatewayPort.value, status: trafficLimits.gatewayHealthPort.value };
    return Object.entries(ports).map(
      ([role, port]) =>
        new aws.vpc.SecurityGroupIngressRule(
          `${name}-${role}`,
          {
            securityGroupId: args.clusterSecurityGroupId,
            referencedSecurityGroupId: args.loadBalancerSecurityGroupId,
            ipProtocol: "tcp",
            fromPort: port,
            toPort: port,
            description: `${role} of the gateway, from the load balancer`,
            tags: { ...args.tags, Name: `${name}-${role}` },
          },
          { parent: this },
        ),
    );
  }
}
