/** The environment's front door: load balancer, listeners and the blue and green target groups behind them. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { type Problem, throwProblems } from "../core/checks";
import { nameLimits } from "../core/limits/names";
import { trafficLimits } from "../core/limits/traffic";
import { accessLogBucket } from "./access-logs";
import { frontDoorSecurity } from "./front-door-security";
import { httpsListener, redirectListener } from "./listeners";
import { type FailoverRole, records } from "./records";
import { targetGroup } from "./target-group";
import { type PerColor, weightProblems, type Weights } from "./weights";

/** Arguments of {@link FrontDoor}. */
export interface FrontDoorArgs {
  /** VPC of the load balancer and of the pods behind it. */
  readonly vpcId: pulumi.Input<string>;
  /** The VPC's range: where the load balancer may send traffic. */
  readonly vpcCidr: pulumi.Input<string>;
  /** One public subnet per availability zone, two or more. */
  readonly publicSubnetIds: readonly pulumi.Input<string>[];
  /** The VPC's internet gateway; AWS refuses an internet-facing load balancer before it is attached. */
  readonly internetGatewayId: pulumi.Input<string>;
  /** Issued certificate of the environment's names, in this region. */
  readonly certificateArn: pulumi.Input<string>;
  /**
   * Share of `blue` and of `green` in the listener's default action, together 100. It counts only while the listener has
   * no rule for all paths: TrafficWeights makes that rule, with the same weights, once there are targets. @unit percent
   */
  readonly weights: Weights;
  /** Account that the load balancer is in. */
  readonly accountId: string;
  /** Region that the load balancer is in. */
  readonly region: string;
  /**
   * Pulumi's protection on load balancer, listeners, target groups and records, and AWS's deletion protection on
   * the load balancer. False only while the environment is torn down; the log bucket is then emptied too.
   */
  readonly protect: boolean;
  /** How long access logs are kept. @unit days @default none: no access logs and no bucket */
  readonly accessLogRetentionDays?: number;
  /** Domain whose records point here. @default none: no records */
  readonly domain?: string;
  /** Hosted zone of `domain`; needed with it. @default none */
  readonly zoneId?: pulumi.Input<string>;
  /** Leg of the failover pair that the records are. @default "none" */
  readonly role?: FailoverRole;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

const defaults = { role: "none" } as const;

function problemsOf(name: string, args: FrontDoorArgs): readonly Problem[] {
  const problems = [...weightProblems(args.weights)];
  const maxLength = nameLimits.targetGroup.value - nameLimits.pulumiSuffix.value - "-green".length;
  if (name.length > maxLength) {
    problems.push({
      path: "name",
      got: name,
      allowed: `at most ${maxLength} characters: the colour and Pulumi's suffix come behind it`,
      fix: `Use a shorter name; this one has ${name.length}.`,
    });
  }
  if (args.publicSubnetIds.length < trafficLimits.albZones.value) {
    problems.push({
      path: "publicSubnetIds",
      got: args.publicSubnetIds.length,
      allowed: `${trafficLimits.albZones.value} subnets or more, each in its own availability zone`,
      fix: "Give one public subnet per availability zone.",
    });
  }
  if (args.domain !== undefined && args.zoneId === undefined) {
    problems.push({
      path: "zoneId",
      got: undefined,
      allowed: "the hosted zone of domain",
      fix: "Look the zone up and pass its id.",
    });
  }
  return problems;
}

/** Raw resources of {@link FrontDoor}. */
export interface FrontDoorNodes {
  /** The load balancer. */
  readonly loadBalancer: aws.lb.LoadBalancer;
  /** The listener that serves. */
  readonly httpsListener: aws.lb.Listener;
  /** The listener that sends plain HTTP on. */
  readonly redirectListener: aws.lb.Listener;
  /** The target groups of blue and green. */
  readonly targetGroups: PerColor<aws.lb.TargetGroup>;
  /** The load balancer's security group. */
  readonly securityGroup: aws.ec2.SecurityGroup;
  /** The domain's records; none without a domain. */
  readonly records: readonly aws.route53.Record[];
}

/**
 * An internet-facing load balancer that sends plain HTTP on to HTTPS, and an HTTPS listener in front of two target
 * groups. Nothing in front of the applications ever has to be replaced for a release: a cluster generation is changed
 * by the weights of the listener's rule alone (TrafficWeights).
 *
 * @example
 * ```typescript
 * const zone = aws.route53.getZoneOutput({ name: "example.com" }, { provider });
 * new FrontDoor(
 *   "front-door",
 *   {
 *     vpcId: network.vpcId,
 *     vpcCidr: network.cidr,
 *     publicSubnetIds: network.publicSubnetIds,
 *     internetGatewayId: network.internetGatewayId,
 *     certificateArn,
 *     weights: { blue: 100, green: 0 },
 *     accountId: "000000000000",
 *     region: "us-east-1",
 *     protect: true,
 *     accessLogRetentionDays: 90,
 *     domain: "example.com",
 *     zoneId: zone.zoneId,
 *     role: "primary",
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class FrontDoor extends pulumi.ComponentResource {
  /** ARN of the load balancer. */
  public readonly loadBalancerArn: pulumi.Output<string>;
  /** DNS name of the load balancer. */
  public readonly dnsName: pulumi.Output<string>;
  /** Zone that AWS keeps that DNS name in, for alias records. */
  public readonly dnsZoneId: pulumi.Output<string>;
  /** ARN of the HTTPS listener. */
  public readonly listenerArn: pulumi.Output<string>;
  /** ARN of the blue target group, known once the listener names it: before, no pod would pass its readiness gate. */
  public readonly blueTargetGroupArn: pulumi.Output<string>;
  /** ARN of the green target group, known once the listener names it. */
  public readonly greenTargetGroupArn: pulumi.Output<string>;
  /** Security group of the load balancer; a slot's nodes let it in. */
  public readonly securityGroupId: pulumi.Output<string>;

  readonly #nodes: FrontDoorNodes;

  /** @throws Error listing every argument that AWS would refuse, or that would share traffic wrongly. */
  constructor(name: string, args: FrontDoorArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`FrontDoor "${name}"`, problemsOf(name, args));
    super("fridayproof:traffic:FrontDoor", name, {}, opts);

    const security = frontDoorSecurity(`${name}-security`, args, this);
    const loadBalancer = this.loadBalancer(name, args, security.id);
    const groups = {
      blue: targetGroup(`${name}-blue`, args, this),
      green: targetGroup(`${name}-green`, args, this),
    };
    const redirect = redirectListener(name, { ...args, loadBalancer }, this);
    const targetGroupArns = { blue: groups.blue.arn, green: groups.green.arn };
    const listener = httpsListener(name, { ...args, loadBalancer, targetGroupArns }, this);
    this.#nodes = {
      loadBalancer,
      httpsListener: listener,
      redirectListener: redirect,
      targetGroups: groups,
      securityGroup: security,
      records: this.records(name, args, loadBalancer),
    };
    this.loadBalancerArn = loadBalancer.arn;
    this.dnsName = loadBalancer.dnsName;
    this.dnsZoneId = loadBalancer.zoneId;
    this.listenerArn = listener.arn;
    const named = (group: aws.lb.TargetGroup) => after(group.arn, [listener.arn]);
    this.blueTargetGroupArn = named(groups.blue);
    this.greenTargetGroupArn = named(groups.green);
    this.securityGroupId = security.id;
    this.registerOutputs({
      loadBalancerArn: this.loadBalancerArn,
      dnsName: this.dnsName,
      dnsZoneId: this.dnsZoneId,
      listenerArn: this.listenerArn,
      blueTargetGroupArn: this.blueTargetGroupArn,
      greenTargetGroupArn: this.greenTargetGroupArn,
      securityGroupId: this.securityGroupId,
    });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): FrontDoorNodes {
    return this.#nodes;
  }

  private records(name: string, args: FrontDoorArgs, loadBalancer: aws.lb.LoadBalancer): readonly aws.route53.Record[] {
    const { domain, zoneId, role = defaults.role } = args;
    if (domain === undefined || zoneId === undefined) return [];
    const { dnsName: albDnsName, zoneId: albZoneId } = loadBalancer;
    return records(name, { ...args, domain, zoneId, role, albDnsName, albZoneId }, this);
  }

  private loadBalancer(name: string, args: FrontDoorArgs, securityGroupId: pulumi.Output<string>): aws.lb.LoadBalancer {
    const retentionDays = args.accessLogRetentionDays;
    const logs =
      retentionDays === undefined
        ? undefined
        : accessLogBucket(`${name}-logs`, { ...args, retentionDays, forceDestroy: !args.protect }, this);
    return new aws.lb.LoadBalancer(
      `${name}-alb`,
      {
        loadBalancerType: "application",
        internal: false,
        ipAddressType: "ipv4",
        subnets: args.publicSubnetIds.map((id) => after(id, [args.internetGatewayId])),
        securityGroups: [securityGroupId],
        enableDeletionProtection: args.protect,
        enableZonalShift: true,
        idleTimeout: trafficLimits.albIdleTimeout.value,
        enableHttp2: true,
        dropInvalidHeaderFields: true,
        desyncMitigationMode: "defensive",
        accessLogs: logs === undefined ? undefined : { bucket: logs, enabled: true },
        tags: { ...args.tags, Name: name },
      },
      { parent: this, protect: args.protect },
    );
  }
}
