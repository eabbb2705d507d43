/** Example of FrontDoor: production's front door, all traffic on blue. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { Vpc } from "../../../../components/network/vpc";
import { FrontDoor } from "../../../../components/traffic/front-door";

export function frontDoor(provider: aws.Provider, network: Vpc, certificateArn: pulumi.Input<string>): FrontDoor {
  const zone = aws.route53.getZoneOutput({ name: "example.com" }, { provider });
  return new FrontDoor(
    "front-door",
    {
      vpcId: network.vpcId,
      vpcCidr: network.cidr,
      publicSubnetIds: network.publicSubnetIds,
      internetGatewayId: network.internetGatewayId,
      certificateArn,
      weights: { blue: 100, green: 0 },
      accountId: "000000000000",
      region: "us-east-1",
      protect: true,
      accessLogRetentionDays: 90,
      domain: "example.com",
      zoneId: zone.zoneId,
      role: "primary",
    },
    { providers: [provider] },
  );
}
