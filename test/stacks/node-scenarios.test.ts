/** Changes of nodes, planned: none replaces a node group, and none takes a node away. */
import { beforeAll, describe, expect, test } from "vitest";
import { nameOf } from "../../sandbox/property/urn";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { prod } from "../../stacks/environments/prod";
import { Standing } from "../support/change";
import { upgraded } from "../support/upgraded-lock";

/** A dozen versions of the whole of prod in one file. */
const MINUTES_3 = 180_000;

const lock = upgraded();
const version = (changes: Partial<EnvironmentInput>) => ({ environment: { ...prod, ...changes }, lock });
/** The node groups of a pool of prod's blue slot. */
const groupsOf = (pool: string): string[] => prod.zones.map((zone) => `blue-${pool}-${zone}-nodes`);

describe("production", () => {
  let standing: Standing;
  const plan = (changes: Partial<EnvironmentInput>) => standing.plan(version(changes));

  beforeAll(async () => {
    standing = await Standing.of(version({}));
  }, MINUTES_3);

  test("another node type rolls one pool in place", async () => {
    const { apps, system } = prod.pools;
    if (apps === undefined || system === undefined) throw new Error("prod has two pools");
    expect(await plan({ pools: { apps: { ...apps, instanceType: "m6i.xlarge" }, system } })).toEqual([
      "update aws:ec2:LaunchTemplate blue-apps-template",
      ...groupsOf("apps").map((group) => `update aws:eks:NodeGroup ${group}`),
    ]);
  });

  test("another node type and size in one edit: the type rolls, the size waits for the next update", async () => {
    const { apps, system } = prod.pools;
    if (apps === undefined || system === undefined) throw new Error("prod has two pools");
    const pools = { apps: { ...apps, instanceType: "m6i.xlarge", size: { min: 6, desired: 7, max: 12 } }, system };
    const sizesOf = ({ graph }: Standing) =>
      groupsOf("apps").map((name) => graph.byName(name).inputs["scalingConfig"] as { minSize: number });
    const rolled = await standing.change(version({ pools }));
    expect(rolled.done).toEqual([
      "update aws:ec2:LaunchTemplate blue-apps-template",
      ...groupsOf("apps").map((group) => `update aws:eks:NodeGroup ${group}`),
    ]);
    expect(sizesOf(rolled.next)).toEqual(sizesOf(standing));
    expect(rolled.next.graph.diagnostics.map(({ message }) => message).join("\n")).toContain(
      "gets other nodes in this update and its other size in the next",
    );
    const sized = await rolled.next.change(version({ pools }));
    expect(sized.done).toEqual(groupsOf("apps").map((group) => `update aws:eks:NodeGroup ${group}`));
    expect(sizesOf(sized.next).map(({ minSize }) => minSize)).toEqual([2, 2, 2]);
  });

  test("another AMI release rolls both pools in place", async () => {
    const now = lock.kubernetes["1.35"];
    if (now === undefined) throw new Error("1.35 is locked");
    const next = { ...now, ami: { ...now.ami, release: "1.35.9-20261101" } };
    const plan = await standing.plan({
      environment: prod,
      lock: { ...lock, kubernetes: { ...lock.kubernetes, "1.35": next } },
    });
    expect(plan).toEqual(
      [...groupsOf("apps"), ...groupsOf("system")].map((group) => `update aws:eks:NodeGroup ${group}`),
    );
  });

  test("another pool size changes the bounds and takes no node away", async () => {
    const { apps, system } = prod.pools;
    if (apps === undefined || system === undefined) throw new Error("prod has two pools");
    const account = standing.graph.account;
    const group = account.all("aws:eks/nodeGroup:NodeGroup").find(({ id }) => id.includes("blue-apps-use1-az1"));
    if (group === undefined) throw new Error("prod has a node group in use1-az1");
    // The autoscaler has added two nodes since.
    account.put({ ...group, outputs: { ...group.outputs, scalingConfig: { minSize: 1, desiredSize: 4, maxSize: 4 } } });
    const pools = { apps: { ...apps, size: { min: 6, desired: 7, max: 9 } }, system };
    const { graph } = await standing.foresee(version({ pools }));
    const steps = graph.steps.map(({ op, urn }) => `${op} ${nameOf(urn)}`).sort();
    expect(steps).toEqual(groupsOf("apps").map((name) => `update ${name}`));
    expect(groupsOf("apps").map((name) => graph.byName(name).inputs["scalingConfig"])).toEqual([
      // What runs stays, above the zone's part: the next run lowers the bound once the autoscaler has moved.
      { minSize: 2, desiredSize: 4, maxSize: 4 },
      { minSize: 2, desiredSize: 2, maxSize: 3 },
      { minSize: 2, desiredSize: 2, maxSize: 3 },
    ]);
    account.put(group);
  });

  test("a zone more adds subnets, a way out and node groups; the others and the control plane keep their zones", async () => {
    const lines = await plan({ zones: [...prod.zones, "use1-az6"] });
    expect(lines.filter((line) => !line.startsWith("update aws:ec2:VpcEndpoint"))).toEqual([
      "create aws:ec2:Eip network-nat-use1-az6-address",
      "create aws:ec2:NatGateway network-nat-use1-az6",
      "create aws:ec2:Route network-private-use1-az6-out",
      "create aws:ec2:RouteTable network-private-use1-az6-routes",
      "create aws:ec2:RouteTableAssociation network-data-use1-az6-routing",
      "create aws:ec2:RouteTableAssociation network-private-use1-az6-routing",
      "create aws:ec2:RouteTableAssociation network-public-use1-az6-routing",
      "create aws:ec2:Subnet network-data-use1-az6",
      "create aws:ec2:Subnet network-private-use1-az6",
      "create aws:ec2:Subnet network-public-use1-az6",
      "create aws:eks:NodeGroup blue-apps-use1-az6-nodes",
      "create aws:eks:NodeGroup blue-system-use1-az6-nodes",
      // A quarter instead of a third of the pool, where that is less, and no less than what runs.
      "update aws:eks:NodeGroup blue-apps-use1-az1-nodes",
      "update aws:eks:NodeGroup blue-apps-use1-az4-nodes",
      "update aws:eks:NodeGroup blue-system-use1-az4-nodes",
      "update aws:lb:LoadBalancer front-door-alb",
      "update aws:rds:SubnetGroup database-subnets",
    ]);
  });

  test("a group of no node in the fourth zone keeps what the autoscaler gives it, and is not counted as missing", async () => {
    const zones = [...prod.zones, "use1-az6"];
    const { next } = await standing.change(version({ zones }));
    const empty = next.graph.byName("blue-system-use1-az6-nodes");
    expect(empty.inputs["scalingConfig"]).toEqual({ minSize: 0, desiredSize: 0, maxSize: 1 });
    const object = next.graph.account.ownedBy(empty.urn)[0];
    if (object === undefined) throw new Error("the account has no group in use1-az6");
    const scalingConfig = { minSize: 0, desiredSize: 1, maxSize: 1 };
    const outputs = { ...object.outputs, scalingConfig };
    next.graph.account.put({ ...object, inputs: { ...object.inputs, scalingConfig }, outputs });
    expect(await next.plan(version({ zones }))).toEqual([]);
    const { apps, system } = prod.pools;
    if (apps === undefined || system === undefined) throw new Error("prod has two pools");
    const larger = { apps, system: { ...system, size: { min: 4, desired: 4, max: 8 } } };
    const { graph } = await next.foresee(version({ zones, pools: larger }));
    expect(graph.byName("blue-system-use1-az6-nodes").inputs["scalingConfig"]).toEqual({
      minSize: 1,
      desiredSize: 1,
      maxSize: 2,
    });
  });

  test("a group that the engine would replace is refused, because it is protected", async () => {
    const { apps, system } = prod.pools;
    if (apps === undefined || system === undefined) throw new Error("prod has two pools");
    const renamed = { more: apps, system };
    await expect(standing.plan(version({ pools: renamed }))).rejects.toThrow("blue-apps-use1-az1-nodes");
  });
});

test("another Kubernetes minor of an idle slot replaces no node group", async () => {
  const slots = { blue: { kubernetes: "1.35" }, green: { kubernetes: "1.35" } };
  const standing = await Standing.of({ environment: { ...dev, slots }, lock });
  const next = { ...slots, green: { kubernetes: "1.36" } };
  const plan = await standing.plan({ environment: { ...dev, slots: next }, lock });
  expect(plan.filter((line) => line.includes(":NodeGroup "))).toEqual(
    dev.zones.map((zone) => `update aws:eks:NodeGroup green-system-${zone}-nodes`),
  );
  expect(plan.filter((line) => /^(replace|delete) aws:/.test(line))).toEqual([]);
});
