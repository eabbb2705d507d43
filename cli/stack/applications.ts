/** After an update: what Argo CD makes of the applications' folders, simulated, with lines and an exit code of its own. */
import { type ApplicationSync, syncApplications } from "@fridayproof/sandbox/account";
import { type Terminal, wrapText } from "@fridayproof/sandbox/terminal";
import type { StackOptions } from "../context/options";
import { findProject } from "../context/project";

/** Exit code of an update that went well while Argo CD refuses an application. */
const EXIT_REFUSED_BY_ARGO_CD = 8;

const INDENT = 6;

/** `18 created, 2 removed`, or that nothing changes. */
function countsOf({ created, updated, removed, unchanged }: ApplicationSync): string {
  const parts = Object.entries({ created, updated, removed }).filter(([, count]) => count > 0);
  if (parts.length === 0) return `no changes, ${unchanged} objects`;
  return parts.map(([what, count]) => `${count} ${what}`).join(", ");
}

/** The lines of one cluster. */
function clusterLines(
  cluster: string,
  rows: readonly ApplicationSync[],
  { columns, colors }: Pick<Terminal, "columns" | "colors">,
): readonly string[] {
  const width = Math.max(...rows.map(({ application }) => application.length));
  return [
    `Argo CD in ${cluster} (SIMULATED)`,
    ...rows.flatMap((row) => {
      const name = row.application.padEnd(width);
      if (row.problems.length === 0) return [`  ${name}  ${countsOf(row)}`];
      const problems = row.problems.flatMap((problem) => wrapText(`${" ".repeat(INDENT)}${problem}`, INDENT, columns));
      return [`  ${name}  ${colors.red("refused")}, nothing of it was changed:`, ...problems];
    }),
  ];
}

/** What was done, by cluster. */
export function syncLines(
  rows: readonly ApplicationSync[],
  terminal: Pick<Terminal, "columns" | "colors">,
): readonly string[] {
  const clusters = [...new Set(rows.map(({ cluster }) => cluster))];
  return clusters.flatMap((cluster) =>
    clusterLines(
      cluster,
      rows.filter((row) => row.cluster === cluster),
      terminal,
    ),
  );
}

/** Synchronizes the applications of a stack that has just been updated, and sets the exit code where one is refused. */
export function syncAfterUpdate(flags: StackOptions, terminal: Terminal): void {
  const { root, work } = findProject(flags);
  const rows = syncApplications(work, flags.stack, root);
  if (rows.length === 0) return;
  terminal.write(`${syncLines(rows, terminal).join("\n")}\n`);
  if (rows.some(({ problems }) => problems.length > 0)) process.exitCode = EXIT_REFUSED_BY_ARGO_CD;
}
