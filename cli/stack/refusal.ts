/** Why a verb leaves a stack as it is, in words. */
import { type Problem, ProblemsError } from "@fridayproof/components/core";

/** The problems of `what` and a last sentence; undefined where nothing speaks against it. */
export function refusalOf(what: string, problems: readonly Problem[], last: string): string | undefined {
  return problems.length === 0 ? undefined : `${new ProblemsError(what, [...problems]).message}\n${last}`;
}
