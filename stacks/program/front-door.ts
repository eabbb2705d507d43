/** The environment's front door: certificate and zone looked up, the load balancer, its weights, and the alarms on it. */
import { after } from "@fridayproof/components/aws";
import { FrontDoorAlarms } from "@fridayproof/components/observability";
import { type Color, colors, type PerColor, type Weights } from "@fridayproof/components/plan";
import { FrontDoor, TrafficWeights } from "@fridayproof/components/traffic";
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { CERTIFICATE_TAGS, FRONT_DOOR, runbookBaseUrl } from "../inputs/conventions";
import { standsBy } from "../environments/standby";
import type { EnvironmentContext } from "./context";
import { onCallTopic } from "./on-call-topic";

/** What slots and people need of it. */
export interface EnvironmentFrontDoor {
  readonly frontDoor: FrontDoor;
  readonly certificateArn: pulumi.Output<string>;
  readonly dnsName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** Known once the listener names them. */
  readonly targetGroupArns: PerColor<pulumi.Output<string>>;
}

/** Declares the front door. It gets no traffic yet: {@link routeTraffic} does that, once there are slots. */
export function declareFrontDoor(context: EnvironmentContext): EnvironmentFrontDoor {
  const { environment, settings, network, protect, tags, awsProvider: provider } = context;
  const { domain, region, weights, role, retention } = environment;
  const certificate = aws.acm.getCertificateOutput(
    { tags: CERTIFICATE_TAGS, statuses: ["ISSUED"], mostRecent: true },
    { provider },
  );
  const zoneId = environment.zoneId ?? aws.route53.getZoneOutput({ name: domain }, { provider }).zoneId;
  const frontDoor = new FrontDoor(
    FRONT_DOOR,
    {
      vpcId: network.vpcId,
      vpcCidr: network.cidr,
      publicSubnetIds: network.publicSubnetIds,
      internetGatewayId: network.internetGatewayId,
      certificateArn: certificate.arn,
      weights,
      accountId: settings.account,
      region,
      protect,
      accessLogRetentionDays: retention.accessLogDays,
      domain,
      zoneId,
      role,
      tags,
    },
    { providers: [provider] },
  );
  const targetGroupArns = { blue: frontDoor.blueTargetGroupArn, green: frontDoor.greenTargetGroupArn };
  const { dnsName, securityGroupId } = frontDoor;
  return { frontDoor: frontDoor, certificateArn: certificate.arn, dnsName, securityGroupId, targetGroupArns };
}

/**
 * Declares the weights, after the gateways of the slots that they send traffic to, and the alarms on those.
 * @returns the weights, known once the listener's rule carries them.
 */
export function routeTraffic(
  context: EnvironmentContext,
  environmentFrontDoor: EnvironmentFrontDoor,
  gateways: Partial<PerColor<pulumi.Resource>>,
): pulumi.Output<Weights> {
  const { environment, protect, tags, awsProvider } = context;
  const { frontDoor, targetGroupArns } = environmentFrontDoor;
  const rule = new TrafficWeights(
    "front-door-weights",
    {
      listenerArn: frontDoor.listenerArn,
      blueTargetGroupArn: targetGroupArns.blue,
      greenTargetGroupArn: targetGroupArns.green,
      weights: environment.weights,
      gateways,
      protect,
      tags,
    },
    { providers: [awsProvider] },
  );
  if (environment.onCall !== undefined) alarms(context, environmentFrontDoor, rule);
  return rule.weights;
}

/**
 * The idle colour is empty on purpose: only a colour that takes traffic is watched, and a new one only when the rule
 * sends traffic to it, or its alarm would page while the slot is built.
 */
function alarms(
  context: EnvironmentContext,
  { frontDoor, targetGroupArns, certificateArn }: EnvironmentFrontDoor,
  rule: TrafficWeights,
): void {
  const { environment, tags, awsProvider } = context;
  const serving = colors.filter((color) => environment.weights[color] > 0);
  const watched = (color: Color) => after(targetGroupArns[color], [rule.weights]);
  const topic = onCallTopic(FRONT_DOOR, context);
  new FrontDoorAlarms(
    "front-door-alarms",
    {
      loadBalancerArn: frontDoor.loadBalancerArn,
      targetGroupArns: Object.fromEntries(serving.map((color) => [color, watched(color)])),
      certificateArn,
      runbookBaseUrl: runbookBaseUrl(environment.gitOps),
      topicArn: topic.arn,
      actionsDisabled: standsBy(environment),
      tags,
    },
    { providers: [awsProvider] },
  );
}
