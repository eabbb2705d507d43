/** A retiring slot passes the rules: what it lets go of is excused, and nothing of the slot that serves is. */
import { describe, expect, test } from "vitest";
import { policyConfig } from "../../tools/generate/policy-config";
import { environmentProblems } from "../../stacks/environments/environment";
import { noFreezes } from "../../stacks/environments/freeze";
import { prod } from "../../stacks/environments/prod";
import { Standing } from "../support/change";

const MINUTES_2 = 120_000;

/** Exempt in every environment (stacks/policies/exemptions.ts). */
const ADDRESSES = "aws:ec2/eip:Eip::network-nat-*-address";

test("only the retiring colour's resources are excused from protection", () => {
  const slots = { blue: { kubernetes: "1.35", retiring: true }, green: { kubernetes: "1.35" } };
  const config = policyConfig({ ...prod, slots, weights: { blue: 0, green: 100 } }, noFreezes);
  const { exemptions } = config["protect-critical"] as { exemptions: { resource: string }[] };
  expect(exemptions.map(({ resource }) => resource)).toEqual([
    "aws:eks/cluster:Cluster::blue-*",
    "aws:kms/key:Key::blue-*",
    "kubernetes:helm.sh/v3:Release::blue-*",
    "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding::blue-*",
    ADDRESSES,
  ]);
  expect(policyConfig(prod, noFreezes)["protect-critical"]).toMatchObject({
    off: false,
    exemptions: [{ resource: ADDRESSES }],
  });
  const clusters = config["control-plane-logs"] as { exemptions: { resource: string }[] };
  expect(clusters.exemptions.map(({ resource }) => resource)).toEqual(["aws:eks/cluster:Cluster::blue-*"]);
  const groups = config["nodegroup-kept"] as { exemptions: { resource: string }[] };
  expect(groups.exemptions.map(({ resource }) => resource)).toEqual(["aws:eks/nodeGroup:NodeGroup::blue-*"]);
  expect(policyConfig(prod, noFreezes)["control-plane-logs"]).toEqual({ enforcementLevel: "remediate" });
  expect(policyConfig(prod, noFreezes)["nodegroup-kept"]).toEqual({ off: false });
});

test("only the retiring pool's node groups are excused from protection", () => {
  const { apps, system } = prod.pools;
  if (apps === undefined || system === undefined) throw new Error("prod has two pools");
  const config = policyConfig({ ...prod, pools: { apps: { ...apps, retiring: true }, system } }, noFreezes);
  const groups = config["nodegroup-kept"] as { exemptions: { resource: string }[] };
  expect(groups.exemptions.map(({ resource }) => resource)).toEqual(["aws:eks/nodeGroup:NodeGroup::blue-apps-*"]);
});

describe("a zone that goes", () => {
  const zones = [...prod.zones, "use1-az6"];
  const leaving = { ...prod, zones, retiringZones: ["use1-az6"] };

  test("has its subnets and node groups excused from protection, and nothing else", () => {
    const config = policyConfig(leaving, noFreezes);
    const resources = (rule: string) =>
      (config[rule] as { exemptions: { resource: string }[] }).exemptions.map(({ resource }) => resource);
    expect(resources("protect-critical")).toEqual([
      "aws:ec2/subnet:Subnet::network-public-use1-az6",
      "aws:ec2/subnet:Subnet::network-private-use1-az6",
      "aws:ec2/subnet:Subnet::network-data-use1-az6",
      ADDRESSES,
    ]);
    expect(resources("nodegroup-kept")).toEqual([
      "aws:eks/nodeGroup:NodeGroup::blue-apps-use1-az6-nodes",
      "aws:eks/nodeGroup:NodeGroup::blue-system-use1-az6-nodes",
    ]);
    expect(config["control-plane-logs"]).toEqual({ enforcementLevel: "remediate" });
  });

  test("is one of several, none of the control plane's", () => {
    const lines = (retiringZones: readonly string[]) =>
      environmentProblems({ ...leaving, retiringZones }).map(
        ({ path, got, allowed, fix }) => `${path}: ${JSON.stringify(got)}; ${allowed}; ${fix}`,
      );
    expect(lines(["use1-az6"])).toEqual([]);
    expect(lines(["use1-az5"])).toEqual([
      'retiringZones[0]: "use1-az5"; one of zones; Leave it out: the zone is gone already.',
    ]);
    expect(lines(["use1-az4"])).toEqual([
      'retiringZones[0]: "use1-az4"; a zone that is none of controlPlaneZones; Choose another zone: EKS keeps the control plane\'s zones for life.',
    ]);
    const two = { ...leaving, zones: ["use1-az1", "use1-az6"], controlPlaneZones: ["use1-az1", "use1-az2"] };
    expect(environmentProblems(two).filter(({ path }) => path === "retiringZones")).toEqual([
      {
        path: "retiringZones",
        got: ["use1-az6"],
        allowed: "zones of which 2 or more stay",
        fix: "Add a zone first.",
      },
    ]);
  });

  test(
    "is refused while it is protected, then let go, then gone: other zones take its share before, and nothing is replaced",
    async () => {
      const standing = await Standing.of({ environment: { ...prod, zones } });
      const dropped = await standing.attempt({ environment: prod });
      expect(dropped.errors.join("\n")).toContain("blue-apps-use1-az6-nodes");
      expect(dropped.errors.join("\n")).toContain("because it is protected");

      const released = await standing.change({ environment: leaving });
      expect(released.done).toEqual([]);
      const deleted = await released.next.attempt({ environment: prod });
      expect(deleted.errors).toEqual([]);
      expect(deleted.begun.filter((line) => /^(replace|create)/.test(line))).toEqual([]);
      const deletes = deleted.begun.filter((line) => line.startsWith("delete "));
      expect(deletes.filter((line) => !line.includes("use1-az6"))).toEqual([]);
      expect(deletes).toContain("delete aws:ec2:Subnet network-private-use1-az6");
      // Every update of what stays comes before the first deletion.
      expect(deleted.begun.slice(-deletes.length)).toEqual(deletes);
      const nodes = deleted.next.graph.account.all("aws:eks/nodeGroup:NodeGroup");
      expect(nodes.filter(({ id }) => id.includes("use1-az6"))).toEqual([]);
    },
    MINUTES_2,
  );
});
