/** The message of a verb that does not change a stack. */
import { type Problem, ProblemsError } from "@fridayproof/components/core";

/** The problems of `what` and a last sentence; undefined without problems. */
export function refusalOf(what: string, problems: readonly Problem[], last: string): string | undefined {
  return problems.length === 0 ? undefined : `${new ProblemsError(what, [...problems]).message}\n${last}`;
}
