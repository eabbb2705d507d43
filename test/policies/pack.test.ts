/** The compiled pack, started as the engine starts it and asked over gRPC. */
import { execFileSync } from "node:child_process";
import { resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { rules } from "../../policies/rules";
import { about, nextMonth } from "./support/diagnoses";
import { Pack, packFolder, type Sent, urnOf } from "./support/pack";

const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const secret = (value: unknown): unknown => ({
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value,
});
const fiveLogs = ["api", "audit", "authenticator", "controllerManager", "scheduler"];

const cluster = (properties: Readonly<Record<string, unknown>>): Sent => ({
  type: "aws:eks/cluster:Cluster",
  name: "dev",
  properties,
});

describe("the compiled pack over gRPC", () => {
  let preview: Pack;
  let real: Pack;

  beforeAll(async () => {
    execFileSync(process.execPath, [resolve(packFolder, "../tools/setup/build-policies.mjs")]);
    [preview, real] = await Promise.all([Pack.start(true), Pack.start(false)]);
  }, 60_000);
  afterAll(() => {
    preview.stop();
    real.stop();
  });

  it("offers every rule with its settings", async () => {
    const offered = await preview.policies();
    expect(offered.map((policy) => policy.getName())).toEqual([...rules.map((rule) => rule.id), "exemptions-current"]);
    for (const policy of offered.slice(0, -1)) {
      const settings = policy.getConfigschema()?.getProperties()?.toJavaScript() ?? {};
      expect(Object.keys(settings)).toEqual(expect.arrayContaining(["exemptions", "asOf"]));
    }
  });

  it("blocks an endpoint that is open by default, with resource, got, expected and fix", async () => {
    const all = await preview.analyze(cluster({ enabledClusterLogTypes: fiveLogs, vpcConfig: { subnetIds: UNKNOWN } }));
    expect(about("endpoint-not-open", all)).toEqual([
      {
        policy: "endpoint-not-open",
        level: "mandatory",
        message:
          "A public EKS API endpoint that the whole internet, or too wide a network, can reach.\n" +
          "dev (aws:eks/cluster:Cluster), vpcConfig.publicAccessCidrs: got no block, which means 0.0.0.0/0; expected named networks. " +
          "Fix: set vpcConfig.endpointPublicAccess to false and set vpcConfig.endpointPrivateAccess to true, " +
          `or set vpcConfig.publicAccessCidrs to ["203.0.113.0/28"], or the deployers' own blocks.`,
        urn: urnOf(cluster({})),
      },
    ]);
  });

  it("says of a value of no possible type the same by every rule that reads it", async () => {
    const spec = { replicas: "three", selector: { matchLabels: { app: "a" } }, template: {} };
    const sent = { type: "kubernetes:apps/v1:Deployment", name: "a", properties: { metadata: { name: "a" }, spec } };
    const all = await preview.analyzeStack([sent]);
    const reported = all.filter(({ message }) => message.includes("spec.replicas"));
    expect(new Set(reported.map(({ policy }) => policy)).size).toBeGreaterThan(1);
    expect(new Set(reported.map(({ message }) => message))).toEqual(
      new Set([
        "A value that its property cannot have.\n" +
          "a (kubernetes:apps/v1:Deployment), spec.replicas: got a text; expected a finite number. Fix: write a finite number.",
      ]),
    );
  });

  it("lowers a value that the preview hides to a notice, and blocks it if it is still hidden in a real run", async () => {
    const hidden = cluster({ enabledClusterLogTypes: fiveLogs, vpcConfig: UNKNOWN });
    const [inPreview] = about("endpoint-not-open", await preview.analyze(hidden));
    const [inRun] = about("endpoint-not-open", await real.analyze(hidden));
    expect(inPreview).toMatchObject({ policy: "endpoint-not-open", level: "advisory" });
    expect(inRun).toMatchObject({ policy: "endpoint-not-open", level: "mandatory" });
    expect(inPreview?.message).toContain("vpcConfig: got a value that is not known yet");
  });

  it("counts a document that a preview hides, and not an ARN inside of one", async () => {
    const allowing = (policy: unknown): Sent => ({
      type: "aws:iam/rolePolicy:RolePolicy",
      name: "p",
      properties: { policy },
    });
    const statement = { Effect: "Allow", Action: "s3:PutObject", Resource: [UNKNOWN] };
    const inside = await preview.analyze(allowing({ Statement: [statement] }));
    const whole = await preview.analyze(allowing(UNKNOWN));
    expect(about("iam-no-wildcards", inside)).toEqual([]);
    expect(about("iam-no-wildcards", whole)).toMatchObject([{ level: "advisory" }]);
    const action = await preview.analyze(allowing({ Statement: [{ ...statement, Action: UNKNOWN }] }));
    expect(about("iam-no-wildcards", action)).toMatchObject([{ level: "advisory" }]);
  });

  it("changes nothing unless it is asked to", async () => {
    expect(await preview.remediate(cluster({ enabledClusterLogTypes: ["api"] }))).toEqual({});
  });

  it("asked to, adds the missing logs without touching unknown or secret neighbours", async () => {
    await preview.configure({ "control-plane-logs": {} }, "REMEDIATE");
    const changed = await preview.remediate(
      cluster({ roleArn: UNKNOWN, tags: { key: secret("hush") }, enabledClusterLogTypes: ["api"] }),
    );
    expect(changed).toEqual({
      "control-plane-logs": { roleArn: UNKNOWN, tags: { key: secret("hush") }, enabledClusterLogTypes: fiveLogs },
    });
  });

  it("remediates nothing that is right, and nothing that it cannot see", async () => {
    await preview.configure({ "control-plane-logs": {} }, "REMEDIATE");
    expect(await preview.remediate(cluster({ enabledClusterLogTypes: fiveLogs }))).toEqual({});
    expect(await preview.remediate(cluster({ enabledClusterLogTypes: UNKNOWN }))).toEqual({});
    await preview.configure({});
  });

  it("asks what only the project defines: until it is told, the finding blocks nothing and says what to tell", async () => {
    const balancer: Sent = { type: "aws:lb/loadBalancer:LoadBalancer", name: "web", properties: {} };
    const [asking] = about("protect-critical", await real.analyze(balancer));
    expect(asking).toMatchObject({ level: "advisory" });
    expect(asking?.message).toContain(
      "Fix: pass protect: true in the resource's options. This blocks nothing until the policy configuration says protect-critical.off.",
    );
    await real.configure({ "protect-critical": { off: false } });
    const [told] = about("protect-critical", await real.analyze(balancer));
    expect(told).toMatchObject({ level: "mandatory" });
    expect(told?.message).toMatch(/options\.$/);
    await real.configure({});
  });

  it("judges zones by property dependencies although every id is unknown", async () => {
    const subnet = (name: string, zone: string): Sent => ({
      type: "aws:ec2/subnet:Subnet",
      name,
      properties: { id: UNKNOWN, availabilityZoneId: zone },
    });
    const group = (...subnets: readonly Sent[]): Sent => ({
      type: "aws:eks/nodeGroup:NodeGroup",
      name: `on-${subnets.map(({ name }) => name).join("-")}`,
      properties: { subnetIds: UNKNOWN },
      links: { subnetIds: subnets.map(urnOf) },
    });
    const [first, second, other] = [subnet("a", "use1-az1"), subnet("b", "use1-az1"), subnet("c", "use1-az2")] as const;
    const found = await preview.analyzeStack([first, second, other, group(first, second), group(first, other)]);
    expect(about("multi-az", found)).toEqual([
      {
        policy: "multi-az",
        level: "mandatory",
        message:
          "A cluster, node pool or load balancer whose subnets lie in fewer than two availability zones; a target group that keeps requests inside of a zone.\n" +
          "on-a-b (aws:eks/nodeGroup:NodeGroup), subnetIds: got 1 zone in 2 subnets of this stack; expected at least 2 zones. " +
          "Fix: pass the ids of subnets that this stack declares in different zones, or of at least 2 subnets of another stack.",
        urn: urnOf(group(first, second)),
      },
    ]);
  });

  it("takes links in any order for the same: the real engine lists dependencies as they come", async () => {
    const zones = ["use1-az1", "use1-az2"].map((zone) => ({
      type: "aws:ec2/subnet:Subnet",
      name: zone,
      properties: { availabilityZoneId: zone },
    }));
    const parts = ["component", "cluster"].map((name) => urnOf({ type: "aws:eks/cluster:Cluster", name }));
    const groups = zones.map((zone, index): Sent => ({
      type: "aws:eks/nodeGroup:NodeGroup",
      name: `in-${zone.name}`,
      properties: { clusterName: UNKNOWN, subnetIds: UNKNOWN, labels: { pool: "apps" } },
      links: { subnetIds: [urnOf(zone)], clusterName: index === 0 ? parts : [...parts].reverse() },
    }));
    expect(about("multi-az", await preview.analyzeStack([...zones, ...groups]))).toEqual([]);
  });

  it("takes the role of the environment and exemptions from the configuration", async () => {
    const map: Sent = {
      type: "kubernetes:core/v1:ConfigMap",
      name: "app",
      properties: { metadata: { name: "app" }, data: { "app.json": '{"queue":"arn:aws:sqs:us-east-1:1:jobs"}' } },
    };
    const facts = { role: "replica", primaryRegion: "us-east-1" };
    const resource = "kubernetes:core/v1:ConfigMap::app";
    const row = { resource, reason: "moves next week", owner: "platform", expires: nextMonth };
    expect(await preview.analyze(map)).toEqual([]);
    await preview.configure({ "replica-self-contained": facts });
    expect(await preview.analyze(map)).toMatchObject([{ policy: "replica-self-contained", level: "mandatory" }]);
    await preview.configure({ "replica-self-contained": { ...facts, exemptions: [row] } });
    expect(await preview.analyze(map)).toEqual([]);
    await preview.configure({
      "replica-self-contained": { ...facts, exemptions: [{ ...row, expires: "2020-01-01" }] },
    });
    expect(await preview.analyze(map)).toHaveLength(1);
    await preview.configure({});
  });
});

describe("what the pack takes from the stack's own configuration", () => {
  const config = (more: Readonly<Record<string, string>>): NodeJS.ProcessEnv => ({
    PULUMI_CONFIG: JSON.stringify({ "fridayproof:account": "000000000000", ...more }),
  });
  const balancer: Sent = { type: "aws:lb/loadBalancer:LoadBalancer", name: "web", properties: {} };

  it("is whether protection is lifted, so that a teardown is not refused", async () => {
    const [standing, leaving] = await Promise.all([
      Pack.start(false, config({})),
      Pack.start(false, config({ "fridayproof:teardown": "true" })),
    ]);
    try {
      expect(about("protect-critical", await standing.analyze(balancer))).toHaveLength(1);
      expect(about("protect-critical", await leaving.analyze(balancer))).toEqual([]);
      await leaving.configure({ "alb-deletion-protection": {} }, "REMEDIATE");
      expect(await leaving.remediate(balancer)).toEqual({});
    } finally {
      standing.stop();
      leaving.stop();
    }
  });

  it("is whether the account is the sandbox's: dates then count from its lock file", async () => {
    const pack = await Pack.start(false, config({}));
    const windows = [{ name: "sale", from: "2020-01-01T00:00:00Z", until: "2020-01-02T00:00:00Z" }];
    const stack: Sent = { type: "pulumi:pulumi:Stack", name: "prod", properties: {} };
    try {
      await pack.configure({ "deploy-freeze": { windows, asOf: "2020-01-01" } });
      expect(about("deploy-freeze", await pack.analyze(stack))).toMatchObject([{ level: "mandatory" }]);
      await pack.configure({ "deploy-freeze": { windows, asOf: "2020-01-03" } });
      expect(about("deploy-freeze", await pack.analyze(stack))).toEqual([]);
    } finally {
      pack.stop();
    }
  });
});
