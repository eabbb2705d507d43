/** The deploy role can make, change and delete what environments are made of: each resource against its documents. */
import { beforeAll, describe, expect, test } from "vitest";
import type { Statement } from "../../components/foundation/policy";
import { SANDBOX_ACCOUNT } from "../../stacks/conventions";
import { environments } from "../../stacks/environments";
import { foundationGraph } from "../support/founded";
import type { GraphResource } from "../support/graph";
import { stackGraph } from "../support/stack-graph";

/** One row per type: the calls of its life, and the ARN where the provider gives none. Reads are allowed everywhere. */
const LIVES: Readonly<Record<string, readonly [calls: string, arn?: string]>> = {
  "aws:cloudwatch/logGroup:LogGroup": ["logs:CreateLogGroup PutRetentionPolicy TagResource DeleteLogGroup"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": ["cloudwatch:PutMetricAlarm TagResource DeleteAlarms"],
  "aws:ec2/defaultSecurityGroup:DefaultSecurityGroup": [
    "ec2:RevokeSecurityGroupIngress RevokeSecurityGroupEgress CreateTags",
  ],
  "aws:ec2/eip:Eip": ["ec2:AllocateAddress DisassociateAddress ReleaseAddress CreateTags", "ec2 elastic-ip/{id}"],
  "aws:ec2/flowLog:FlowLog": ["ec2:CreateFlowLogs DeleteFlowLogs CreateTags"],
  "aws:ec2/internetGateway:InternetGateway": [
    "ec2:CreateInternetGateway AttachInternetGateway DetachInternetGateway DeleteInternetGateway CreateTags",
  ],
  "aws:ec2/launchTemplate:LaunchTemplate": [
    "ec2:CreateLaunchTemplate CreateLaunchTemplateVersion ModifyLaunchTemplate DeleteLaunchTemplate RunInstances",
  ],
  "aws:ec2/natGateway:NatGateway": ["ec2:CreateNatGateway DeleteNatGateway CreateTags", "ec2 natgateway/{id}"],
  "aws:ec2/route:Route": ["ec2:CreateRoute ReplaceRoute DeleteRoute", "ec2 route-table/{routeTableId}"],
  "aws:ec2/routeTable:RouteTable": ["ec2:CreateRouteTable DeleteRouteTable CreateTags"],
  "aws:ec2/routeTableAssociation:RouteTableAssociation": [
    "ec2:AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable",
    "ec2 route-table/{routeTableId}",
  ],
  "aws:ec2/securityGroup:SecurityGroup": ["ec2:CreateSecurityGroup DeleteSecurityGroup CreateTags DeleteTags"],
  "aws:ec2/securityGroupRule:SecurityGroupRule": [
    "ec2:AuthorizeSecurityGroupIngress AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress",
    "ec2 security-group/{securityGroupId}",
  ],
  "aws:ec2/subnet:Subnet": ["ec2:CreateSubnet ModifySubnetAttribute DeleteSubnet CreateTags"],
  "aws:ec2/vpc:Vpc": ["ec2:CreateVpc ModifyVpcAttribute DeleteVpc CreateTags"],
  "aws:ec2/vpcEndpoint:VpcEndpoint": ["ec2:CreateVpcEndpoint ModifyVpcEndpoint DeleteVpcEndpoints CreateTags"],
  "aws:eks/accessEntry:AccessEntry": [
    "eks:CreateAccessEntry UpdateAccessEntry DeleteAccessEntry TagResource",
    "eks access-entry/{clusterName}/role/x",
  ],
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation": [
    "eks:AssociateAccessPolicy DisassociateAccessPolicy",
    "eks access-entry/{clusterName}/role/x",
  ],
  "aws:eks/addon:Addon": [
    "eks:CreateAddon UpdateAddon DeleteAddon TagResource",
    "eks addon/{clusterName}/{addonName}/x",
  ],
  "aws:eks/cluster:Cluster": [
    "eks:CreateCluster UpdateClusterConfig UpdateClusterVersion DeleteCluster TagResource AccessKubernetesApi",
  ],
  "aws:eks/nodeGroup:NodeGroup": [
    "eks:CreateNodegroup UpdateNodegroupConfig UpdateNodegroupVersion DeleteNodegroup TagResource",
    "eks nodegroup/{clusterName}/x/x",
  ],
  "aws:eks/podIdentityAssociation:PodIdentityAssociation": [
    "eks:CreatePodIdentityAssociation UpdatePodIdentityAssociation DeletePodIdentityAssociation TagResource",
    "eks podidentityassociation/{clusterName}/x",
  ],
  "aws:iam/role:Role": ["iam:CreateRole UpdateAssumeRolePolicy UpdateRole DeleteRole TagRole PassRole"],
  "aws:iam/rolePolicy:RolePolicy": ["iam:PutRolePolicy DeleteRolePolicy", "iam role/{role}"],
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": ["iam:AttachRolePolicy DetachRolePolicy", "iam role/{role}"],
  "aws:kms/alias:Alias": ["kms:CreateAlias UpdateAlias DeleteAlias"],
  "aws:kms/key:Key": [
    "kms:CreateKey EnableKeyRotation PutKeyPolicy UpdateKeyDescription ScheduleKeyDeletion TagResource CreateGrant",
  ],
  "aws:lb/listener:Listener": [
    "elasticloadbalancing:CreateListener ModifyListener ModifyListenerAttributes DeleteListener AddTags",
  ],
  "aws:lb/loadBalancer:LoadBalancer": [
    "elasticloadbalancing:CreateLoadBalancer ModifyLoadBalancerAttributes SetSubnets SetSecurityGroups DeleteLoadBalancer AddTags",
  ],
  "aws:lb/targetGroup:TargetGroup": [
    "elasticloadbalancing:CreateTargetGroup ModifyTargetGroup ModifyTargetGroupAttributes DeleteTargetGroup AddTags",
  ],
  "aws:route53/healthCheck:HealthCheck": [
    "route53:CreateHealthCheck UpdateHealthCheck DeleteHealthCheck ChangeTagsForResource",
  ],
  "aws:route53/record:Record": ["route53:ChangeResourceRecordSets", "arn:aws:route53:::hostedzone/{zoneId}"],
  "aws:s3/bucket:Bucket": ["s3:CreateBucket PutBucketTagging DeleteBucket", "arn:aws:s3:::{bucket}"],
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": [
    "s3:PutLifecycleConfiguration",
    "arn:aws:s3:::{bucket}",
  ],
  "aws:s3/bucketPolicy:BucketPolicy": ["s3:PutBucketPolicy DeleteBucketPolicy", "arn:aws:s3:::{bucket}"],
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": ["s3:PutBucketPublicAccessBlock", "arn:aws:s3:::{bucket}"],
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": [
    "s3:PutEncryptionConfiguration",
    "arn:aws:s3:::{bucket}",
  ],
  "aws:sns/topic:Topic": ["sns:CreateTopic SetTopicAttributes DeleteTopic TagResource"],
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": [
    "ec2:AuthorizeSecurityGroupEgress ModifySecurityGroupRules RevokeSecurityGroupEgress CreateTags",
    "ec2 security-group/{securityGroupId}",
  ],
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": [
    "ec2:AuthorizeSecurityGroupIngress ModifySecurityGroupRules RevokeSecurityGroupIngress CreateTags",
    "ec2 security-group/{securityGroupId}",
  ],
};

const asList = (value: string | readonly string[]): readonly string[] => [value].flat();

function matches(pattern: string, text: string): boolean {
  const source = pattern.replace(/[.+^${}()|[\]\\]/g, "\\$&").replace(/\*/g, ".*");
  return new RegExp(`^${source}$`).test(text);
}

function arnOf(resource: GraphResource, template: string | undefined): string {
  if (template === undefined) return String(resource.outputs.arn);
  const values: Record<string, unknown> = { ...resource.inputs, id: resource.id };
  const filled = template.replace(/\{(\w+)\}/g, (_, key: string) => String(values[key]));
  if (filled.startsWith("arn:")) return filled;
  const [service = "", rest = ""] = filled.split(" ");
  return `arn:aws:${service}:${service === "iam" ? "" : "us-east-1"}:${SANDBOX_ACCOUNT}:${rest}`;
}

/** What a request carries, for the condition keys that the documents use. */
function contextOf({ inputs }: GraphResource): Record<string, unknown> {
  const tags = { ...(inputs.tags as Record<string, string> | undefined) };
  const tagged = Object.entries(tags).flatMap(([key, value]) => [
    [`aws:RequestTag/${key}`, value],
    [`aws:ResourceTag/${key}`, value],
  ]);
  return {
    ...Object.fromEntries(tagged),
    "aws:ResourceAccount": SANDBOX_ACCOUNT,
    "iam:PolicyARN": inputs.policyArn,
    "kms:GrantIsForAWSResource": "true",
    "iam:PassedToService": /"Service":"?\[?"?([a-z0-9.-]+)/.exec(String(inputs.assumeRolePolicy))?.[1],
  };
}

function allows(statement: Statement, action: string, arn: string, context: Record<string, unknown>): boolean {
  const conditions = Object.values(statement.Condition ?? {}).flatMap((block) => Object.entries(block));
  return (
    statement.Effect === "Allow" &&
    statement.Action.some((pattern) => matches(pattern, action)) &&
    asList(statement.Resource).some((pattern) => matches(pattern, arn)) &&
    conditions.every(([key, values]) => asList(values).includes(String(context[key])))
  );
}

async function documents(): Promise<Statement[]> {
  const { resources } = await foundationGraph();
  return resources
    .filter(({ type, name }) => type === "aws:iam/policy:Policy" && name.startsWith("roles-deploy-"))
    .flatMap(({ inputs }) => (JSON.parse(String(inputs.policy)) as { Statement: Statement[] }).Statement);
}

describe("the deploy role", () => {
  let all: readonly Statement[];

  // Before the tests, not beside them: two programs at once would register with one engine.
  beforeAll(async () => {
    all = await documents();
  });

  test.each(environments.map(({ name }) => name))("may do all that %s takes", async (stack) => {
    const { resources } = await stackGraph(stack);
    const own = resources.filter(({ type }) => type.startsWith("aws:"));
    expect([...new Set(own.map(({ type }) => type))].filter((type) => LIVES[type] === undefined)).toEqual([]);
    const refused = own.flatMap((resource) => {
      const [calls = "", template] = LIVES[resource.type] ?? [];
      const [service = "", names = ""] = calls.split(":");
      const arn = arnOf(resource, template);
      const context = contextOf(resource);
      const actions = names.split(" ").map((name) => `${service}:${name}`);
      return actions
        .filter((action) => !all.some((statement) => allows(statement, action, arn, context)))
        .map((action) => `${action} on ${resource.name} (${arn})`);
    });
    expect(refused).toEqual([]);
  });

  test("may not touch what the foundation made, nor a role or key of anybody else", async () => {
    const account = SANDBOX_ACCOUNT;
    const attempts: readonly (readonly [action: string, arn: string])[] = [
      ["iam:PutRolePolicy", `arn:aws:iam::${account}:role/fridayproof-deploy`],
      ["iam:UpdateAssumeRolePolicy", `arn:aws:iam::${account}:role/fridayproof-preview`],
      ["iam:CreatePolicyVersion", `arn:aws:iam::${account}:policy/fridayproof-deploy-roles`],
      ["iam:DeleteOpenIDConnectProvider", `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`],
      ["kms:ScheduleKeyDeletion", `arn:aws:kms:us-east-1:${account}:key/mrk-1`],
      ["s3:DeleteBucket", `arn:aws:s3:::fridayproof-state-${account}-us-east-1`],
      ["s3:PutBucketPolicy", `arn:aws:s3:::fridayproof-trail-${account}`],
      ["cloudtrail:StopLogging", `arn:aws:cloudtrail:us-east-1:${account}:trail/fridayproof`],
      ["acm:DeleteCertificate", `arn:aws:acm:us-east-1:${account}:certificate/1`],
      ["ecr:DeleteRepository", `arn:aws:ecr:us-east-1:${account}:repository/fridayproof/apps/sample`],
      ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:us-east-1:${account}:secret:any`],
    ];
    const context = { "aws:ResourceAccount": account };
    expect(attempts.filter(([action, arn]) => all.some((each) => allows(each, action, arn, context)))).toEqual([]);
    const stays = all.find(({ Sid }) => Sid === "StateKeyStays");
    expect(stays).toMatchObject({
      Effect: "Deny",
      Resource: "*",
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/fridayproof-state" } },
    });
  });
});
