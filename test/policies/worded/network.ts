/** The network of AWS, and what the engine makes in order: what only the program can name. */
import { from, subnets } from "../support/fixtures";
import type { Given } from "../support/rule";
import { after, around, both, edit, less, link, more, type Worded } from "./worded";

const [, secondSubnet] = subnets;
const gateway = (name: string, subnet: Given): Given => ({
  type: "aws:ec2/natGateway:NatGateway",
  name,
  props: {},
  links: { subnetId: from(subnet) },
});
const binding = (name: string): string =>
  `urn:pulumi:test::fridayproof::kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding::${name}`;
const group = (name: string): string => `urn:pulumi:test::fridayproof::aws:lb/targetGroup:TargetGroup::${name}`;
const listener = "urn:pulumi:test::fridayproof::aws:lb/listener:Listener::https";
const weights: Given = {
  type: "aws:lb/listenerRule:ListenerRule",
  name: "weights",
  options: { protect: true },
  props: {
    conditions: [{ pathPattern: { values: ["/*"] } }],
    actions: [
      {
        type: "forward",
        forward: {
          targetGroups: [
            { arn: "arn:blue", weight: 0 },
            { arn: "arn:green", weight: 100 },
          ],
        },
      },
    ],
  },
  links: { listenerArn: [listener], actions: [group("blue"), group("green")] },
};

/** Sentences of rules about the network. */
export const networkWords: readonly Worded[] = [
  {
    rule: "weights-after-gateway",
    words: "put the weights into a ListenerRule for all paths, and let that wait for the bindings of its groups",
    reason: "output",
    in: "a default action that shares, and no rule",
    ways: [
      both(
        more(weights),
        after("ListenerRule", binding("blue-binding"), binding("green-binding")),
        edit("Listener", { port: 443, protocol: "HTTPS", sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06" }),
      ),
    ],
  },
  {
    rule: "gateway-answers",
    words: "forward to a target group, by default or by a rule of the listener",
    reason: "output",
    in: "an error for everybody by default",
    ways: [
      edit("Listener", {
        defaultActions: [
          { type: "forward", targetGroupArn: "arn:aws:elasticloadbalancing:us-east-1:1:targetgroup/w/1" },
        ],
      }),
    ],
  },
  {
    rule: "multi-az",
    words:
      "pass the ids of subnets that this stack declares in different zones, or of at least * subnets of another stack",
    reason: "output",
    in: "an Auto Scaling group in one zone",
    ways: [
      link("Group", { vpcZoneIdentifiers: from(...subnets) }),
      both(
        link("Group", { vpcZoneIdentifiers: [] }),
        edit("Group", { vpcZoneIdentifiers: ["subnet-0a", "subnet-0b"] }),
      ),
    ],
  },
  {
    rule: "nat-per-az",
    words: "add a NAT gateway per zone, or one with availabilityMode: regional",
    reason: "output",
    in: "one for two zones",
    ways: [
      more(gateway("b", secondSubnet)),
      more({ type: "aws:ec2/natGateway:NatGateway", name: "regional", props: { availabilityMode: "regional" } }),
    ],
  },
  {
    rule: "nat-per-az",
    words: "let the default route of each zone's table lead to the NAT gateway of that zone",
    reason: "output",
    in: "routes of both zones to the first gateway",
    ways: [
      link("Route private-use1-az2", {
        natGatewayId: ["urn:pulumi:test::fridayproof::aws:ec2/natGateway:NatGateway::b"],
      }),
    ],
  },
  {
    rule: "gateway-answers",
    words: "name where its requests go",
    reason: "fact",
    in: "a rule that leads nowhere",
    ways: [
      { route: [{ destination: { host: "shop" } }] },
      { redirect: { uri: "/new" } },
      { directResponse: { status: 404 } },
      { delegate: { name: "shop" } },
    ].map((target) => edit("VirtualService", { "spec.http": [{ match: [{ uri: { prefix: "/" } }], ...target }] })),
  },
  {
    rule: "sg-ingress-closed",
    words: "name the networks, or the security groups, that may come in",
    reason: "fact",
    in: "both worlds in halves",
    ways: [
      { protocol: "tcp", fromPort: 22, toPort: 22, cidrBlocks: ["203.0.113.16/28"] },
      { protocol: "tcp", fromPort: 22, toPort: 22, securityGroups: ["sg-1"] },
    ].map((entry) => edit("SecurityGroup", { ingress: [entry] })),
  },
  {
    rule: "single-owner",
    words: "declare every * as a resource of its own",
    reason: "design",
    in: "routes inside and outside of a table",
    ways: [
      both(
        edit("RouteTable", { routes: undefined }),
        more({
          type: "aws:ec2/route:Route",
          name: "internet",
          props: { destinationCidrBlock: "0.0.0.0/0", gatewayId: "igw-1" },
          links: { routeTableId: ["urn:pulumi:test::fridayproof::aws:ec2/routeTable:RouteTable::private"] },
        }),
      ),
    ],
  },
  {
    rule: "single-owner",
    words: "declare the whole object, or leave it to its owner",
    reason: "design",
    in: "a patch",
    ways: [
      (given) => ({
        ...given,
        resources: [...given.resources.map((one) => ({ ...one, type: "kubernetes:apps/v1:Deployment" })), ...around],
      }),
      less("DeploymentPatch"),
    ],
  },
];
