/** `fridayproof render`: writes the manifests that Argo CD deploys, from the specs of the applications. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "@fridayproof/sandbox/errors";
import { replaceFiles } from "../context/files";
import type { RenderedApplications } from "../context/hook-types";
import { hooksOf } from "../context/hooks";
import { addFolderOptions } from "../context/options";
import { findProject, type Folders } from "../context/project";
import type { Verb } from "../context/verb";

interface RenderFlags extends Folders {
  readonly check?: boolean;
}

/** @throws UserError with what is wrong with a spec; nothing is written. */
function renderedBy(folders: Folders): RenderedApplications & { readonly root: string } {
  const project = findProject(folders);
  const { render } = hooksOf(project.root);
  if (render === undefined) throw new UserError(`${project.root} has no applications: its hooks export no render.`);
  try {
    return { ...render(project), root: project.root };
  } catch (error) {
    throw error instanceof Error ? new UserError(`${error.message}\nNothing was written.`) : error;
  }
}

function renderAll({ check = false, ...folders }: RenderFlags): void {
  const { files, stale, root } = renderedBy(folders);
  const full = (file: string): string => path.join(root, file);
  const changed = files.filter(
    ({ file, text }) => !existsSync(full(file)) || readFileSync(full(file), "utf8") !== text,
  );
  const old = [...changed.map(({ file }) => file), ...stale];
  if (check && old.length > 0)
    throw new UserError(
      `gitops/ differs from the specs; \`make render\` writes it:\n${old.map((file) => `  ${file}`).join("\n")}`,
    );
  replaceFiles(changed.map(({ file, text }) => ({ file: full(file), text })));
  for (const file of stale) rmSync(full(file));
  process.stdout.write(`gitops/: ${files.length} files, ${changed.length} written, ${stale.length} removed\n`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addFolderOptions(command)
    .option("--check", "write nothing; fail where a file differs from the specs")
    .action(renderAll);
};
