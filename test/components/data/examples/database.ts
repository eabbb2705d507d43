/** Example of Database: production's, with an instance in two zones and a copy of each day's snapshot elsewhere. */
import type * as aws from "@pulumi/aws";
import type { Cluster } from "../../../../components/cluster/cluster";
import { Database } from "../../../../components/data/database";
import type { DatabaseArgs } from "../../../../components/data/database-args";
import type { DatabaseRoles } from "../../../../components/data/database-roles";
import type { Keys } from "../../../../components/encryption/keys";
import type { Vpc } from "../../../../components/network/vpc";

/** What the database stands on. */
type Given = { readonly network: Vpc; readonly cluster: Cluster; readonly keys: Keys; readonly roles: DatabaseRoles };

export function database(provider: aws.Provider, { network, cluster, keys, roles }: Given): Database {
  const tier = network.nodes.subnets.extra.get("data") ?? new Map<string, aws.ec2.Subnet>();
  const subnets = [...tier].map(([zoneId, { id, availabilityZone }]) => [
    zoneId,
    { subnetId: id, zoneName: availabilityZone },
  ]);
  return new Database(
    "database",
    {
      identifier: "fridayproof-prod",
      engineVersion: "17.5",
      instanceClass: "db.r6g.large",
      instances: 2,
      subnets: Object.fromEntries(subnets) as DatabaseArgs["subnets"],
      vpcId: network.vpcId,
      clients: { blue: cluster.nodeSecurityGroupId },
      recovery: "backups",
      logRetentionDays: 90,
      logsKeyArn: keys.logsKeyArn,
      accountId: "000000000000",
      deployRoleArn: "arn:aws:iam::000000000000:role/fridayproof-deploy",
      monitoringRoleArn: roles.monitoringRoleArn,
      region: "us-east-1",
      protect: true,
    },
    { providers: [provider] },
  );
}
