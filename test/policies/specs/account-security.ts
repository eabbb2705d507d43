/** Cases of the security rules about networks and permissions. */
import { iamNoWildcards } from "../../../policies/security/iam-no-wildcards";
import { albTls, flowLogs, sgIngressClosed } from "../../../policies/security/network";
import { but, from, listener, vpc } from "../support/fixtures";
import type { Given } from "../support/rule";
import { given, under, type Spec } from "../support/spec";

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
const group = (name: string, ...ingress: readonly Readonly<Record<string, unknown>>[]): Given => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  name,
  props: { ingress },
});
const web = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };
const ssh = { protocol: "tcp", fromPort: 22, toPort: 22 };

/** Cases of the security rules about networks and permissions. */
export const accountSecuritySpecs: readonly Spec[] = [
  {
    rule: flowLogs,
    good: {
      "all traffic": given(vpc, flowLog),
      "one log of several": given(vpc, flowLog, { ...but(flowLog, { trafficType: "REJECT" }), name: "refused" }),
    },
    bad: {
      none: given(vpc),
      "of another VPC": given(vpc, { ...flowLog, links: { vpcId: from({ ...vpc, name: "other" }) } }),
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
      "writes on all of a service": given(policy(allow("s3:PutObject", "arn:aws:s3:::*"))),
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
  {
    rule: sgIngressClosed,
    good: {
      "the entrance on 443": given(group("alb", web)),
      "the entrance by protocol number": given(group("alb", { ...web, protocol: "6", fromPort: 80, toPort: 80 })),
      "one of several entrances": under({ entrances: ["edge", "front.*"] }, group("front.door", web)),
      "one network": given(group("nodes", { ...ssh, cidrBlocks: ["10.0.0.0/16"] })),
      "a standalone rule for the entrance": given({
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "alb-https",
        props: { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" },
      }),
      egress: given({
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        name: "out",
        props: { type: "egress", protocol: "-1", cidrBlocks: ["0.0.0.0/0"] },
      }),
    },
    bad: {
      "SSH from the world": given(group("nodes", { ...ssh, cidrBlocks: ["0.0.0.0/0"] })),
      "every protocol": given(group("nodes", { protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] })),
      "a range that holds 443": given(group("alb", { ...web, fromPort: 0, toPort: 65535 })),
      "443 by UDP": given(group("alb", { ...web, protocol: "udp" })),
      "every port of TCP": given(group("alb", { ...web, fromPort: undefined, toPort: undefined })),
      "a range that begins at 443": given(group("alb", { ...web, toPort: 8443 })),
      "another port of the entrance": given(group("alb", { ...web, fromPort: 8080, toPort: 8080 })),
      "a dot in an entrance's name": under({ entrances: ["front.door"] }, group("front-door", web)),
      "all IPv4 by a rule": given({
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "in",
        props: { ipProtocol: "tcp", fromPort: 22, toPort: 22, cidrIpv4: "0.0.0.0/0" },
      }),
      "both worlds in halves": under(
        { widestPrefix: 1 },
        group("n", { ...ssh, cidrBlocks: ["0.0.0.0/1", "128.0.0.0/1"], ipv6CidrBlocks: ["::/1", "8000::/1"] }),
      ),
      "the world beside a network": given(group("n", { ...ssh, cidrBlocks: ["10.0.0.0/16", "0.0.0.0/0"] })),
      "443 of another group": under({ entrances: ["alb*"] }, group("nodes", web)),
      "halves in two entries": under(
        { widestPrefix: 1 },
        group("n", { ...ssh, cidrBlocks: ["0.0.0.0/1"] }, { ...ssh, cidrBlocks: ["128.0.0.0/1"] }),
      ),
      "a standalone rule": given({
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "in",
        props: { ipProtocol: "-1", cidrIpv6: "::/0" },
      }),
      "an old rule": given({
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        name: "in",
        props: { type: "ingress", ...ssh, cidrBlocks: ["0.0.0.0/0"] },
      }),
    },
  },
  {
    rule: albTls,
    good: {
      "TLS 1.2 and up": given(listener),
      "a redirect": given(
        but(listener, {
          protocol: "HTTP",
          sslPolicy: undefined,
          defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }],
        }),
      ),
      "TLS of a network load balancer": given(but(listener, { protocol: "TLS" })),
      "no web protocol": given(but(listener, { protocol: "UDP", sslPolicy: undefined })),
      "accepted by the environment": under({ policies: ["custom"] }, but(listener, { sslPolicy: "custom" })),
    },
    bad: {
      "the default policy": given(but(listener, { sslPolicy: undefined })),
      "an old policy": given(but(listener, { sslPolicy: "ELBSecurityPolicy-TLS13-1-0-2021-06" })),
      "with weak ciphers": given(but(listener, { sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06" })),
      "HTTP that serves": given(but(listener, { protocol: "HTTP" })),
      "HTTP that redirects to HTTP": given(
        but(listener, { protocol: "HTTP", defaultActions: [{ type: "redirect", redirect: { protocol: "HTTP" } }] }),
      ),
      "weak TLS of a network load balancer": given(
        but(listener, { protocol: "TLS", sslPolicy: "ELBSecurityPolicy-2016-08" }),
      ),
      "HTTP with no action": given(but(listener, { protocol: "HTTP", defaultActions: [] })),
      "HTTP that serves and redirects": given(
        but(listener, {
          protocol: "HTTP",
          defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS" } }, { type: "forward" }],
        }),
      ),
      "HTTP that forwards beside an unused redirect": given(
        but(listener, { protocol: "HTTP", defaultActions: [{ type: "forward", redirect: { protocol: "HTTPS" } }] }),
      ),
      "no protocol": given({ ...but(listener, { protocol: undefined }), type: "aws:alb/listener:Listener" }),
    },
  },
];
