/** Who reaches a database, and what opens it: its security group, its key, and the role that watches it. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { keyPolicy, type KeyUse } from "../aws/key-policy";
import { clusterLimits } from "../core/limits/cluster";
import { dataLimits } from "../core/limits/data";
import { physicalName } from "../core/names";
import type { FilledArgs } from "./database-args";
import { serviceRole } from "./service-role";

/** Declares the group with a rule for each client. Nothing leaves: a database answers, and opens no connection. */
export function databaseSecurity(name: string, args: FilledArgs, parent: pulumi.Resource): aws.ec2.SecurityGroup {
  const group = new aws.ec2.SecurityGroup(
    `${name}-access`,
    { vpcId: args.vpcId, description: "Database of the nodes", tags: { ...args.tags, Name: `${name}-access` } },
    { parent },
  );
  for (const [client, referencedSecurityGroupId] of Object.entries(args.clients))
    new aws.vpc.SecurityGroupIngressRule(
      `${name}-from-${client}`,
      {
        securityGroupId: group.id,
        referencedSecurityGroupId,
        ipProtocol: "tcp",
        fromPort: dataLimits.port.value,
        toPort: dataLimits.port.value,
        description: `PostgreSQL from ${client}`,
      },
      { parent },
    );
  return group;
}

/** Secrets Manager opens the master's secret for whoever reads it, in its own name. */
function secretUse({ deployRoleArn, region }: FilledArgs): KeyUse {
  return {
    Sid: "MasterSecret",
    Principal: { AWS: deployRoleArn },
    Action: ["kms:Decrypt", "kms:GenerateDataKey"],
    Condition: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
  };
}

/** Declares the key of storage, insights and master secret. Another key later is another database: RDS replaces the cluster. */
export function databaseKey(name: string, args: FilledArgs, parent: pulumi.Resource): aws.kms.Key {
  const { accountId: account, deployRoleArn: administratorArn } = args;
  const key = new aws.kms.Key(
    `${name}-key`,
    {
      description: `database ${args.identifier}`,
      enableKeyRotation: true,
      rotationPeriodInDays: clusterLimits.kmsRotation.value,
      deletionWindowInDays: clusterLimits.kmsDeletionWindow.value,
      policy: keyPolicy({ account, administratorArn, handsOver: true }, [secretUse(args)]),
      tags: { ...args.tags, Name: `${name}-key` },
    },
    { parent, protect: args.protect },
  );
  new aws.kms.Alias(
    `${name}-key-alias`,
    { name: physicalName("kmsAlias", [`alias/${args.identifier}`, "database"]), targetKeyId: key.keyId },
    { parent },
  );
  return key;
}

/** AWS's own policy for enhanced monitoring: a stream of each instance's operating system. */
const MONITORING = "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole";

/** Declares the role by which RDS writes what the operating system of each instance does. */
export function monitoringRole(name: string, args: FilledArgs, parent: pulumi.Resource): pulumi.Output<string> {
  const { identifier, accountId, tags } = args;
  const description = `Writes what the instances of ${identifier} do`;
  const service = "monitoring.rds.amazonaws.com";
  const role = { description, service, accountId, policyArn: MONITORING, tags };
  return serviceRole(`${name}-monitoring`, role, parent).arn;
}
