/** The verdict on the plan of a run. */
import { readPlan, verdictOn } from "@fridayproof/guard/verdict";
import type { Plan } from "@fridayproof/sandbox/run";

/** The verdict. @param resources of the state. The plan of a run with `--target` is complete: it omits only untargeted resources. */
export function verdictOfPlan(plan: Plan, resources: readonly object[]): ReturnType<typeof verdictOn> {
  const state = Buffer.from(JSON.stringify({ version: 3, deployment: { resources } }));
  return verdictOn(readPlan(Buffer.from(JSON.stringify(plan)), state));
}
