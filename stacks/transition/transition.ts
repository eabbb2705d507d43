/** Allowed changes to the deployed state: an environment is changed by steps that never leave traffic without a server. */
import type { Problem } from "@fridayproof/components/core";
import { weightLimits } from "@fridayproof/components/core/limits";
import { colors, type Weights } from "@fridayproof/components/plan";
import type { Color, Environment } from "../environments/schema";
import { poolProblems } from "./pools";
import type { Standing, StandingSlot } from "./standing";
import { upgradeProblems } from "./upgrade";

const percents = ({ blue, green }: Weights): string => `blue ${blue} %, green ${green} %`;

/** Whether a colour serves requests now: it has a share of them, and something behind its target group. */
function serves({ weights, slots }: Standing, color: Color): boolean {
  return (weights?.[color] ?? 0) > 0 && slots[color]?.gateway === true;
}

function shiftProblems(standing: Standing, { weights, shiftReason }: Environment): Problem[] {
  const before = standing.weights;
  const step = weightLimits.weightShift.value;
  if (before === undefined || !colors.some((color) => serves(standing, color))) return [];
  const points = Math.abs(weights.green - before.green);
  if (points <= step || shiftReason !== undefined) return [];
  return [
    {
      path: "weights",
      got: weights,
      allowed: `at most ${step} points away from what stands (${percents(before)})`,
      fix: `Go by steps, or give the reason: shiftReason: { weights: { blue: ${weights.blue}, green: ${weights.green} }, reason: "..." }.`,
    },
  ];
}

/**
 * Without its rule the listener's default action decides, which changes before a new slot is up. So weights stay on what
 * has targets until the rule exists: an environment from before there was one, or one whose rule was removed.
 */
function ruleProblems(standing: Standing, { weights }: Environment): Problem[] {
  if (standing.rule || !colors.some((color) => serves(standing, color))) return [];
  const empty = colors.filter((color) => weights[color] > 0 && standing.slots[color]?.gateway !== true);
  return empty.map((color) => ({
    path: `weights.${color}`,
    got: weights[color],
    allowed: "0, because the listener has no rule yet that would wait for the slot's gateway",
    fix: "Run one update with the weights as they are: it makes the rule. Then change them.",
  }));
}

function removalProblems(standing: Standing, environment: Environment): Problem[] {
  const deleted = colors.flatMap((color): [Color, StandingSlot][] => {
    const slot = standing.slots[color];
    return slot === undefined || environment.slots[color] !== undefined ? [] : [[color, slot]];
  });
  return deleted.flatMap(([color, { kubernetes, held }]): Problem[] => {
    const path = `slots.${color}`;
    if (serves(standing, color)) {
      const allowed = `the slot, because it gets ${standing.weights?.[color]} % of the traffic`;
      const fix = `Put it back, shift its traffic away and run an update; then set retiring: true and run one, then remove it.`;
      return [{ path, got: undefined, allowed, fix }];
    }
    if (!held) return [];
    const allowed = "the slot, because it still stands and is protected";
    const fix =
      `Put it back as ${color}: { kubernetes: "${kubernetes}", retiring: true } and run an update, ` +
      "which lifts the protection of this slot alone; then remove it.";
    return [{ path, got: undefined, allowed, fix }];
  });
}

/** Protection goes at the beginning of an update, traffic near its end, or never if the update fails. */
function retiringProblems(standing: Standing, { slots }: Environment): Problem[] {
  return colors.flatMap((color): Problem[] => {
    if (slots[color]?.retiring !== true || !serves(standing, color)) return [];
    const allowed = `false, because the slot gets ${standing.weights?.[color]} % of the traffic until the update is through`;
    return [
      { path: `slots.${color}.retiring`, got: true, allowed, fix: "Run an update with the weights alone first." },
    ];
  });
}

/**
 * What forbids the first update of an environment; empty when nothing does. A chart is made when its pods are ready, so without
 * a node for them the update would wait until it fails.
 */
export function firstProblems({ standby, systemPool }: Environment): Problem[] {
  if (standby?.nodes?.[systemPool] !== 0) return [];
  const fix =
    'Bring it up as large as the primary first (state: "scaled"), then scale it down: charts wait for their pods.';
  const allowed = "1 or more in the first update";
  return [{ path: `standby.nodes.${systemPool}`, got: 0, allowed, fix }];
}

/** Everything that forbids going from what stands to the environment in one update; empty when nothing does. */
export function transitionProblems(standing: Standing, environment: Environment): Problem[] {
  return [
    ...ruleProblems(standing, environment),
    ...shiftProblems(standing, environment),
    ...retiringProblems(standing, environment),
    ...removalProblems(standing, environment),
    ...upgradeProblems(standing, environment),
    ...poolProblems(standing, environment),
  ];
}
