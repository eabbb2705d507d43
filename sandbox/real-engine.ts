/** `ENGINE=pulumi`: the real Pulumi CLI runs the program, on the simulated providers and in a backend of its own. */
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { pathToFileURL } from "node:url";
import { accountPath, openAccount } from "./cloud/account-file";
import type { QuotaLevel } from "./cloud/aws/facts";
import { sandboxPackages } from "./cloud/packages";
import { serve, type Served } from "./serve/serve";
import { loadWorld } from "./cloud/world";
import { UserError } from "./errors";
import type { Operation } from "./report/events";
import { readConfig, readProject } from "./program/project";
import { lockPath, takeLock } from "./store/lock";

/** What to run. */
export interface RealEngineOptions {
  readonly operation: Exclude<Operation, "refresh">;
  readonly stack: string;
  readonly root: string;
  readonly work: string;
  readonly policies?: boolean;
  readonly config?: Readonly<Record<string, string>>;
  readonly secretConfig?: Readonly<Record<string, string>>;
  readonly targets?: readonly string[];
  readonly replaces?: readonly string[];
  readonly json?: boolean;
  readonly refresh?: boolean;
  readonly expectNoChanges?: boolean;
  /** Quotas of the simulated account that count in this run; what the seed says when absent. */
  readonly quotas?: QuotaLevel;
}

const VERBS: Readonly<Record<RealEngineOptions["operation"], readonly string[]>> = {
  preview: ["preview"],
  update: ["up", "--yes", "--skip-preview"],
  destroy: ["destroy", "--yes", "--skip-preview"],
};

/** Runs the CLI and returns its exit code; the providers are stopped and the account is saved whatever happens. */
export async function runRealEngine(options: RealEngineOptions): Promise<number> {
  const pulumi = findOnPath("pulumi");
  readConfig(options.root, options.stack);
  const lock = takeLock(
    lockPath(accountPath(options.work)),
    "the simulated account",
    `pulumi ${options.operation} of stack ${options.stack}`,
  );
  const { account, save } = openAccount(options.work, () => loadWorld().objects, lock.assertHeld);
  const served: Served[] = [];
  try {
    for (const pkg of sandboxPackages(account, options.quotas))
      served.push(await serve(pkg, versionOf(options.root, pkg.name)));
    const providers = served.map(({ name, port }) => `${name}:${port}`).join(",");
    const environment = environmentFor(options, providers);
    const config = prepareBackend(options);
    await expectSuccess(
      pulumi,
      ["stack", "select", "--create", options.stack, "--config-file", config],
      options.root,
      environment,
    );
    for (const [key, value] of Object.entries(options.secretConfig ?? {})) {
      const words = ["config", "set", "--secret", key, value, "--stack", options.stack, "--config-file", config];
      await expectSuccess(pulumi, words, options.root, environment);
    }
    return await spawned(
      pulumi,
      [...VERBS[options.operation], ...flagsFor(options, config)],
      options.root,
      environment,
    );
  } finally {
    for (const server of served) await server.stop();
    if (options.operation !== "preview") save();
    lock.release();
  }
}

/** A backend inside the work folder, and a copy of the configuration: the CLI writes its salt into the file it is given. */
function prepareBackend({ root, work, stack }: RealEngineOptions): string {
  const backend = path.join(work, "pulumi");
  fs.mkdirSync(backend, { recursive: true });
  const config = path.join(backend, `Pulumi.${stack}.yaml`);
  const source = path.join(root, "sandbox", "config", `Pulumi.${stack}.yaml`);
  const salt = fs.existsSync(config) ? /^encryptionsalt: .*$/m.exec(fs.readFileSync(config, "utf8"))?.[0] : undefined;
  fs.writeFileSync(config, `${fs.readFileSync(source, "utf8").trimEnd()}\n${salt === undefined ? "" : `${salt}\n`}`);
  return config;
}

function environmentFor({ work }: RealEngineOptions, providers: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PULUMI_DEBUG_PROVIDERS: providers,
    PULUMI_BACKEND_URL: pathToFileURL(path.join(work, "pulumi")).href,
    PULUMI_CONFIG_PASSPHRASE: process.env.PULUMI_CONFIG_PASSPHRASE ?? "sandbox",
    PULUMI_SKIP_UPDATE_CHECK: "true",
  };
}

function flagsFor(options: RealEngineOptions, configFile: string): string[] {
  const { root, stack, policies, operation, config = {}, targets = [], replaces = [] } = options;
  const flags = ["--stack", stack, "--config-file", configFile, "--non-interactive"];
  for (const [key, value] of Object.entries(config)) flags.push("--config", `${key}=${value}`);
  for (const target of targets) flags.push("--target", target);
  for (const urn of replaces) flags.push("--replace", urn);
  if (options.json === true) flags.push("--json");
  if (options.refresh === true) flags.push("--refresh");
  if (options.expectNoChanges === true) flags.push("--expect-no-changes");
  if (policies === false || operation === "destroy") return flags;
  const policyConfig = path.join(root, "policies", "config", `${stack}.json`);
  flags.push("--policy-pack", path.join(root, "policies"));
  return fs.existsSync(policyConfig) ? [...flags, "--policy-pack-config", policyConfig] : flags;
}

/** The version of the SDK that the program uses: the CLI asks the attached provider for the same. */
function versionOf(root: string, pkg: string): string {
  const manifest = path.join(readProject(root).root, "node_modules", "@pulumi", pkg, "package.json");
  return (JSON.parse(fs.readFileSync(manifest, "utf8")) as { version: string }).version;
}

function findOnPath(program: string): string {
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const found = folders.map((folder) => path.join(folder, program)).find((file) => fs.existsSync(file));
  if (found !== undefined) return found;
  throw new UserError(
    "ENGINE=pulumi needs the real Pulumi CLI, and there is no `pulumi` on PATH.\n" +
      "Install it as https://www.pulumi.com/docs/install/ says, or leave ENGINE out: the embedded engine needs nothing.",
  );
}

async function expectSuccess(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const code = await spawned(program, args, cwd, env);
  if (code !== 0) throw new UserError(`\`pulumi ${args.slice(0, 2).join(" ")}\` failed with exit code ${code}`, code);
}

function spawned(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, env, stdio: "inherit" });
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? (signal === null ? 1 : 130)));
  });
}
