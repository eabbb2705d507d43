/** What must be true before weights change: who takes traffic can answer, the step is small, nothing is frozen. */
import type { Problem } from "@fridayproof/components/core";
import { deliveryLimits, weightLimits } from "@fridayproof/components/core/limits";
import type { SlotStatus } from "../status";
import type { PlanVerdict } from "../verdict";
import { type SlotWeights, weightsText } from "./weights";

/** A time in which nothing is to change. */
export interface Frozen {
  readonly until: string;
  readonly timeZone: string;
  readonly reason: string;
}

/** What is to be, and what stands. */
export interface ShiftFacts {
  readonly before: SlotWeights;
  readonly after: SlotWeights;
  readonly slots: readonly SlotStatus[];
  readonly freeze?: Frozen;
  /** Why a step may be larger than usual. */
  readonly reason?: string;
  /** Why the freeze does not count. */
  readonly despiteFreeze?: string;
  /** The way back to what served before: neither the size of the step nor a freeze stops it. */
  readonly isBack: boolean;
}

function targetProblems({ before, after, slots }: ShiftFacts): readonly Problem[] {
  return slots.flatMap(({ slot, targets }): readonly Problem[] => {
    const [old = 0, next = 0] = [before[slot], after[slot]];
    if (next <= old || (targets.ready > 0 && targets.ready >= targets.desired)) return [];
    return [
      {
        path: `to.${slot}`,
        got: next,
        allowed: `${old} until its targets are healthy: ${targets.ready} of ${targets.desired} are`,
        fix: `Look at the slot's gateway and its target group; \`npx fridayproof status\` shows both.`,
      },
    ];
  });
}

/** Whether the step is one that needs a reason. */
export function isLarge(before: SlotWeights, after: SlotWeights): boolean {
  const steps = Object.keys(after).map((slot) => Math.abs((after[slot] ?? 0) - (before[slot] ?? 0)));
  return Math.max(...steps) > weightLimits.weightShift.value;
}

function stepProblems({ before, after, reason, isBack }: ShiftFacts): readonly Problem[] {
  const most = weightLimits.weightShift.value;
  if (!isLarge(before, after) || isBack || reason !== undefined) return [];
  return [
    {
      path: "to",
      got: weightsText(after),
      allowed: `at most ${most} points away from what serves (${weightsText(before)})`,
      fix: 'Go by steps, or give the reason with --reason "...".',
    },
  ];
}

function reasonProblems({ reason }: ShiftFacts): readonly Problem[] {
  const least = deliveryLimits.leastReason.value;
  if (reason === undefined || reason.trim().length >= least) return [];
  return [
    {
      path: "reason",
      got: reason,
      allowed: `a reason of ${least} characters or more`,
      fix: "Write the sentence that whoever reads the environment's file later needs.",
    },
  ];
}

function freezeProblems({ freeze, despiteFreeze, isBack }: ShiftFacts): readonly Problem[] {
  if (freeze === undefined || isBack || (despiteFreeze ?? "").trim() !== "") return [];
  return [
    {
      path: "to",
      got: "a shift now",
      allowed: `one after ${freeze.until} ${freeze.timeZone}: ${freeze.reason}`,
      fix: 'Wait, or give the reason with --despite-freeze "...". The way back, --back, is always open.',
    },
  ];
}

function changeProblems({ before, after }: ShiftFacts): readonly Problem[] {
  const isSame = Object.keys(after).every((slot) => after[slot] === (before[slot] ?? 0));
  if (!isSame) return [];
  return [
    { path: "to", got: weightsText(after), allowed: "other weights: these serve already", fix: "Nothing to do." },
  ];
}

/** Everything that forbids the shift; empty when nothing does. */
export function shiftProblems(facts: ShiftFacts): readonly Problem[] {
  const facing = [targetProblems, stepProblems, reasonProblems, freezeProblems];
  return [...changeProblems(facts), ...facing.flatMap((problems) => problems(facts))];
}

/** Changes of a plan beside updates of what was to change. */
export function strangerProblems({ changes }: PlanVerdict, targets: readonly string[]): readonly Problem[] {
  const isTarget = (address: string) => targets.some((name) => address.endsWith(`::${name}`));
  const others = changes.filter(({ address, operation }) => operation !== "update" || !isTarget(address));
  return others.map(({ address, operation }) => ({
    path: "plan",
    got: `${operation} of ${address}`,
    allowed: `updates of ${targets.join(" and ")} alone`,
    fix:
      operation === "delete" && isTarget(address)
        ? "The program of this run leaves it out: give the configuration that it was made with, in the stack's file or by --config."
        : "Run `npx fridayproof up` for that first.",
  }));
}

/** What the plan itself forbids: anything beside the weights, and whatever nobody would be served by. */
export function planProblems(plan: PlanVerdict, targets: readonly string[]): readonly Problem[] {
  const { changes, verdict } = plan;
  const [worst] = changes;
  return [
    ...strangerProblems(plan, targets),
    ...(verdict === "DOWNTIME" || verdict === "UNKNOWN"
      ? [
          {
            path: "plan",
            got: `${verdict}: ${worst?.reason ?? ""}`,
            allowed: "SAFE or DEGRADES",
            fix: "Read it with `npx fridayproof preview` and `verdict`.",
          },
        ]
      : []),
  ];
}
