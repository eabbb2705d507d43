/** Whether a plan can be carried out in the outage of this run. */
import { UserError } from "@fridayproof/sandbox/errors";
import type { Plan, RunResult } from "@fridayproof/sandbox/run";
import { outagesOf, type OutageFlags } from "../context/outage-options";
import { findProject } from "../context/project";
import type { StackOptions } from "../context/options";

/**
 * Why the plan cannot be carried out; undefined where it can.
 * @param known resources that the plan does not change: providers among them have the region.
 */
export function outageProblemText(
  flags: StackOptions & OutageFlags,
  { steps }: Pick<Plan, "steps">,
  known?: RunResult["known"],
): string | undefined {
  const outages = outagesOf(flags);
  if (outages === undefined) return undefined;
  const { blockedBy } = require("@fridayproof/sandbox/outages") as typeof import("@fridayproof/sandbox/outages");
  return blockedBy(outages, findProject(flags).work, { stack: flags.stack, steps, known });
}

/** Validates the outage options. @throws UserError for a region, zone or service that does not exist. */
export function checkOutageFlags(flags: OutageFlags): void {
  const outages = outagesOf(flags);
  const isIdle = outages === undefined && (flags.strict === true || flags.callTimeout !== undefined);
  if (isIdle) throw new UserError("--strict and --call-timeout apply to an outage: add --deny-region REGION.", 2);
  if (outages === undefined) return;
  const { checkOutages } = require("@fridayproof/sandbox/outages") as typeof import("@fridayproof/sandbox/outages");
  checkOutages(outages);
}
