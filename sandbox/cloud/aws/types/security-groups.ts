/** Security groups and their rules. */
import type { AwsType } from "./entry";

const EC2_ARN = "arn:aws:ec2:{region}:{account}";
const EC2_ERRORS = "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html";

/** AWS tells rules apart by everything but their description. */
const RULE = [
  "securityGroupId",
  "ipProtocol",
  "fromPort",
  "toPort",
  "cidrIpv4",
  "cidrIpv6",
  "prefixListId",
  "referencedSecurityGroupId",
];

const rule: AwsType = {
  source: "ec2/vpc_security_group_ingress_rule.go",
  forceNew: ["securityGroupId"],
  id: "sgr-{hash17}",
  arn: `${EC2_ARN}:security-group-rule/{id}`,
  references: { securityGroupId: "group", referencedSecurityGroupId: "group" },
  unique: {
    by: RULE,
    code: "InvalidPermission.Duplicate",
    message:
      'the specified rule "peer: {cidrIpv4}{cidrIpv6}{prefixListId}{referencedSecurityGroupId}, {ipProtocol}, from port: {fromPort}, to port: {toPort}, ALLOW" already exists',
    source: EC2_ERRORS,
  },
  outputs: { securityGroupRuleId: "{id}" },
};

/** Entries. */
export const SECURITY_GROUPS: Readonly<Record<string, AwsType>> = {
  "aws:ec2/securityGroup:SecurityGroup": {
    source: "ec2/vpc_security_group.go",
    forceNew: ["description", "name", "namePrefix", "vpcId"],
    id: "sg-{hash17}",
    arn: `${EC2_ARN}:security-group/{id}`,
    defaults: { description: "Managed by Pulumi", revokeRulesOnDelete: false },
    references: { vpcId: "vpc", "ingress.securityGroups": "group", "egress.securityGroups": "group" },
    naming: {
      max: 255,
      pattern: /^(?!sg-)[A-Za-z0-9 ._\-:/()#,@[\]+=&;{}!$*]+$/,
      code: "InvalidParameterValue",
      message:
        "Value ({name}) for parameter GroupName is invalid. Use up to {max} of its characters, and do not start it with sg-.",
      source: "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
    },
    unique: {
      by: ["vpcId", "name"],
      code: "InvalidGroup.Duplicate",
      message: "The security group '{name}' already exists for VPC '{vpcId}'",
      source: EC2_ERRORS,
    },
    outputs: { ownerId: "{account}" },
  },
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": {
    source: "ec2/vpc_default_security_group.go",
    forceNew: ["vpcId"],
    id: (made) => String(made.find("aws:ec2/vpc:Vpc", made.text("vpcId"))?.outputs.defaultSecurityGroupId ?? ""),
    arn: `${EC2_ARN}:security-group/{id}`,
    defaults: { revokeRulesOnDelete: false },
    references: { vpcId: "vpc" },
    outputs: { ownerId: "{account}", name: "default", description: "default VPC security group" },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": rule,
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    ...rule,
    source: "ec2/vpc_security_group_egress_rule.go",
  },
};
