/** A retiring slot passes the rules: what it lets go of is excused, and nothing of the slot that serves is. */
import { expect, test } from "vitest";
import { policyConfig } from "../../tools/generate/policy-config";
import { noFreezes } from "../../stacks/environments/freeze";
import { prod } from "../../stacks/environments/prod";

test("only the retiring colour's resources are excused from protection", () => {
  const slots = { blue: { kubernetes: "1.35", retiring: true }, green: { kubernetes: "1.35" } };
  const config = policyConfig({ ...prod, slots, weights: { blue: 0, green: 100 } }, noFreezes);
  const { exemptions } = config["protect-critical"] as { exemptions: { resource: string }[] };
  expect(exemptions.map(({ resource }) => resource)).toEqual([
    "aws:eks/cluster:Cluster::blue-*",
    "aws:kms/key:Key::blue-*",
    "kubernetes:helm.sh/v3:Release::blue-*",
    "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding::blue-*",
  ]);
  expect(policyConfig(prod, noFreezes)["protect-critical"]).toEqual({ off: false });
  const clusters = config["control-plane-logs"] as { exemptions: { resource: string }[] };
  expect(clusters.exemptions.map(({ resource }) => resource)).toEqual(["aws:eks/cluster:Cluster::blue-*"]);
  const groups = config["nodegroup-kept"] as { exemptions: { resource: string }[] };
  expect(groups.exemptions.map(({ resource }) => resource)).toEqual(["aws:eks/nodeGroup:NodeGroup::blue-*"]);
  expect(policyConfig(prod, noFreezes)["control-plane-logs"]).toBeUndefined();
  expect(policyConfig(prod, noFreezes)["nodegroup-kept"]).toEqual({ off: false });
});

test("only the retiring pool's node groups are excused from protection", () => {
  const { apps, system } = prod.pools;
  if (apps === undefined || system === undefined) throw new Error("prod has two pools");
  const config = policyConfig({ ...prod, pools: { apps: { ...apps, retiring: true }, system } }, noFreezes);
  const groups = config["nodegroup-kept"] as { exemptions: { resource: string }[] };
  expect(groups.exemptions.map(({ resource }) => resource)).toEqual(["aws:eks/nodeGroup:NodeGroup::blue-apps-*"]);
});
