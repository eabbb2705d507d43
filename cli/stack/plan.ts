/** Reads a plan file: what `preview --json` printed, here or by the real command line. */
import { UserError } from "../../sandbox/core/errors";
import type { Plan } from "../../sandbox/events/events";
import { readIfThere } from "../../sandbox/storage/journaled-file";

/** @throws UserError when there is no plan in the file. */
export function readPlan(file: string): Plan {
  const text = readIfThere(file);
  if (text === undefined) throw new UserError(`there is no file ${file}: \`preview --json > ${file}\` makes one.`);
  try {
    const plan = JSON.parse(text) as Partial<Plan> | null;
    if (Array.isArray(plan?.steps)) return plan as Plan;
  } catch (error) {
    throw new UserError(`${file} is not JSON: ${(error as Error).message}.`);
  }
  throw new UserError(`${file} is no plan: it has no "steps". \`preview --json\` prints one.`);
}
