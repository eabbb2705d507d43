/** Changes that a platform lives through, planned: what would be touched is exactly this, and nothing that serves goes. */
import { beforeAll, describe, expect, test } from "vitest";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { foundation } from "../../stacks/account/foundation";
import type { Lock } from "../../stacks/inputs/lock";
import { prod } from "../../stacks/environments/prod";
import { Standing } from "../support/change";
import { upgraded } from "../support/upgraded-lock";
import { foundationGraph } from "../support/foundation-account";

/** A dozen versions of the whole of prod in one file. */
const MINUTES_3 = 180_000;

const lock = upgraded();
const [blue, green] = [{ kubernetes: "1.35" }, { kubernetes: "1.36" }];
const version = (changes: Partial<EnvironmentInput>) => ({ environment: { ...prod, ...changes }, lock });
/** The lock file with other chart versions. */
const withCharts = (versions: Readonly<Record<string, string>>): Lock => {
  const rows = Object.entries(lock.charts).map(([name, row]) => [
    name,
    { ...row, version: versions[name] ?? row.version },
  ]);
  return { ...lock, charts: Object.fromEntries(rows) as Lock["charts"] };
};
/** What a change of weights alone updates: the rule that counts, and the default action behind it. */
const shift = ["update aws:lb:Listener front-door-https", "update aws:lb:ListenerRule front-door-weights-rule"];
const others = (lines: readonly string[], color: string) =>
  lines.filter((line) => !line.split(" ").at(-1)?.startsWith(`${color}-`));

describe("production", () => {
  let standing: Standing;
  const plan = (changes: Partial<EnvironmentInput>) => standing.plan(version(changes));

  beforeAll(async () => {
    standing = await Standing.of(version({}));
  }, MINUTES_3);

  test("the same again changes nothing", async () => {
    expect(await plan({})).toEqual([]);
  });

  test("a look with the preview role's credentials would change nothing but the providers that take the role", async () => {
    const settings = { role: "preview" as const };
    expect(await standing.plan({ ...version({}), settings })).toEqual([
      "update pulumi:providers:aws aws",
      // A kubeconfig names the role too: the preview's own, which can take itself and no other.
      "update pulumi:providers:kubernetes blue-cluster-eks-eks-k8s",
      "update pulumi:providers:kubernetes blue-kubernetes",
    ]);
  });

  test("a tier of subnets more is made beside what is there, and changes none of it", async () => {
    const queues = { newBits: 3, netNumber: 7, egress: "none" } as const;
    expect(await plan({ tiers: { ...prod.tiers, queues } })).toEqual([
      "create aws:ec2:RouteTable network-queues-routes",
      ...prod.zones.map((zone) => `create aws:ec2:RouteTableAssociation network-queues-${zone}-routing`),
      ...prod.zones.map((zone) => `create aws:ec2:Subnet network-queues-${zone}`),
    ]);
    const jobs = { newBits: 3, netNumber: 7, egress: "nat" } as const;
    expect(await plan({ tiers: { ...prod.tiers, jobs } })).toEqual([
      ...prod.zones.map((zone) => `create aws:ec2:RouteTableAssociation network-jobs-${zone}-routing`),
      ...prod.zones.map((zone) => `create aws:ec2:Subnet network-jobs-${zone}`),
    ]);
  });

  test("a dead man's switch adds its credential and changes the monitoring alone", async () => {
    expect(await plan({ deadMansSwitch: true })).toEqual([
      "create kubernetes:external-secrets.io:ExternalSecret blue-secrets-dead-mans-switch",
      // Named by Pulumi: the new configuration is there before the old one goes.
      "replace kubernetes:core:Secret blue-monitoring-alertmanager",
      "update kubernetes:helm.sh:Release blue-monitoring-release",
    ]);
  });

  test("another deployer is let in without touching more than the endpoint", async () => {
    const settings = { deployerCidrs: ["203.0.113.10/32", "198.51.100.0/28"] };
    expect(await standing.plan({ ...version({}), settings })).toEqual([
      "update aws:eks:Cluster blue-cluster-eks-eksCluster",
    ]);
  });

  test("newer add-ons and images change those and nothing else", async () => {
    const now = lock.kubernetes["1.35"];
    if (now === undefined) throw new Error("1.35 is locked");
    const addons = { ...now.addons, coredns: { ...now.addons.coredns, version: "v1.14.3-eksbuild.1" } };
    const newer = { ...now, addons, autoscaler: { ...now.autoscaler, image: "v1.35.2" } };
    const next = { ...lock, kubernetes: { ...lock.kubernetes, "1.35": newer } };
    expect(await standing.plan({ environment: prod, lock: next })).toEqual([
      "update aws:eks:Addon blue-addons-coredns",
      "update kubernetes:helm.sh:Release blue-platform-cluster-autoscaler",
    ]);
  });

  test("newer charts, all at once, upgrade their releases in place and nothing else", async () => {
    const newer = Object.entries(lock.charts).map(([name, { version: now }]) => [name, now.replace(/^\d+/, "99")]);
    const plan = await standing.plan({ environment: prod, lock: withCharts(Object.fromEntries(newer)) });
    expect(plan).toEqual([
      "update kubernetes:helm.sh:Release blue-argo-cd-release",
      "update kubernetes:helm.sh:Release blue-argo-rollouts-release",
      "update kubernetes:helm.sh:Release blue-gateway-base",
      "update kubernetes:helm.sh:Release blue-gateway-istiod",
      "update kubernetes:helm.sh:Release blue-gateway-release",
      "update kubernetes:helm.sh:Release blue-monitoring-crds-release",
      "update kubernetes:helm.sh:Release blue-monitoring-release",
      "update kubernetes:helm.sh:Release blue-platform-aws-load-balancer-controller",
      "update kubernetes:helm.sh:Release blue-platform-cluster-autoscaler",
      "update kubernetes:helm.sh:Release blue-platform-external-secrets",
      "update kubernetes:helm.sh:Release blue-platform-metrics-server",
    ]);
  });

  test("a newer chart upgrades its release in place and nothing else, and says what is assumed of it", async () => {
    const { done, next } = await standing.change({
      environment: prod,
      lock: withCharts({ "argo-rollouts": "2.42.0" }),
    });
    expect(done).toEqual(["update kubernetes:helm.sh:Release blue-argo-rollouts-release"]);
    expect(next.graph.byName("blue-argo-rollouts-release").outputs.status).toMatchObject({
      version: "2.42.0",
      revision: 2,
    });
    expect(next.graph.diagnostics.map(({ severity, message }) => `${severity}: ${message}`)).toEqual([
      "warning: chart version 2.42.0 is assumed to bring the CRDs, services, webhooks and images of argo-rollouts " +
        "2.41.0, and to read the same values; render it, compare, and update sandbox/cloud/charts/inventory.yaml",
    ]);
  });
});

test("an environment becomes a leg of a failover pair in place: its records never stop resolving", async () => {
  const standing = await Standing.of({ environment: dev });
  expect(await standing.plan({ environment: { ...dev, role: "primary" } })).toEqual([
    "create aws:route53:HealthCheck front-door-health",
    "update aws:route53:Record front-door-apex",
    "update aws:route53:Record front-door-wildcard",
    // Argo CD's pages move to its region's name: the domain's would follow a failover.
    "update kubernetes:helm.sh:Release blue-argo-cd-release",
    "update kubernetes:networking.istio.io:Gateway blue-gateway-public",
    "update kubernetes:networking.istio.io:VirtualService blue-argo-cd-route",
  ]);
});

test("a renewed certificate is put into the listener in place", async () => {
  const withFoundation = await foundationGraph();
  const standing = await Standing.of({ environment: dev }, withFoundation.account);
  const certificates = foundation.certificates.map((row) => ({ ...row, generation: `${row.generation}0` }));
  const renewed = { ...foundation, certificates: [...foundation.certificates, ...certificates] };
  await foundationGraph({ account: withFoundation.account, snapshot: withFoundation.snapshot }, renewed);
  expect(await standing.plan({ environment: dev })).toEqual(["update aws:lb:Listener front-door-https"]);
});

describe("a Kubernetes upgrade through the second slot", () => {
  test(
    "touches nothing that serves, step by step",
    async () => {
      const first = await Standing.of(version({}));

      const added = await first.change(version({ slots: { blue, green } }));
      expect(added.done.length).toBeGreaterThan(100);
      expect(added.done.filter((line) => !/^create \S+ green-/.test(line))).toEqual([
        "create aws:vpc:SecurityGroupIngressRule database-from-green",
      ]);

      const tried = await added.next.change(version({ slots: { blue, green }, weights: { blue: 95, green: 5 } }));
      expect(tried.done).toEqual([
        "create aws:cloudwatch:MetricAlarm front-door-alarms-green-empty",
        "create aws:cloudwatch:MetricAlarm front-door-alarms-green-unhealthy",
        ...shift,
      ]);
      const more = await tried.next.plan(version({ slots: { blue, green }, weights: { blue: 80, green: 20 } }));
      expect(more).toEqual(shift);
      const back = await tried.next.plan(version({ slots: { blue, green } }));
      expect(back).toEqual(expect.arrayContaining(shift));
      expect([...others(back, "front-door")]).toEqual([]);

      const weights = { blue: 0, green: 100 };
      const shiftReason = { weights, reason: "blue's nodes cannot be patched" };
      const shifted = await tried.next.change(version({ slots: { blue, green }, weights, shiftReason }));
      expect(shifted.done).toEqual([
        "delete aws:cloudwatch:MetricAlarm front-door-alarms-blue-empty",
        "delete aws:cloudwatch:MetricAlarm front-door-alarms-blue-unhealthy",
        ...shift,
        // Migrations and CronJobs go with the greater weight: Argo CD of the other slot reads the folders of it.
        "update kubernetes:argoproj.io:ApplicationSet blue-git-ops-root",
        "update kubernetes:argoproj.io:ApplicationSet green-git-ops-root",
      ]);

      const retiring = { blue: { ...blue, retiring: true }, green };
      const released = await shifted.next.change(version({ slots: retiring, weights }));
      expect(others(released.done, "blue")).toEqual([]);
      const held = released.next.graph.resources.filter(
        ({ name, protect }) => name.startsWith("blue-") && protect === true,
      );
      expect(held).toEqual([]);

      const deleted = await released.next.change(version({ slots: { green }, weights }));
      expect(deleted.done.filter((line) => !/^delete \S+ blue-/.test(line))).toEqual([
        "delete aws:vpc:SecurityGroupIngressRule database-from-blue",
      ]);
      const left = deleted.next.graph.resources.filter(({ name }) => name.startsWith("blue-"));
      expect(left).toEqual([]);
    },
    MINUTES_3,
  );
});
