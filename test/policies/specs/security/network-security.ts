/** Cases of the security rules about what comes in. */
import { albTls } from "../../../../policies/security/alb-tls";
import { sgIngressClosed } from "../../../../policies/security/sg-ingress-closed";
import { balancer, but, from, listener } from "../../support/fixtures";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import type { Given } from "../../support/rule";
import { given, under, type Spec } from "../../support/spec";
import { nativeGroupCases } from "./native-groups";

const [UNKNOWN] = unknownSentinels;
const group = (name: string, ...ingress: readonly Readonly<Record<string, unknown>>[]): Given => ({
  type: "aws:ec2/securityGroup:SecurityGroup",
  name,
  props: { ingress },
});
const web = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["0.0.0.0/0"], ipv6CidrBlocks: ["::/0"] };
const ssh = { protocol: "tcp", fromPort: 22, toPort: 22 };

const prefixList = (...cidrs: readonly string[]): Given => ({
  type: "aws:ec2/managedPrefixList:ManagedPrefixList",
  name: "offices",
  props: { entries: cidrs.map((cidr) => ({ cidr })) },
});
const acl = (ingress: Readonly<Record<string, unknown>>): Given => ({
  type: "aws:ec2/networkAcl:NetworkAcl",
  name: "acl",
  props: { ingress: [ingress] },
});
const aclRule = (props: Readonly<Record<string, unknown>>): Given => ({
  type: "aws:ec2/networkAclRule:NetworkAclRule",
  name: "rule",
  props: { ...ssh, cidrBlock: "0.0.0.0/0", ...props },
});
const templateOf = (resource: object): Given => ({
  type: "aws:cloudformation/stack:Stack",
  name: "legacy",
  props: { templateBody: JSON.stringify({ Resources: { S: resource } }) },
});
const template = (ingress: Readonly<Record<string, unknown>>): Given =>
  templateOf({ Type: "AWS::EC2::SecurityGroup", Properties: { SecurityGroupIngress: [ingress] } });
const redirect: Given = {
  ...but(listener, {
    protocol: "HTTP",
    sslPolicy: undefined,
    defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", statusCode: "HTTP_301" } }],
  }),
  name: "http",
};

/** Cases of the security rules about what comes in. */
export const networkSecuritySpecs: readonly Spec[] = [
  {
    rule: sgIngressClosed,
    good: {
      "the entrance on 443": given(group("front-door-alb", web)),
      "the entrance by protocol number": given(
        group("front-door-alb", { ...web, protocol: "6", fromPort: 80, toPort: 80 }),
      ),
      "one of several entrances": under({ entrances: ["edge", "front.*"] }, group("front.door", web)),
      "one network": given(group("nodes", { ...ssh, cidrBlocks: ["10.0.0.0/16"] })),
      "a standalone rule for the entrance": given({
        type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
        name: "front-door-https",
        props: { ipProtocol: "tcp", fromPort: 80, toPort: 80, cidrIpv4: "0.0.0.0/0" },
      }),
      "how large a packet may be, at the entrance": given(
        group("front-door-alb", { protocol: "icmp", fromPort: 3, toPort: 4, cidrBlocks: ["0.0.0.0/0"] }),
        group("front-door-alb", { protocol: "icmpv6", fromPort: 2, toPort: -1, ipv6CidrBlocks: ["::/0"] }),
      ),
      "a list of one network": given(prefixList("10.0.0.0/16")),
      "a network ACL as AWS makes it, and one for answers": given(
        acl({ action: "allow", protocol: "-1", fromPort: 0, toPort: 0, cidrBlock: "0.0.0.0/0" }),
        acl({ action: "allow", protocol: "6", fromPort: 1024, toPort: 65535, cidrBlock: "0.0.0.0/0" }),
        acl({ action: "deny", protocol: "6", fromPort: 22, toPort: 22, cidrBlock: "0.0.0.0/0" }),
      ),
      "network ACLs that open no administration, or let out": given(
        ...[
          { protocol: "17", fromPort: 22, toPort: 22 },
          { protocol: "16", fromPort: 22, toPort: 22 },
          { protocol: "66", fromPort: 22, toPort: 22 },
          { protocol: "tcp", fromPort: 23, toPort: 3000 },
        ].map((entry) => acl({ action: "allow", cidrBlock: "0.0.0.0/0", ...entry })),
        acl({ ...ssh, cidrBlock: "0.0.0.0/0" }),
        aclRule({ egress: true, ruleAction: "allow" }),
        aclRule({ ruleAction: "deny" }),
      ),
      "rules that a template takes from a parameter, and a list of another kind": given(
        templateOf({ Type: "AWS::EC2::SecurityGroup", Properties: { SecurityGroupIngress: { Ref: "Rules" } } }),
        templateOf({
          Type: "Custom::Firewall",
          Properties: { SecurityGroupIngress: [{ IpProtocol: "-1", CidrIp: "0.0.0.0/0" }] },
        }),
      ),
      "a template that opens a network": given(
        template({ IpProtocol: "tcp", FromPort: 443, ToPort: 443, CidrIp: { Ref: "Office" } }),
      ),
      egress: given({
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        name: "out",
        props: { type: "egress", protocol: "-1", cidrBlocks: ["0.0.0.0/0"] },
      }),
      ...nativeGroupCases.good,
    },
    bad: {
      "SSH from the world": given(group("nodes", { ...ssh, cidrBlocks: ["0.0.0.0/0"] })),
      "every protocol": given(group("nodes", { protocol: "-1", fromPort: 0, toPort: 0, ipv6CidrBlocks: ["::/0"] })),
      "a range that holds 443": given(group("front-door-alb", { ...web, fromPort: 0, toPort: 65535 })),
      "443 by UDP": given(group("front-door-alb", { ...web, protocol: "udp" })),
      "every port of TCP": given(group("front-door-alb", { ...web, fromPort: undefined, toPort: undefined })),
      "a range that begins at 443": given(group("front-door-alb", { ...web, toPort: 8443 })),
      "another port of the entrance": given(group("front-door-alb", { ...web, fromPort: 8080, toPort: 8080 })),
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
      "443 of a group that nobody named": given(group("nodes", web)),
      "ICMP of any type": given(group("front-door-alb", { protocol: "icmp", fromPort: -1, cidrBlocks: ["0.0.0.0/0"] })),
      "most of an IPv6 registry": given(group("n", { ...ssh, ipv6CidrBlocks: ["2600::/9"] })),
      "a list that holds the world": given(prefixList("10.0.0.0/16", "0.0.0.0/0")),
      "an entry of a list": given({
        type: "aws:ec2/managedPrefixListEntry:ManagedPrefixListEntry",
        name: "e",
        props: { cidr: "::/0" },
      }),
      "SSH by a network ACL": given(
        acl({ action: "allow", protocol: "tcp", fromPort: 22, toPort: 22, cidrBlock: "0.0.0.0/0" }),
        {
          type: "aws:ec2/networkAclRule:NetworkAclRule",
          name: "rdp",
          props: { ruleAction: "allow", protocol: "6", fromPort: 3389, toPort: 3389, ipv6CidrBlock: "::/0" },
        },
      ),
      "a range that holds SSH, by a network ACL": given(
        acl({ action: "allow", protocol: "tcp", fromPort: 20, toPort: 25, cidrBlock: "0.0.0.0/0" }),
      ),
      "a template that opens the world": given(template({ IpProtocol: "-1", CidrIp: "0.0.0.0/0" }), {
        type: "aws:cloudformation/stack:Stack",
        name: "yaml",
        props: {
          templateBody:
            "Resources:\n  R:\n    Type: AWS::EC2::SecurityGroupIngress\n    Properties:\n      GroupId: !Ref G\n      CidrIpv6: ::/0\n",
        },
      }),
      "a template that is none": given({ ...template({}), props: { templateBody: "{" } }),
      "the world behind a network that a preview hides": given(
        group("n", { ...ssh, cidrBlocks: [UNKNOWN, "0.0.0.0/0"] }),
        group("m", { ...ssh, cidrBlocks: UNKNOWN, ipv6CidrBlocks: ["::/0"] }),
      ),
      "an old rule": given({
        type: "aws:ec2/securityGroupRule:SecurityGroupRule",
        name: "in",
        props: { type: "ingress", ...ssh, cidrBlocks: ["0.0.0.0/0"] },
      }),
      ...nativeGroupCases.bad,
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
      "a rule that forwards on the HTTPS listener": given(listener, {
        type: "aws:lb/listenerRule:ListenerRule",
        name: "api",
        links: { listenerArn: from(listener) },
        props: { priority: 1, actions: [{ type: "forward" }] },
      }),
      "a rule of another stack's listener": given({
        type: "aws:lb/listenerRule:ListenerRule",
        name: "api",
        props: { priority: 1, actions: [{ type: "forward" }] },
      }),
      "a load balancer that keeps ambiguous requests out": given(balancer, {
        ...but(balancer, { desyncMitigationMode: "strictest" }),
        name: "other",
      }),
      "TLS of a network load balancer": given(but(listener, { protocol: "TLS" })),
      "no web protocol": given(but(listener, { protocol: "UDP", sslPolicy: undefined })),
      "accepted by the environment": under({ policies: ["custom"] }, but(listener, { sslPolicy: "custom" })),
    },
    bad: {
      "a load balancer that lets ambiguous requests through": given(but(balancer, { desyncMitigationMode: "monitor" })),
      "an outdated policy under a protocol in small letters": given(
        but(listener, { protocol: "https", sslPolicy: "ELBSecurityPolicy-2016-08" }),
      ),
      "a rule that forwards what the listener redirects": given(redirect, {
        type: "aws:lb/listenerRule:ListenerRule",
        name: "api",
        links: { listenerArn: from(redirect) },
        props: { priority: 1, actions: [{ type: "forward" }], conditions: [{ pathPattern: { values: ["/api/*"] } }] },
      }),
      "a policy that is no name": given(but(listener, { sslPolicy: "hunter 2" })),
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
