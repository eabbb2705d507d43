/** What FrontDoor declares in front of the load balancer (records) and beside it (access logs). */
import { beforeAll, describe, expect, test } from "vitest";
import { type Graph, revealed } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { declare } from "./front-door-fixture";

describe("with logs and records", () => {
  const full = { accessLogRetentionDays: 90, domain: "example.com", zoneId: "Z0" } as const;
  let graph: Graph;
  beforeAll(async () => {
    graph = await declare({ ...full, role: "primary" });
  });

  test("the log bucket's policy exists before the load balancer, which writes to it while it is made", () => {
    expect(createdBefore(graph, "front-door-alb")).toContain("front-door-logs-policy");
    expect(graph.byName("front-door-alb").inputs["accessLogs"]).toEqual({
      bucket: graph.byName("front-door-logs").id,
      enabled: true,
    });
  });

  test("only AWS's log delivery may write, for load balancers of this account and region, and nobody without TLS", () => {
    const bucketArn = String(graph.byName("front-door-logs").outputs["arn"]);
    expect(JSON.parse(String(revealed(graph.byName("front-door-logs-policy").inputs["policy"])))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "LoadBalancerWritesLogs",
          Effect: "Allow",
          Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucketArn}/AWSLogs/000000000000/*`,
          Condition: {
            ArnLike: { "aws:SourceArn": "arn:aws:elasticloadbalancing:us-east-1:000000000000:loadbalancer/*" },
          },
        },
        {
          Sid: "NobodyWithoutTls",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: [bucketArn, `${bucketArn}/*`],
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    });
  });

  test("logs expire, and the bucket is closed and encrypted with the only keys that log delivery supports", () => {
    expect(graph.byName("front-door-logs").inputs["forceDestroy"]).toBe(false);
    expect(graph.byName("front-door-logs-lifecycle").inputs["rules"]).toEqual([
      { id: "expire", status: "Enabled", filter: { prefix: "" }, expiration: { days: 90 } },
    ]);
    expect(graph.byName("front-door-logs-closed").inputs).toMatchObject({
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    expect(graph.byName("front-door-logs-encryption").inputs["rules"]).toEqual([
      { applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } },
    ]);
  });

  test("apex and wildcard are the first leg with a health check of their own; the region's names never fail over", () => {
    const health = graph.byName("front-door-health");
    expect(health.inputs).toMatchObject({
      type: "HTTPS",
      fqdn: "health.us-east-1.example.com",
      port: 443,
      resourcePath: "/healthz",
      enableSni: true,
      requestInterval: 10,
      failureThreshold: 3,
    });
    for (const [role, host] of [
      ["apex", "example.com"],
      ["wildcard", "*.example.com"],
    ] as const) {
      expect(graph.byName(`front-door-${role}`).inputs).toMatchObject({
        zoneId: "Z0",
        name: host,
        type: "A",
        aliases: [{ name: "door.elb.example", zoneId: "ZALB", evaluateTargetHealth: false }],
        setIdentifier: "us-east-1",
        failoverRoutingPolicies: [{ type: "PRIMARY" }],
        healthCheckId: health.id,
      });
    }
    const regional = graph.byName("front-door-regional").inputs;
    expect(regional).toMatchObject({ name: "*.us-east-1.example.com", aliases: [{ evaluateTargetHealth: false }] });
    expect(regional["failoverRoutingPolicies"]).toBeUndefined();
  });

  test("records are protected too, the rest is not", () => {
    const guarded = graph.resources.filter(({ protect }) => protect === true).map(({ name }) => name);
    expect(guarded.sort()).toEqual([
      "front-door-alb",
      "front-door-apex",
      "front-door-blue",
      "front-door-green",
      "front-door-https",
      "front-door-redirect",
      "front-door-regional",
      "front-door-wildcard",
    ]);
  });

  test("a replica is the second leg", async () => {
    const replica = await declare({ ...full, role: "replica", region: "us-west-2" });
    expect(replica.byName("front-door-apex").inputs).toMatchObject({
      setIdentifier: "us-west-2",
      failoverRoutingPolicies: [{ type: "SECONDARY" }],
    });
  });

  test("an environment without a partner has plain records and no health check", async () => {
    const alone = await declare(full);
    expect(alone.ofType("aws:route53/healthCheck:HealthCheck")).toEqual([]);
    expect(alone.byName("front-door-apex").inputs["setIdentifier"]).toBeUndefined();
  });

  test("while torn down nothing is protected and the logs go with their bucket", async () => {
    const open = await declare({ ...full, protect: false });
    expect(open.resources.filter(({ protect }) => protect === true)).toEqual([]);
    expect(open.byName("front-door-alb").inputs["enableDeletionProtection"]).toBe(false);
    expect(open.byName("front-door-logs").inputs["forceDestroy"]).toBe(true);
  });
});
