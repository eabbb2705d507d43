/** Whether a plan gets through what is lost in this run. */
import { UserError } from "@fridayproof/sandbox/errors";
import type { Plan, RunResult } from "@fridayproof/sandbox/run";
import { outagesOf, type OutageFlags } from "../context/outage-options";
import { findProject } from "../context/project";
import type { StackOptions } from "../context/options";

/**
 * Why the plan cannot be carried out; undefined where it can.
 * @param known what the plan leaves as it is, which has the region of a provider that stays.
 */
export function outageRefusal(
  flags: StackOptions & OutageFlags,
  { steps }: Pick<Plan, "steps">,
  known?: RunResult["known"],
): string | undefined {
  const outages = outagesOf(flags);
  if (outages === undefined) return undefined;
  const { blockedBy } = require("@fridayproof/sandbox/outages") as typeof import("@fridayproof/sandbox/outages");
  return blockedBy(outages, findProject(flags).work, { stack: flags.stack, steps, known });
}

/** Ends a run whose options name nothing that there is. @throws UserError */
export function checkOutageFlags(flags: OutageFlags): void {
  const outages = outagesOf(flags);
  const isIdle = outages === undefined && (flags.strict === true || flags.callTimeout !== undefined);
  if (isIdle)
    throw new UserError("--strict and --call-timeout need something that is lost: add --deny-region REGION.", 2);
  if (outages === undefined) return;
  const { checkOutages } = require("@fridayproof/sandbox/outages") as typeof import("@fridayproof/sandbox/outages");
  checkOutages(outages);
}
