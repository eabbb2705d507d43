/** Differences that somebody has chosen: each with its path, a reason, an owner and the day on which it ends. */
import { globToRegExp, wildcards } from "@fridayproof/components/core";
import { type RowSchema, rowProblem } from "../verdict/expiring-rows";
import type { Difference } from "./difference";
import { ParityError } from "./parity-error";

/** One difference, or several of one type, that count as none. */
export interface Allowance {
  /** `<type> <name> <path>` as the comparison prints it; `*` is any text, but for the type. */
  readonly path: string;
  readonly reason: string;
  readonly owner: string;
  /** Last day on which it holds, `YYYY-MM-DD`. */
  readonly expires: string;
}

const ALLOWANCE: RowSchema = {
  strings: ["path", "reason", "owner"],
  problem({ path }, at) {
    const [type = ""] = String(path).split(" ");
    return type.includes(":") && !type.includes("*")
      ? undefined
      : `${at}.path: allowed: <type> <name> <path>, the type without *: a row for every type would hide anything`;
  },
};

/** Reads a parsed file of allowances. @throws ParityError naming the first member that is wrong. */
export function readAllowances(document: unknown): readonly Allowance[] {
  if (!Array.isArray(document))
    throw new ParityError("the allowances are no list: write [{ path, reason, owner, expires }].");
  const problem = document
    .map((row, index) => rowProblem(row, `[${index}]`, ALLOWANCE))
    .find((found) => found !== undefined);
  if (problem !== undefined) throw new ParityError(`${problem}. Correct the file of allowances.`);
  const paths = document.map((row) => (row as Allowance).path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  if (twice !== undefined) throw new ParityError(`two allowances have the path "${twice}": one is enough.`);
  return document as readonly Allowance[];
}

/** How a difference is called in an allowance. */
export function addressOf({ type, name, path }: Pick<Difference, "type" | "name" | "path">): string {
  return [type, name, path].filter((part) => part !== "").join(" ");
}

/** What became of the allowances. */
export interface Allowed {
  readonly differences: readonly Difference[];
  readonly allowed: readonly { readonly difference: Difference; readonly by: Allowance }[];
  /** Expired and unused rows: each counts as a difference. */
  readonly remarks: readonly string[];
}

/** Sets aside what is allowed. @param today `YYYY-MM-DD`, so that the same input gives the same answer. */
export function allow(differences: readonly Difference[], allowances: readonly Allowance[], today: string): Allowed {
  const standing = allowances
    .filter(({ expires }) => expires >= today)
    .map((row) => ({ row, pattern: globToRegExp(row.path, wildcards.name) }));
  const used = new Set<Allowance>();
  const allowed: { difference: Difference; by: Allowance }[] = [];
  const left = differences.filter((difference) => {
    const address = addressOf(difference);
    const found = standing.filter(({ pattern }) => pattern.test(address));
    for (const { row } of found) used.add(row);
    const [first] = found;
    if (first !== undefined) allowed.push({ difference, by: first.row });
    return first === undefined;
  });
  const remarks = allowances.flatMap((row) => {
    if (row.expires < today) return [`"${row.path}" of ${row.owner} expired on ${row.expires}: it allows nothing.`];
    return used.has(row) ? [] : [`"${row.path}" of ${row.owner} is about nothing that differs: take it out.`];
  });
  return { differences: left, allowed, remarks: remarks.sort() };
}
