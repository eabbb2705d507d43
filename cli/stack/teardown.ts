/** What a person reads before a stack is destroyed: how much goes, and every protection that is lifted for it. */
import type { Hold } from "@fridayproof/guard/protection";
import { wrapText } from "@fridayproof/sandbox/terminal";

/** A stack that is to go. */
export interface Teardown {
  readonly stack: string;
  /** How many resources its state holds. */
  readonly resources: number;
  readonly holds: readonly Hold[];
}

/** Where the names of a group begin. */
const INDENT = 6;

/** The screen above the question: the outcome first, then each kind of hold with everything that it holds. */
export function teardownLines({ stack, resources, holds }: Teardown, columns: number): string[] {
  const lifted =
    holds.length === 0 ? "" : `, ${holds.length} ${holds.length === 1 ? "protection" : "protections"} to lift first`;
  return [`${stack}: ${resources} to delete${lifted}`, ...groups(holds).flatMap((group) => groupLines(group, columns))];
}

type Group = readonly [title: string, names: readonly string[]];

function groups(holds: readonly Hold[]): Group[] {
  const byReason = new Map<string, string[]>();
  for (const { by, why, name } of holds) {
    const title = by === "what it leaves" ? why : `${by}: ${why}`;
    byReason.set(title, [...(byReason.get(title) ?? []), name]);
  }
  return [...byReason];
}

function groupLines([title, names]: Group, columns: number): string[] {
  return [`  ${names.length}  ${title}`, ...wrapText(`${" ".repeat(INDENT)}${names.join(", ")}`, INDENT, columns)];
}
