/** Renders Helm charts and Kustomize folders with the user's own tools; what cannot be rendered is a problem, and never counts as clean. */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parse } from "yaml";
import { counted } from "@fridayproof/components/core";
import { isRemote } from "../kit/reading/manifest-address";
import { isRecord } from "../kit/reading/value";
import { kustomizationNames, type Text, type Unrendered } from "./files";

/** Runs a tool; tests pass their own function. */
export type RunTool = (tool: string, args: readonly string[]) => ToolRun;

/** Result of a tool. */
export interface ToolRun {
  /** Undefined when the tool is not installed. */
  readonly status: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** The rendered text of a folder, or the problem. */
export type Rendered = { readonly text: Text } | { readonly problem: string };

const patienceMilliseconds = 60_000;
const mostBytes = 268_435_456;

/** Runs a tool from the PATH, without input and with a time limit. */
export const runTool: RunTool = (tool, args) => {
  const run = spawnSync(tool, args, {
    encoding: "utf8",
    timeout: patienceMilliseconds,
    maxBuffer: mostBytes,
  });
  const missing = (run.error as NodeJS.ErrnoException | undefined)?.code === "ENOENT";
  return { status: missing ? undefined : (run.status ?? 1), stdout: run.stdout ?? "", stderr: run.stderr ?? "" };
};

type Command = readonly [string, ...string[]];
/** Commands that render each kind of folder, in the order in which they are tried. */
const commands: Readonly<Record<Unrendered["tool"], (folder: string) => readonly [Command, ...Command[]]>> = {
  helm: (folder) => [["helm", "template", basename(resolve(folder)), folder]],
  kustomize: (folder) => [
    ["kustomize", "build", folder],
    ["kubectl", "kustomize", folder],
  ],
};
const what = { helm: "a Helm chart", kustomize: "a Kustomize folder" } as const;

/** The folders that no other folder includes: a base is checked as a part of its overlays. */
export function tops(folders: readonly Unrendered[]): readonly Unrendered[] {
  const taken = new Set(folders.flatMap(({ tool, folder }) => (tool === "kustomize" ? resourcesOf(folder) : [])));
  return folders.filter(({ folder }) => !existsSync(folder) || !taken.has(realpathSync(folder)));
}

/** Folders that a kustomization includes. */
function resourcesOf(folder: string): readonly string[] {
  return namedBy(folder).flatMap((entry) => {
    const path = resolve(folder, entry);
    return existsSync(path) ? [realpathSync(path)] : [];
  });
}

/** Entries of a kustomization: resources, bases and components; none for a file that cannot be read, whose error the tool reports. */
function namedBy(folder: string): readonly string[] {
  const name = kustomizationNames.find((candidate) => existsSync(join(folder, candidate)));
  if (name === undefined) return [];
  try {
    const parsed: unknown = parse(readFileSync(join(folder, name), "utf8"));
    const lists = ["resources", "bases", "components"].map((key) => (isRecord(parsed) ? parsed[key] : undefined));
    return lists.flat().filter((entry): entry is string => typeof entry === "string");
  } catch {
    return [];
  }
}

/** Renders one folder. */
export function render({ file, folder, tool }: Unrendered, run: RunTool): Rendered {
  const failed = (got: string, fix: string): Rendered => ({
    problem: `${file}: got ${got}; expected rendered manifests. Fix: ${fix}.`,
  });
  const remote = tool === "kustomize" ? namedBy(folder).filter(isRemote).length : 0;
  if (remote > 0)
    return failed(
      `${what[tool]} with ${counted(remote, "base")} of other repositories, which are not fetched here`,
      `copy them in, or pipe what you build: ${commands[tool](file)[0].join(" ")} | fridayproof lint-manifests -`,
    );
  for (const [name, ...args] of commands[tool](folder)) {
    const { status, stdout, stderr } = run(name, args);
    if (status === undefined) continue;
    if (status === 0) return { text: { file: `${file} (${name})`, text: stdout } };
    const last = stderr.trim().split("\n").at(-1) ?? "";
    return failed(`${what[tool]} that ${name} does not render (${last})`, `make "${[name, ...args].join(" ")}" work`);
  }
  const names = [...new Set(commands[tool](file).map(([name]) => name))].join(" or ");
  const first = commands[tool](file)[0].join(" ");
  return failed(
    `${what[tool]}, and no ${names} on the PATH`,
    `install it, or pipe what it renders: ${first} | fridayproof lint-manifests -`,
  );
}
