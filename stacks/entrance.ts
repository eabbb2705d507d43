/** The environment's way in: certificate and zone looked up, the load balancer, and the alarms on it. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { FrontDoorAlarms } from "../components/observability/front-door-alarms";
import { FrontDoor } from "../components/traffic/front-door";
import { colours, type PerColour } from "../components/traffic/weights";
import { CERTIFICATE_TAGS, runbookBaseUrl } from "./conventions";
import type { Ground } from "./program";

/** What slots and people need to know of it. */
export interface Entrance {
  readonly dnsName: pulumi.Output<string>;
  readonly securityGroupId: pulumi.Output<string>;
  /** Known once the listener names them. */
  readonly targetGroupArns: PerColour<pulumi.Output<string>>;
}

/** Declares the front door and its alarms. */
export function entrance(ground: Ground): Entrance {
  const { environment, settings, network, protect, tags, awsProvider: provider } = ground;
  const { domain, region, weights, role, retention } = environment;
  const certificate = aws.acm.getCertificateOutput(
    { tags: CERTIFICATE_TAGS, statuses: ["ISSUED"], mostRecent: true },
    { provider },
  );
  const zone = aws.route53.getZoneOutput({ name: domain }, { provider });
  const door = new FrontDoor(
    "front-door",
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
      zoneId: zone.zoneId,
      role,
      tags,
    },
    { providers: [provider] },
  );
  const targetGroupArns = { blue: door.blueTargetGroupArn, green: door.greenTargetGroupArn };
  if (environment.onCall !== undefined) alarms(ground, door, targetGroupArns, certificate.arn);
  return { dnsName: door.dnsName, securityGroupId: door.securityGroupId, targetGroupArns };
}

/** The idle colour is empty on purpose: only a colour that takes traffic is watched. */
function alarms(
  { environment, keys, tags, awsProvider }: Ground,
  door: FrontDoor,
  targetGroupArns: PerColour<pulumi.Output<string>>,
  certificateArn: pulumi.Output<string>,
): void {
  const serving = colours.filter((colour) => environment.weights[colour] > 0);
  const topic = new aws.sns.Topic(
    "front-door-on-call",
    { kmsMasterKeyId: keys.alarmsKeyArn, tags: { ...tags, Name: "front-door-on-call" } },
    { provider: awsProvider },
  );
  new FrontDoorAlarms(
    "front-door-alarms",
    {
      loadBalancerArn: door.loadBalancerArn,
      targetGroupArns: Object.fromEntries(serving.map((colour) => [colour, targetGroupArns[colour]])),
      certificateArn,
      runbookBaseUrl: runbookBaseUrl(environment.gitOps),
      topicArn: topic.arn,
      tags,
    },
    { providers: [awsProvider] },
  );
}
