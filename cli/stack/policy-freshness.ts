/** No plan is carried out that the policies checked with facts of yesterday. */
import { UserError } from "@fridayproof/sandbox/errors";
import type { Operation } from "@fridayproof/sandbox/run";
import { hooksOf } from "../context/hooks";
import type { RunFlags } from "../context/options";
import { findProject } from "../context/project";
import { refusalOf } from "./refusal";

/**
 * The project's own hook looks for settings of rules that it does not state any more. What the rules find comes first: a decision
 * that is in the program and not in their settings is refused by its rule.
 * @throws UserError where there are any.
 */
export function requireFreshPolicies(flags: RunFlags, operation: Operation): void {
  const runsProgram = operation === "preview" || operation === "update";
  if (flags.policies === false || !runsProgram) return;
  const { stack } = flags;
  const project = findProject(flags);
  const problems = hooksOf(project.root).policyProblems?.(stack, project) ?? [];
  const stale = refusalOf(`the policies' configuration of ${stack}`, problems, `${stack} was not changed.`);
  if (stale !== undefined) throw new UserError(stale);
}
