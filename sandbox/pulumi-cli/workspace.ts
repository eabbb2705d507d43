/** What the real CLI finds on disk: a backend, a project of the same name, and a copy of the stack's configuration. */
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { UserError } from "../core/errors";
import { readProject } from "../host/project";
import type { ProjectPaths } from "../project/project-paths";
import { stackConfigFile } from "../project/stack-config";
import { stackPassphrase } from "../state/secrets";
import { writeAtomically, writing } from "../storage/journaled-file";
import type { PropertyMap, Value } from "../property/values";
import { callCli, findCli } from "./executable";

/** The real CLI on a backend of this project's own. */
export interface Backend {
  readonly cli: string;
  /**
   * `.fridayproof/pulumi`: the backend, a Pulumi.yaml of the same project name, and configuration files. Commands
   * without `--config-file` run here: they would write salt and secrets beside the Pulumi.yaml that they find.
   */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** A stack of the backend, ready to be run. */
export interface Workspace extends Backend {
  readonly stack: string;
  /** The stack's configuration, for commands that take `--config-file`. */
  readonly configFile: string;
}

/** Which stack is made ready. */
interface WorkspaceOptions extends ProjectPaths {
  readonly stack: string;
  readonly secretConfig?: Readonly<Record<string, string>>;
}

/** Finds the CLI and prepares the folder. @throws UserError when there is no CLI. */
export async function openBackend({ root, work }: ProjectPaths): Promise<Backend> {
  const cli = await findCli(root);
  const folder = path.join(work, "pulumi");
  writing(folder, () => fs.mkdirSync(folder, { recursive: true }));
  writeAtomically(path.join(folder, "Pulumi.yaml"), `name: ${readProject(root).name}\nruntime: nodejs\n`);
  return { cli, folder, env: environmentFor(folder) };
}

/**
 * Makes the stack where there is none, and gives it the secrets of this run, which the CLI encrypts: neither an argument
 * nor a file ever holds one in the clear.
 * @throws UserError when the CLI refuses, with its exit code.
 */
export async function openWorkspace(
  backend: Backend,
  { root, stack, configFile, secretConfig = {} }: WorkspaceOptions,
): Promise<Workspace> {
  const workspace = { ...backend, stack, configFile: path.join(backend.folder, `Pulumi.${stack}.yaml`) };
  copyConfig(configFile ?? stackConfigFile(root, stack), workspace);
  await expectSuccess(workspace, ["stack", "select", "--create", stack, "--non-interactive"]);
  for (const [key, value] of Object.entries(secretConfig))
    await expectSuccess(workspace, ["config", "set", "--secret", key, "--stack", stack, "--non-interactive"], value);
  return workspace;
}

/** The stacks that have resources. */
export async function stacksIn(backend: Backend): Promise<readonly string[]> {
  const list = await expectSuccess(backend, ["stack", "ls", "--output", "json", "--non-interactive"]);
  const rows = JSON.parse(list) as readonly { readonly name: string; readonly resourceCount?: number }[];
  return rows.filter(({ resourceCount }) => resourceCount !== 0).map(({ name }) => name);
}

/** A stack's deployment as the backend has it, secrets encrypted. @throws UserError when there is none. */
export async function exportStack(backend: Backend, stack: string): Promise<Value> {
  return JSON.parse(await expectSuccess(backend, ["stack", "export", "--stack", stack, "--non-interactive"])) as Value;
}

/** A stack's outputs, `[secret]` in place of secrets. @throws UserError when there is no such stack. */
export async function stackOutputs(backend: Backend, stack: string): Promise<PropertyMap> {
  const words = ["stack", "output", "--json", "--stack", stack, "--non-interactive"];
  return JSON.parse(await expectSuccess(backend, words)) as PropertyMap;
}

/** Runs a command in the backend's folder and returns what it printed. @throws UserError with its exit code when it fails. */
async function expectSuccess({ cli, folder, env }: Backend, args: readonly string[], input?: string): Promise<string> {
  const { code, stdout } = await callCli(cli, args, { cwd: folder, env }, input);
  if (code !== 0) throw new UserError(`\`pulumi ${args.slice(0, 2).join(" ")}\` failed with exit code ${code}.`, code);
  return stdout;
}

/** The CLI writes its salt and this run's secrets into the copy; of those the salt alone outlives the run. */
function copyConfig(original: string, { configFile }: Workspace): void {
  const source = fs.readFileSync(original, "utf8").trimEnd();
  const before = fs.existsSync(configFile) ? fs.readFileSync(configFile, "utf8") : "";
  const salt = /^encryptionsalt: .*$/m.exec(before)?.[0];
  writeAtomically(configFile, `${source}\n${salt === undefined ? "" : `${salt}\n`}`);
}

function environmentFor(folder: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PULUMI_BACKEND_URL: pathToFileURL(folder).href,
    PULUMI_CONFIG_PASSPHRASE: stackPassphrase(),
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}
