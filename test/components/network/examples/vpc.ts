/** Example of Vpc: three zones, each with its own way out, and the registry reached without it. */
import type * as aws from "@pulumi/aws";
import type { Keys } from "../../../../components/encryption/keys";
import { Vpc } from "../../../../components/network/vpc";

export function network(provider: aws.Provider, keys: Keys): Vpc {
  const zones = ["use1-az1", "use1-az2", "use1-az4"];
  return new Vpc(
    "network",
    {
      region: "us-east-1",
      cidr: "10.30.0.0/16",
      zones,
      controlPlaneZones: zones,
      tiers: { data: { newBits: 3, netNumber: 6, egress: "none" } },
      interfaceEndpoints: ["ecr.api", "ecr.dkr"],
      accountId: "000000000000",
      flowLogRetentionDays: 90,
      logsKeyArn: keys.logsKeyArn,
      protect: true,
    },
    { providers: [provider] },
  );
}
