/** `fridayproof render`: writes what Argo CD follows, from the specs of the applications. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import * as path from "node:path";
import { UserError } from "@fridayproof/sandbox/errors";
import { replaceFiles } from "../context/files";
import { hooksOf, type RenderedApplications } from "../context/hooks";
import { addPlaces } from "../context/options";
import { findProject, type Places } from "../context/project";
import type { Verb } from "../context/verb";

interface RenderFlags extends Places {
  readonly check?: boolean;
}

/** @throws UserError with what is wrong with a spec: then nothing is written. */
function renderedBy(places: Places): RenderedApplications & { readonly root: string } {
  const project = findProject(places);
  const { render } = hooksOf(project.root);
  if (render === undefined) throw new UserError(`${project.root} has no applications: its hooks export no render.`);
  try {
    return { ...render(project), root: project.root };
  } catch (error) {
    throw error instanceof Error ? new UserError(`${error.message}\nNothing was written.`) : error;
  }
}

function renderAll({ check = false, ...places }: RenderFlags): void {
  const { files, stale, root } = renderedBy(places);
  const full = (file: string): string => path.join(root, file);
  const changed = files.filter(
    ({ file, text }) => !existsSync(full(file)) || readFileSync(full(file), "utf8") !== text,
  );
  const old = [...changed.map(({ file }) => file), ...stale];
  if (check && old.length > 0)
    throw new UserError(
      `gitops/ is not what the specs give; \`make render\` writes it:\n${old.map((file) => `  ${file}`).join("\n")}`,
    );
  replaceFiles(changed.map(({ file, text }) => ({ file: full(file), text })));
  for (const file of stale) rmSync(full(file));
  process.stdout.write(`gitops/: ${files.length} files, ${changed.length} written, ${stale.length} removed\n`);
}

/** Options and action. */
export const verb: Verb = (command) => {
  addPlaces(command).option("--check", "write nothing; fail where a file is not what the specs give").action(renderAll);
};
