/** A role that one service of AWS takes for this account, with a policy that AWS wrote for it. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { after } from "../aws/after";
import { policyJson, trustOfService } from "../aws/iam";

/** What a role is made from. */
export interface ServiceRoleArgs {
  readonly description: string;
  /** The service, such as `backup.amazonaws.com`. */
  readonly service: string;
  /** Account number of twelve digits: the service assumes the role for no other. */
  readonly accountId: string;
  /** ARN of AWS's own policy. */
  readonly policyArn: string;
  /** Tags of the role, beside its name. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Declares the role and its policy. @returns both the role, and its ARN that is known once it has the policy. */
export function serviceRole(name: string, args: ServiceRoleArgs, parent: pulumi.Resource) {
  const role = new aws.iam.Role(
    `${name}-role`,
    {
      description: args.description,
      assumeRolePolicy: policyJson([trustOfService(args.accountId, args.service)]),
      tags: { ...args.tags, Name: `${name}-role` },
    },
    { parent },
  );
  const policy = { role: role.name, policyArn: args.policyArn };
  const attached = new aws.iam.RolePolicyAttachment(`${name}-policy`, policy, { parent });
  return { role, arn: after(role.arn, [attached.id]) };
}
