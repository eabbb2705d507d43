/** `fridayproof shift`: an update of the weights alone, after checks; --back returns to the weights before. */
import type { Problem } from "@fridayproof/components/core";
import {
  isLarge,
  planProblems,
  readWeights,
  shiftProblems,
  type SlotWeights,
  weightsText,
} from "@fridayproof/guard/shift";
import { type SlotStatus, stackStatus } from "@fridayproof/guard/status";
import { readObjects } from "@fridayproof/sandbox/account";
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import type { Plan } from "@fridayproof/sandbox/run";
import { Option } from "commander";
import { hooksOf } from "../context/hooks";
import { addApprovalOptions, addEngineOptions, type ApprovalFlags, type EngineFlags } from "../context/options";
import { findProject } from "../context/project";
import type { Verb } from "../context/verb";
import { addLegOption, type LegFlags, legProblemText } from "../stack/other-leg";
import { runVerb } from "../stack/engine";
import { verdictOfPlan } from "../stack/plan-verdict";
import { withFiles } from "../stack/project-files";
import { refusalOf } from "../stack/refusal";
import { keepWeights, weightsBefore } from "../stack/shift-record";
import { standingResources } from "../stack/stack-states";
import { freezeAt } from "../status/freezes";

interface ShiftFlags extends EngineFlags, ApprovalFlags, LegFlags {
  readonly to?: string;
  readonly back?: boolean;
  readonly reason?: string;
  readonly despiteFreeze?: string;
}

/** Why the shift is refused; undefined where it may be carried out. */
function shiftProblemText(stack: string, problems: readonly Problem[]): string | undefined {
  return refusalOf(`the shift of ${stack}`, problems, "Nothing was changed.");
}

function rejectProblems(stack: string, problems: readonly Problem[]): void {
  const message = shiftProblemText(stack, problems);
  if (message !== undefined) throw new UserError(message);
}

function weightsAfter({ stack, to, back }: ShiftFlags, work: string, slots: readonly SlotStatus[]): SlotWeights {
  if (back === true) {
    const before = weightsBefore(work, stack);
    if (before !== undefined) return before;
    throw new UserError(
      `no shift of ${stack} was made from this folder, so there is no way back: name the weights with --to.`,
    );
  }
  const read = readWeights(
    to ?? "",
    slots.map(({ slot }) => slot),
  );
  if ("weights" in read) return read.weights;
  rejectProblems(stack, read.problems);
  return {};
}

async function shift({ to, back, reason, despiteFreeze, bothLegs, ...flags }: ShiftFlags): Promise<void> {
  const { stack, yes } = flags;
  const project = findProject(flags);
  const hook = hooksOf(project.root).shift;
  if (hook === undefined) throw new UserError(`${project.root} has no weights to shift: its hooks export no shift.`);
  if ((to === undefined) === (back !== true))
    throw new UserError('set where the traffic goes: --to "blue=95,green=5", or --back.', EXIT_USAGE);
  const resources = await standingResources(flags);
  const standing = new Set(readObjects(project.work).map(({ urn }) => urn));
  const status = stackStatus(resources, (urn) => standing.has(urn));
  const before = Object.fromEntries(status.slots.map(({ slot, weight }) => [slot, weight ?? 0]));
  const after = weightsAfter({ ...flags, to, back }, project.work, status.slots);
  const freeze = freezeAt(status.windows, new Date());
  const facts = { before, after, slots: status.slots, freeze, reason, despiteFreeze, isBack: back === true };
  rejectProblems(stack, shiftProblems(facts));
  const why = reason ?? (back === true && isLarge(before, after) ? "back to the weights before" : undefined);
  const { files, targets } = hook({ stack, weights: after, ...(why === undefined ? {} : { reason: why }) }, project);
  // No check may prevent the way back.
  const ofLeg = async (plan: Plan) => (back === true ? undefined : legProblemText({ ...flags, bothLegs }, plan));
  const ofPlan = async (plan: Plan) =>
    shiftProblemText(stack, planProblems(verdictOfPlan(plan, resources), targets)) ?? (await ofLeg(plan));
  const request = { operation: "update", planFirst: true, yes, reject: ofPlan } as const;
  const code = await withFiles(project.root, files, () => runVerb({ ...flags, target: targets }, request));
  if (code !== 0) return;
  keepWeights(project.work, stack, before);
  process.stdout.write(
    `${stack}: ${weightsText(before)} → ${weightsText(after)}. ${files.map(({ file }) => file).join(", ")} has them too: commit it.\n` +
      `Next   npx fridayproof shift -s ${stack} --back   the weights before\n` +
      `       npx fridayproof up -s ${stack}             what follows from the weights, such as alarms\n`,
  );
}

/** Options and action. */
export const verb: Verb = (command) => {
  addLegOption(addApprovalOptions(addEngineOptions(command)))
    .option("--to <weights>", 'percent by slot, such as "blue=95,green=5"')
    .addOption(new Option("--back", "the weights before the last shift from this folder").conflicts("to"))
    .option("--reason <text>", "why the step is larger than 20 points; it is written into the environment's file")
    .option("--despite-freeze <text>", "change the weights in spite of a freeze, with the reason")
    .action(shift);
};
