/** After an update: the simulated sync of the applications by Argo CD, printed, with an exit code of its own. */
import { type ApplicationSync, type Held, syncApplications, type SyncRequest } from "@fridayproof/sandbox/account";
import { type Terminal, wrapText } from "@fridayproof/sandbox/terminal";
import type { StackOptions } from "../context/options";
import { findProject } from "../context/project";

/** Exit code of an update that succeeded while the sync of an application failed. */
const EXIT_REFUSED_BY_ARGO_CD = 8;

const INDENT = 6;

/** How many objects differ from Git. */
export const differing = ({ created, updated, removed }: ApplicationSync): number => created + updated + removed;

/** `18 created, 2 removed`, or `no changes, 20 objects`. */
function countsOf({ created, updated, removed, unchanged }: ApplicationSync): string {
  const parts = Object.entries({ created, updated, removed }).filter(([, count]) => count > 0);
  if (parts.length === 0) return `no changes, ${unchanged} objects`;
  return parts.map(([what, count]) => `${count} ${what}`).join(", ");
}

/** End and names of the sync windows that hold an application: `until 2026-12-01 00:00 UTC by "Year's end"`. */
export function heldText({ windows, until }: Held): string {
  return `${until === undefined ? "for good" : `until ${until}`} by ${windows.join(" and ")}`;
}

/** The sync windows that hold an application, and the command for a manual sync where they permit it. */
function heldLines(held: Held, { application }: ApplicationSync, stack: string): readonly string[] {
  return [
    `${heldText(held)}.`,
    held.manual
      ? `Manual sync: npx fridayproof sandbox sync ${application} -s ${stack}`
      : "A manual sync is denied too: the window does not set manualSync.",
  ];
}

/** The lines of one cluster. */
function clusterLines(
  { cluster, stack }: { readonly cluster: string; readonly stack: string },
  rows: readonly ApplicationSync[],
  { columns, colors }: Pick<Terminal, "columns" | "colors">,
): readonly string[] {
  const width = Math.max(...rows.map(({ application }) => application.length));
  return [
    `Argo CD in ${cluster} (SIMULATED)`,
    ...rows.flatMap((row) => {
      const name = row.application.padEnd(width);
      const wrapped = (lines: readonly string[]): readonly string[] =>
        lines.flatMap((line) => wrapText(`${" ".repeat(INDENT)}${line}`, INDENT, columns));
      if (row.problems.length > 0)
        return [`  ${name}  ${colors.red("refused")}, nothing of it was changed:`, ...wrapped(row.problems)];
      const counts = `  ${name}  ${countsOf(row)}`;
      if (row.held === undefined || differing(row) === 0) return [counts];
      return [
        `  ${name}  ${colors.yellow("held")}, nothing of it was changed; due: ${countsOf(row)}`,
        ...wrapped(heldLines(row.held, row, stack)),
      ];
    }),
  ];
}

/** The result of the sync, by cluster. */
export function syncLines(
  rows: readonly ApplicationSync[],
  stack: string,
  terminal: Pick<Terminal, "columns" | "colors">,
): readonly string[] {
  const clusters = [...new Set(rows.map(({ cluster }) => cluster))];
  return clusters.flatMap((cluster) =>
    clusterLines(
      { cluster, stack },
      rows.filter((row) => row.cluster === cluster),
      terminal,
    ),
  );
}

/** Synchronizes a stack's applications, and sets the exit code where one fails. @param only one of them */
export function synchronize(
  flags: StackOptions,
  windows: SyncRequest["windows"],
  terminal: Terminal,
  only?: string,
): void {
  const { root, work } = findProject(flags);
  const { stack } = flags;
  const rows = syncApplications(work, { stack, root, windows }, only);
  if (rows.length === 0) return;
  terminal.write(`${syncLines(rows, stack, terminal).join("\n")}\n`);
  if (rows.some(({ problems }) => problems.length > 0)) process.exitCode = EXIT_REFUSED_BY_ARGO_CD;
}
