/** How bad input is reported: every problem at once, each with where, what came, what may come and what to do. */
import { counted } from "./counted";

/** One thing that is wrong with an input. */
export interface Problem {
  /** Property path as a user would write it, such as `slots.blue.weight`; empty for the input as a whole. */
  readonly path: string;
  /** What came; shown as JSON. */
  readonly got: unknown;
  /** What would be right, as a phrase: `a whole number from 0 to 100`. */
  readonly allowed: string;
  /** What to do about it, as a sentence. */
  readonly fix: string;
}

/** A value as the person who wrote it would recognise it. */
function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  // JSON has no word for what is no number.
  if (typeof value === "number") return String(value);
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // A cycle or a BigInt must not hide the problem it is part of.
    return String(value);
  }
}

function line(problem: Problem): string {
  const where = problem.path === "" ? "(whole)" : problem.path;
  return `  ${where}: got ${shown(problem.got)}; allowed: ${problem.allowed}; fix: ${problem.fix}`;
}

/**
 * Bad input, with everything that is wrong about it.
 *
 * @example
 * ```typescript
 * try {
 *   new NodePool("web", args);
 * } catch (error) {
 *   if (!(error instanceof ProblemsError)) throw error;
 *   for (const { path, allowed, fix } of error.problems) console.error(path, allowed, fix);
 * }
 * ```
 */
export class ProblemsError extends Error {
  /**
   * @param subject what was checked, such as `environment "dev"`.
   * @param problems at least one.
   */
  constructor(
    readonly subject: string,
    readonly problems: readonly Problem[],
  ) {
    super([`${counted(problems.length, "problem")} in ${subject}:`, ...problems.map(line)].join("\n"));
    this.name = "ProblemsError";
  }
}

/**
 * Throws once for all problems, or does nothing when there are none.
 * @throws ProblemsError
 */
export function throwProblems(subject: string, problems: readonly Problem[]): void {
  if (problems.length > 0) throw new ProblemsError(subject, problems);
}

/** The same problems one level further out: `prefix` goes before every path. */
export function under(prefix: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({
    ...problem,
    path: [prefix, problem.path].filter((part) => part !== "").join("."),
  }));
}
