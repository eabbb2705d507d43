/** Cases of the security rules about permissions and flow logs. */
import { flowLogs } from "../../../../policies/security/flow-logs";
import { iamNoWildcards } from "../../../../policies/security/iam-no-wildcards";
import { but, from, vpc } from "../../support/fixtures";
import type { Given } from "../../support/rule";
import { given, under, type Spec } from "../../support/spec";

const policy = (...statements: readonly Readonly<Record<string, unknown>>[]): Given => ({
  type: "aws:iam/policy:Policy",
  name: "p",
  props: { policy: JSON.stringify({ Version: "2012-10-17", Statement: statements }) },
});
const allow = (actions: unknown, resources: unknown = "*"): Readonly<Record<string, unknown>> => ({
  Effect: "Allow",
  Action: actions,
  Resource: resources,
});
const limited = (operator: string, key: string): Readonly<Record<string, unknown>> => ({
  ...allow("autoscaling:SetDesiredCapacity"),
  Condition: { [operator]: { [key]: "dev" } },
});
const flowLog: Given = {
  type: "aws:ec2/flowLog:FlowLog",
  name: "dev",
  props: { trafficType: "ALL" },
  links: { vpcId: from(vpc) },
};

/** Cases of the security rules about permissions and flow logs. */
export const accountSecuritySpecs: readonly Spec[] = [
  {
    rule: flowLogs,
    good: {
      "all traffic": given(vpc, flowLog),
      "accepted and refused in a log each": given(vpc, but(flowLog, { trafficType: "ACCEPT" }), {
        ...but(flowLog, { trafficType: "REJECT" }),
        name: "refused",
      }),
      "one log of several": given(vpc, flowLog, { ...but(flowLog, { trafficType: "REJECT" }), name: "refused" }),
    },
    bad: {
      none: given(vpc),
      "of another VPC": given(vpc, { ...flowLog, links: { vpcId: from({ ...vpc, name: "other" }) } }),
      "a log that does not say of what": given(vpc, but(flowLog, { trafficType: undefined })),
      "accepted traffic only": given(vpc, but(flowLog, { trafficType: "ACCEPT" })),
      "refused traffic only": given(vpc, but(flowLog, { trafficType: "REJECT" })),
    },
  },
  {
    rule: iamNoWildcards,
    good: {
      "reads on everything": given(policy(allow("ec2:Describe*"))),
      "writes on a bucket": given(policy(allow(["s3:PutObject"], ["arn:aws:s3:::logs/*"]))),
      "writes by tag": given(
        policy({
          ...allow("autoscaling:SetDesiredCapacity"),
          Condition: { StringEquals: { "aws:ResourceTag/cluster": "dev" } },
        }),
      ),
      "writes by the tag of the request": given(policy(limited("StringLike", "aws:RequestTag/cluster"))),
      "writes by source": given(policy(limited("ForAnyValue:ArnLike", "aws:SourceArn"))),
      "a wildcard within names": given(policy(allow("s3:Put*", "arn:aws:s3:::logs/*"))),
      "a denial": given(policy({ Effect: "Deny", NotAction: "iam:*", Resource: "*" })),
      "cannot be limited": under(
        { unscopable: ["elasticloadbalancing:Odd"] },
        policy(allow("elasticloadbalancing:Odd")),
      ),
      "no resource level in AWS": given(policy(allow(["cloudwatch:PutMetricData", "xray:PutTraceSegments"]))),
      "writes where the tag is there": given(
        policy({
          ...allow("ec2:AuthorizeSecurityGroupIngress"),
          Condition: { Null: { "aws:ResourceTag/cluster": "false" } },
        }),
      ),
      "a single statement": given({
        ...policy(),
        props: { policy: JSON.stringify({ Statement: allow("s3:GetObject") }) },
      }),
    },
    bad: {
      everything: given(policy(allow("*"))),
      "a whole service": given(policy(allow(["s3:*", "ec2:DescribeVpcs"], "arn:aws:s3:::logs"))),
      "everything but": given(policy({ Effect: "Allow", NotAction: "iam:*", Resource: "arn:aws:s3:::logs" })),
      "writes on everything": given(policy(allow("s3:PutObject"))),
      "a document that is no text": given({ ...policy(), props: { policy: { Statement: [allow("s3:PutObject")] } } }),
      "writes on all of a service": given(policy(allow("s3:PutObject", "arn:aws:s3:::*"))),
      "in a template": given({
        type: "aws:cloudformation/stack:Stack",
        name: "legacy",
        props: {
          templateBody: JSON.stringify({
            Resources: {
              P: { Type: "AWS::IAM::Policy", Properties: { PolicyDocument: { Statement: [allow("*")] } } },
              R: {
                Type: "AWS::IAM::Role",
                Properties: { Policies: [{ PolicyDocument: { Statement: allow("s3:PutObject") } }] },
              },
              B: { Type: "AWS::S3::Bucket", Properties: { PolicyDocument: { Statement: [allow("*")] } } },
            },
          }),
        },
      }),
      "escaped in a text": given({
        ...policy(),
        props: { policy: '{"Statement":{"Effect":"Allow","Action":"\\u002a","Resource":"*"}}' },
      }),
      "inline in a role": given({
        type: "aws:iam/role:Role",
        name: "r",
        props: { inlinePolicies: [{ name: "i", policy: JSON.stringify({ Statement: [allow("iam:*")] }) }] },
      }),
      "role policy": given({ ...policy(allow("kms:Decrypt")), type: "aws:iam/rolePolicy:RolePolicy" }),
      "all but some resources": given(
        policy({ Effect: "Allow", Action: "s3:PutObject", NotResource: "arn:aws:s3:::logs/*" }),
      ),
      "all in two stars": given(policy(allow("**", "arn:aws:s3:::logs"))),
      "a service by question mark": given(policy(allow("s3:?*", "arn:aws:s3:::logs"))),
      "everywhere in two stars": given(policy(allow("s3:PutObject", "**"))),
      "all of a service in two stars": given(policy(allow("s3:PutObject", "arn:aws:s3:us-east-1:1:**"))),
      "one resource of two is any": given(policy(allow("s3:PutObject", ["arn:aws:s3:::logs/*", "*"]))),
      "no resource": given(policy({ Effect: "Allow", Action: "s3:PutObject" })),
      "a name that begins like a read": given(policy(allow("s3:DeleteObjects:GetAll"))),
      "a condition on something else": given(policy(limited("StringEquals", "aws:RequestedRegion"))),
      "a condition that only holds if there is a tag": given(
        policy(limited("StringEqualsIfExists", "aws:ResourceTag/a")),
      ),
      "a condition that excludes": given(policy(limited("StringNotEquals", "aws:ResourceTag/a"))),
      "a key that ends like a source": given(policy(limited("ArnLike", "x-aws:SourceArn"))),
      "a key that begins like a source": given(policy(limited("ArnLike", "aws:SourceArns"))),
      "a key that holds the word": given(policy(limited("StringEquals", "MyResourceTag/a"))),
      "all in two parts": given(policy(allow("*:*", "arn:aws:s3:::logs"))),
      "a wildcard in the middle": given(policy(allow("s3:*Object"))),
      "a type of every account": given(policy(allow("kms:ScheduleKeyDeletion", "arn:aws:kms:*:*:key/*"))),
      "everything of everything": given(policy(allow("s3:PutObject", "arn:aws:s3:::*/*"))),
      "a condition that the tag is not there": given(
        policy({ ...allow("ec2:DeleteVolume"), Condition: { Null: { "aws:ResourceTag/cluster": "true" } } }),
      ),
      "no JSON": given({ ...policy(), props: { policy: "{" } }),
    },
  },
];
