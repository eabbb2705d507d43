/** The graph that FrontDoor declares. */
import * as aws from "@pulumi/aws";
import { beforeAll, describe, expect, test } from "vitest";
import { FrontDoor } from "../../../components/traffic/front-door";
import { type Graph, graphOf } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { base, declare, packages } from "./front-door-fixture";

const typesAndNames = (graph: Graph) =>
  graph.resources
    .filter(({ type }) => type.startsWith("aws:"))
    .map(({ type, name }) => `${type} ${name}`)
    .sort();

describe("without logs and records", () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await declare();
  });

  test("consists of load balancer, listeners, both target groups and standalone rules", () => {
    expect(typesAndNames(graph)).toEqual([
      "aws:ec2/securityGroup:SecurityGroup front-door-security",
      "aws:lb/listener:Listener front-door-https",
      "aws:lb/listener:Listener front-door-redirect",
      "aws:lb/loadBalancer:LoadBalancer front-door-alb",
      "aws:lb/targetGroup:TargetGroup front-door-blue",
      "aws:lb/targetGroup:TargetGroup front-door-green",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule front-door-security-gateway",
      "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule front-door-security-health",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule front-door-security-http",
      "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule front-door-security-https",
    ]);
  });

  test("every child has the component as its parent", () => {
    const { urn } = graph.byName("front-door");
    const strays = graph.resources.filter(({ type, parent }) => type.startsWith("aws:") && parent !== urn);
    expect(strays).toEqual([]);
  });

  test("the load balancer keeps connections shorter than the gateway and refuses what could smuggle requests", () => {
    expect(graph.byName("front-door-alb").inputs).toMatchObject({
      loadBalancerType: "application",
      internal: false,
      ipAddressType: "ipv4",
      subnets: ["subnet-1", "subnet-2"],
      enableDeletionProtection: true,
      enableZonalShift: true,
      idleTimeout: 60,
      enableHttp2: true,
      dropInvalidHeaderFields: true,
      desyncMitigationMode: "defensive",
    });
  });

  test.each(["blue", "green"])("the %s target group asks the gateway's own port for its health", (color) => {
    const { inputs } = graph.byName(`front-door-${color}`);
    expect(inputs).toMatchObject({
      vpcId: "vpc-1",
      targetType: "ip",
      protocol: "HTTP",
      protocolVersion: "HTTP1",
      port: 80,
      deregistrationDelay: 30,
      slowStart: 0,
      healthCheck: {
        enabled: true,
        protocol: "HTTP",
        port: "15021",
        path: "/healthz/ready",
        matcher: "200",
        interval: 5,
        timeout: 2,
        healthyThreshold: 2,
        unhealthyThreshold: 2,
      },
    });
  });

  test("no load balancer or target group has a name that its replacement would have to wait for", () => {
    for (const name of ["front-door-alb", "front-door-blue", "front-door-green"]) {
      expect(graph.byName(name).inputs["name"], name).toBeUndefined();
    }
  });

  test("plain HTTP is sent on for good", () => {
    expect(graph.byName("front-door-redirect").inputs).toMatchObject({
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }],
    });
  });

  test("the HTTPS listener speaks TLS 1.3 and names both groups at weight 0", () => {
    const arnOf = (name: string) => graph.byName(name).outputs["arn"];
    expect(graph.byName("front-door-https").inputs).toMatchObject({
      port: 443,
      protocol: "HTTPS",
      sslPolicy: "ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09",
      certificateArn: base.certificateArn,
      defaultActions: [
        {
          type: "forward",
          forward: {
            targetGroups: [
              { arn: arnOf("front-door-blue"), weight: 100 },
              { arn: arnOf("front-door-green"), weight: 0 },
            ],
            stickiness: { enabled: false, duration: 3600 },
          },
        },
      ],
    });
  });

  test("the world reaches 80 and 443; the load balancer reaches the gateways' ports in the VPC", () => {
    const rules = ["http", "https", "gateway", "health"].map((role) => {
      const { cidrIpv4, fromPort, toPort, ipProtocol } = graph.byName(`front-door-security-${role}`).inputs;
      return { role, cidrIpv4, fromPort, toPort, ipProtocol };
    });
    expect(rules).toEqual([
      { role: "http", cidrIpv4: "0.0.0.0/0", fromPort: 80, toPort: 80, ipProtocol: "tcp" },
      { role: "https", cidrIpv4: "0.0.0.0/0", fromPort: 443, toPort: 443, ipProtocol: "tcp" },
      { role: "gateway", cidrIpv4: "10.30.0.0/16", fromPort: 80, toPort: 80, ipProtocol: "tcp" },
      { role: "health", cidrIpv4: "10.30.0.0/16", fromPort: 15021, toPort: 15021, ipProtocol: "tcp" },
    ]);
  });

  test("exactly load balancer, listeners and target groups are protected", () => {
    const guarded = graph.resources.filter(({ protect }) => protect === true).map(({ name }) => name);
    expect(guarded.sort()).toEqual([
      "front-door-alb",
      "front-door-blue",
      "front-door-green",
      "front-door-https",
      "front-door-redirect",
    ]);
  });

  test("the component's outputs are what slots and records need", () => {
    expect(Object.keys(graph.byName("front-door").outputs).sort()).toEqual([
      "blueTargetGroupArn",
      "dnsName",
      "dnsZoneId",
      "greenTargetGroupArn",
      "listenerArn",
      "loadBalancerArn",
      "securityGroupId",
    ]);
  });
});

describe("order", () => {
  test("the internet gateway exists before the load balancer, which AWS would refuse", async () => {
    const program = () => {
      const gateway = new aws.ec2.InternetGateway("way-out");
      new FrontDoor("front-door", { ...base, internetGatewayId: gateway.id });
    };
    const graph = await graphOf(program, { packages: packages() });
    expect(createdBefore(graph, "front-door-alb")).toContain("way-out");
  });

  test("a target group is handed on only once the listener names it", async () => {
    const program = () => {
      const door = new FrontDoor("front-door", base);
      new aws.ssm.Parameter("slot", { type: "String", value: door.blueTargetGroupArn });
    };
    const graph = await graphOf(program, { packages: packages() });
    expect(createdBefore(graph, "slot")).toContain("front-door-https");
  });

  test("the load balancer waits for nothing of a cluster", async () => {
    const graph = await declare({ accessLogRetentionDays: 90 });
    expect([...createdBefore(graph, "front-door-alb")].sort()).toEqual([
      "front-door-logs",
      "front-door-logs-closed",
      "front-door-logs-policy",
      "front-door-security",
    ]);
  });
});

describe("what is refused", () => {
  test("everything wrong at once, before anything is registered", async () => {
    const declared: string[] = [];
    const bad = {
      weights: { blue: 60, green: 50 },
      publicSubnetIds: ["subnet-1"],
      domain: "example.com",
    };
    const name = "front-door-of-production";
    const program = () => {
      try {
        new FrontDoor(name, { ...base, ...bad });
      } catch (error) {
        declared.push(String((error as Error).message));
      }
    };
    const graph = await graphOf(program, { packages: packages() });
    expect(declared).toEqual([
      [
        'problems in FrontDoor "front-door-of-production":',
        "  weights: got 110; allowed: weights that sum to 100; fix: Raise or lower one of the two.",
        '  name: got "front-door-of-production"; allowed: at most 18 characters: the colour and Pulumi\'s suffix come behind it; fix: Use a shorter name; this one has 24.',
        "  publicSubnetIds: got 1; allowed: 2 subnets or more, each in its own availability zone; fix: Give one public subnet per availability zone.",
        "  zoneId: got nothing; allowed: the hosted zone of domain; fix: Look the zone up and pass its id.",
      ]
        .join("\n")
        .replace(/^/, "4 "),
    ]);
    expect(graph.resources.map(({ type }) => type)).toEqual(["pulumi:pulumi:Stack"]);
  });
});
