/** How a slot's Kubernetes minor may change in place: without traffic, one minor at a time, back with the nodes first. */
import { minorOf, type Problem } from "@fridayproof/components/core";
import { colors } from "@fridayproof/components/plan";
import type { Color, Environment } from "../environments/schema";
import type { Standing, StandingSlot } from "./standing";

function served(standing: Standing, { weights }: Environment, color: Color): number {
  return Math.max(standing.weights?.[color] ?? 0, weights[color]);
}

/** Going back is EKS's own offer, within seven days and by one: https://docs.aws.amazon.com/eks/latest/userguide/rollback-cluster.html */
function rollbackProblems(path: string, slot: StandingSlot, expected: string): Problem[] {
  const newer = slot.nodes.filter((minor) => minorOf(minor) > minorOf(expected));
  if (newer.length === 0) return [];
  return [
    {
      path: `${path}.kubernetes`,
      got: expected,
      allowed: `${slot.kubernetes} until no node is newer than ${expected}; nodes are of ${[...new Set(newer)].join(", ")}`,
      fix:
        `Set nodes: "${expected}" beside kubernetes: "${slot.kubernetes}" and run an update; then change kubernetes. ` +
        "EKS takes a cluster back within seven days of its upgrade.",
    },
  ];
}

/**
 * Nodes alone get another minor, by the setting `nodes` or by leaving it out. Where a served slot's groups are of two
 * minors already, an update that failed or somebody's hand made them so: then no value leaves all as they are, and the
 * minor that some have may be given to the rest.
 */
function nodesProblems(standing: Standing, environment: Environment, color: Color): Problem[] {
  const [slot, declared] = [standing.slots[color], environment.slots[color]];
  const share = served(standing, environment, color);
  if (slot === undefined || declared === undefined || share === 0) return [];
  const expected = declared.nodes ?? declared.kubernetes;
  const others = [...new Set(slot.nodes.filter((minor) => minor !== expected))];
  const isServed = (standing.weights?.[color] ?? 0) > 0;
  if (others.length === 0 || (isServed && slot.nodes.includes(expected))) return [];
  const allowed = `${others.join(" or ")}, because the slot gets ${share} % of the traffic`;
  const fix = isServed
    ? `Keep nodes: "${others[0]}" and change the nodes when the slot's traffic is away.`
    : "Run an update without the weight first: the nodes are replaced before anybody is served by them.";
  return [{ path: `slots.${color}.nodes`, got: expected, allowed, fix }];
}

/** Everything that forbids the change of a minor from what stands; empty when nothing does. */
export function upgradeProblems(standing: Standing, environment: Environment): Problem[] {
  return colors.flatMap((color): Problem[] => {
    const [slot, expected] = [standing.slots[color], environment.slots[color]?.kubernetes];
    if (slot === undefined || expected === undefined) return [];
    if (expected === slot.kubernetes) return nodesProblems(standing, environment, color);
    const path = `slots.${color}`;
    const [from, to] = [minorOf(slot.kubernetes), minorOf(expected)];
    const share = served(standing, environment, color);
    if (share > 0) {
      const allowed = `${slot.kubernetes}, because the slot gets ${share} % of the traffic`;
      const fix =
        "Bring the other slot up with the new minor, shift the traffic to it, and retire this one: the way back is a weight.";
      return [{ path: `${path}.kubernetes`, got: expected, allowed, fix }];
    }
    if (Math.abs(to - from) > 1) {
      const next = `1.${from + Math.sign(to - from)}`;
      const allowed = `${slot.kubernetes} or ${next}, because EKS goes one minor at a time`;
      return [
        { path: `${path}.kubernetes`, got: expected, allowed, fix: `Go to ${next} first, or build the slot anew.` },
      ];
    }
    return to < from ? rollbackProblems(path, slot, expected) : [];
  });
}
