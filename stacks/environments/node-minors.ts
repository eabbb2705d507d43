/** How far the nodes' Kubernetes minor may be from their control plane's. */
import { minorOf, type Problem } from "@fridayproof/components/core";
import { colors } from "@fridayproof/components/plan";
import type { Environment } from "./schema";

/** How far nodes may be behind their control plane. Source: https://kubernetes.io/releases/version-skew-policy/#kubelet */
const OLDEST_NODES = 3;

/** Problems with the configured Kubernetes minor of a slot's nodes. */
export function nodeMinorProblems({ slots }: Environment): Problem[] {
  return colors.flatMap((color): Problem[] => {
    const slot = slots[color];
    if (slot?.nodes === undefined) return [];
    const behind = minorOf(slot.kubernetes) - minorOf(slot.nodes);
    if (behind >= 0 && behind <= OLDEST_NODES) return [];
    const allowed = `${slot.kubernetes}, or up to ${OLDEST_NODES} minors before it`;
    const fix = "Leave it out: nodes are of the cluster's minor, except on the way back to the one before.";
    return [{ path: `slots.${color}.nodes`, got: slot.nodes, allowed, fix }];
  });
}
