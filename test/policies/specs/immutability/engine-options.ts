/** Cases of the immutability rules about Pulumi's options, owners and drift. */
import {
  driftCheckFresh,
  ignoreChangesAllowlist,
  noDeleteFirst,
  protectCritical,
} from "../../../../policies/immutability/engine";
import { hpaOwnsReplicas, singleOwner } from "../../../../policies/immutability/owners";
import { unknownSentinels } from "../../../../policies/kit/reading/value";
import {
  autoscaler,
  balancer,
  but,
  cluster,
  deployment,
  from,
  gateway,
  nodeGroup,
  subnets,
  targetGroup,
  vpc,
} from "../../support/fixtures";
import type { Case, Given } from "../../support/rule";
import { given, object, under, type Spec } from "../../support/spec";
import { ownerCases } from "./twin-applications";

const [UNKNOWN] = unknownSentinels;
const stack: Given = { type: "pulumi:pulumi:Stack", name: "fridayproof-prod", props: {} };
const tagged = (tags: Readonly<Record<string, string>>): Case => ({
  ...given(stack),
  context: { stackTags: new Map(Object.entries(tags)) },
});
const vertical = (spec: object): Given =>
  object("autoscaling.k8s.io/v1:VerticalPodAutoscaler", "shop", {
    metadata: { name: "shop", namespace: "shop" },
    spec: { targetRef: { kind: "Deployment", name: "shop" }, ...spec },
  });
const since = "2026-01-01T00:00:00Z";
const hour = (text: string): Readonly<Record<string, string>> => ({
  "fridayproof:since": since,
  "fridayproof:last-clean": text,
});
const bucket = (props: Readonly<Record<string, unknown>>): Given => ({
  type: "aws:s3/bucket:Bucket",
  name: "b",
  props,
});
const table: Given = {
  type: "aws:ec2/routeTable:RouteTable",
  name: "private",
  props: { routes: [{ cidrBlock: "0.0.0.0/0", gatewayId: "igw-1" }] },
};
const route: Given = {
  type: "aws:ec2/route:Route",
  name: "out",
  props: { destinationCidrBlock: "10.1.0.0/16" },
  links: { routeTableId: from(table) },
};
const securityGroup: Given = { type: "aws:ec2/securityGroup:SecurityGroup", name: "web", props: { vpcId: "vpc-1" } };
const rule: Given = {
  type: "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule",
  name: "https",
  props: {},
  links: { securityGroupId: from(securityGroup) },
};
const role: Given = { type: "aws:iam/role:Role", name: "nodes", props: { assumeRolePolicy: "{}" } };
const attachment: Given = {
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  name: "a",
  props: {},
  links: { role: from(role) },
};
const rolePolicy: Given = { type: "aws:iam/rolePolicy:RolePolicy", name: "p", props: {}, links: { role: from(role) } };

/** Cases of the immutability rules about Pulumi's options, owners and drift. */
export const engineSpecs: readonly Spec[] = [
  {
    rule: ignoreChangesAllowlist,
    good: {
      "the autoscaler's field": given(nodeGroup),
      "what pulumi-eks sets": given({ ...cluster, options: { ignoreChanges: ["bootstrapSelfManagedAddons"] } }),
      "agreed by the environment": under(
        { more: [{ type: vpc.type, path: "tags.seen", reason: "an account scanner writes it" }] },
        { ...vpc, options: { ignoreChanges: ["tags.seen"] } },
      ),
    },
    bad: {
      everything: given({ ...nodeGroup, options: { ignoreChanges: ["*"] } }),
      "the whole block": given({ ...nodeGroup, options: { ignoreChanges: ["scalingConfig"] } }),
      "another type": given({ ...vpc, options: { ignoreChanges: ["scalingConfig.desiredSize"] } }),
    },
  },
  {
    rule: protectCritical,
    good: {
      protected: given(vpc, ...subnets, cluster, balancer, targetGroup, gateway),
      "a bucket and a repository that keep what they hold": given(bucket({}), {
        ...bucket({ forceDelete: false }),
        type: "aws:ecr/repository:Repository",
      }),
      "a protected bucket": given({ ...bucket({ forceDestroy: true }), options: { protect: true } }),
      "another chart": given({ ...but(gateway, { chart: "metrics-server" }), options: {} }),
      "being taken down": { ...given({ ...vpc, options: {} }), context: { teardown: true } },
      "an environment that protects nothing": under({ off: true }, { ...vpc, options: {} }),
    },
    bad: {
      VPC: given({ ...vpc, options: {} }),
      "what holds data or names": given(
        ...["route53/zone:Zone", "acm/certificate:Certificate", "rds/cluster:Cluster", "dynamodb/table:Table"].map(
          (type): Given => ({ type: `aws:${type}`, name: "data", props: {} }),
        ),
      ),
      "the address of a NAT gateway": given({ type: "aws:ec2/eip:Eip", name: "nat-a", props: { domain: "vpc" } }),
      "a bucket that goes with its content": given(bucket({ forceDestroy: true })),
      "a repository that goes with its images": given({
        ...bucket({ forceDelete: true }),
        type: "aws:ecr/repository:Repository",
      }),
      "the entrance under an old token": given({
        ...balancer,
        options: { protect: false },
        type: "aws:elasticloadbalancingv2/loadBalancer:LoadBalancer",
      }),
      "the gateway's release": given({ ...gateway, options: {} }),
      "the controller of target groups": given({
        ...but(gateway, { chart: "oci://example.com/aws-load-balancer-controller" }),
        options: {},
      }),
    },
  },
  {
    rule: noDeleteFirst,
    good: {
      "names that Pulumi chose": given(balancer, targetGroup, nodeGroup),
      "no name": given(but(targetGroup, { name: undefined })),
    },
    bad: {
      "a fixed target group": given(but(targetGroup, { name: "blue" })),
      "a fixed load balancer": given(but(balancer, { name: "web" })),
      "a fixed node group": given(but(nodeGroup, { nodeGroupName: "apps" })),
      "deleted first": given({ ...nodeGroup, options: { deleteBeforeReplace: true } }),
    },
  },
  {
    rule: singleOwner,
    good: {
      "one owner each": given(deployment, gateway, securityGroup, rule, role, attachment, rolePolicy),
      "routes of another table, and one that is read back beside an IPv6 way": given(
        { ...table, name: "public" },
        but(table, { routes: [{ cidrBlock: "", ipv6CidrBlock: "::/0", destinationPrefixListId: "pl-1" }] }),
        but(route, { destinationCidrBlock: "", destinationIpv6CidrBlock: "::/0" }),
      ),
      "routes that the provider reads back": given(but(table, { routes: [{ cidrBlock: "10.1.0.0/16" }] }), route),
      "rules inside, none outside": given(but(securityGroup, { ingress: [{ fromPort: 80 }] })),
      "rules inside, those outside are another group's": given(
        { ...but(securityGroup, { ingress: [{ fromPort: 80 }] }), name: "other" },
        securityGroup,
        rule,
      ),
      "not by force": given(but(deployment, { "metadata.annotations": { "pulumi.com/patchForce": "false" } })),
      "metadata of another kind": given({
        type: "aws:s3/bucketObject:BucketObject",
        name: "page",
        props: { metadata: { annotations: "none" } },
      }),
      "two autoscalers that count by different things": given(
        deployment,
        but(autoscaler, { "spec.metrics": [{ type: "Pods" }] }),
        vertical({}),
      ),
      "a vertical autoscaler that only advises": given(
        deployment,
        autoscaler,
        vertical({ updatePolicy: { updateMode: "Off" } }),
      ),
      "a vertical autoscaler of another workload": given(
        deployment,
        autoscaler,
        vertical({ targetRef: { kind: "Deployment", name: "other" } }),
      ),
      "a release that a preview hides": given({ ...gateway, props: UNKNOWN }),
      ...ownerCases.good,
    },
    bad: {
      "routes inside and outside of a table": given(table, route),
      "routes of which no part has the same empty way": given(
        but(table, { routes: [{ cidrBlock: "", ipv6CidrBlock: "::/0" }] }),
        but(route, { destinationIpv6CidrBlock: "" }),
      ),
      "tracked by Argo CD": given(
        but(deployment, {
          "metadata.annotations": { "argocd.argoproj.io/tracking-id": "shop:apps/Deployment:shop/shop" },
        }),
      ),
      "two autoscalers that count by CPU": given(deployment, autoscaler, vertical({})),
      "KEDA and a vertical autoscaler that count by memory": given(
        deployment,
        object("keda.sh/v1alpha1:ScaledObject", "shop", {
          metadata: { name: "shop", namespace: "shop" },
          spec: { scaleTargetRef: { name: "shop" }, minReplicaCount: 3, triggers: [{ type: "memory" }] },
        }),
        vertical({ updatePolicy: { updateMode: "Auto" } }),
      ),
      "a patch": given({ ...deployment, type: "kubernetes:apps/v1:DeploymentPatch" }),
      "by force": given(but(deployment, { "metadata.annotations": { "pulumi.com/patchForce": "true" } })),
      "rules inside and outside": given(but(securityGroup, { ingress: [{ fromPort: 80 }] }), rule),
      "policies inside and outside": given(but(role, { inlinePolicies: [{ name: "i" }] }), rolePolicy),
      "managed policies inside and outside": given(
        but(role, { managedPolicyArns: ["arn:aws:iam::aws:policy/a"] }),
        attachment,
      ),
      "rules that let out, inside and outside": given(but(securityGroup, { egress: [{ fromPort: 0 }] }), {
        ...rule,
        type: "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule",
      }),
      ...ownerCases.bad,
    },
  },
  {
    rule: hpaOwnsReplicas,
    good: {
      "the autoscaler decides": given(but(deployment, { "spec.replicas": undefined }), autoscaler),
      "no autoscaler": given(deployment),
    },
    bad: {
      both: given(deployment, autoscaler),
      "known by link": given(deployment, {
        ...but(autoscaler, { "spec.scaleTargetRef.name": "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }),
        links: { spec: from(deployment) },
      }),
    },
  },
  {
    rule: driftCheckFresh,
    good: {
      "clean tonight": tagged(hour("2026-11-21T02:00:00Z")),
      "a new stack": given(stack),
      "an hour old": tagged({ "fridayproof:since": "2026-11-21T11:00:00Z" }),
      "a replica": { ...tagged({ "fridayproof:since": since }), settings: { role: "replica" } },
      "a broken glass": tagged({ "fridayproof:since": since, "fridayproof:break-glass": "2026-11-21T18:00:00Z INC-7" }),
    },
    bad: {
      "never checked": tagged({ "fridayproof:since": since }),
      "three days ago": tagged(hour("2026-11-18T02:00:00Z")),
      tomorrow: tagged(hour("2026-11-22T02:00:00Z")),
      "no instant": tagged(hour("yesterday")),
    },
  },
];
