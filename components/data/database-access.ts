/** Who reaches a database, and what opens it: its security group and its key. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { aliasedKey } from "../aws/aliased-key";
import { keyPolicy, type KeyUse } from "../aws/key-policy";
import { dataLimits } from "../core/limits/data";
import type { FilledArgs } from "./database-args";

/** Declares the group with a rule for each client. Nothing leaves: a database opens no connection. */
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

/** Secrets Manager decrypts the master's secret for its readers, in its own name. */
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
  const { identifier, accountId: account, deployRoleArn: administratorArn, protect, tags } = args;
  return aliasedKey(
    `${name}-key`,
    {
      description: `database ${identifier}`,
      policy: keyPolicy({ account, administratorArn, handsOver: true }, [secretUse(args)]),
      alias: [`alias/${identifier}`, "database"],
      protect,
      tags,
    },
    parent,
  );
}
