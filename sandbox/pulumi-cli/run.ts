/** `ENGINE=pulumi`: the real Pulumi CLI runs the program, on the simulated providers and in a backend of its own. */
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { accountPath, openAccount } from "../cloud/account/account-file";
import type { QuotaLevel } from "../cloud/aws/object/facts";
import type { OutageTexts } from "../cloud/outage/outage";
import { sandboxPackages } from "../cloud/packages";
import { loadSeed } from "../cloud/seed";
import { EXIT_USAGE, UserError } from "../core/errors";
import { readLayout } from "../project/layout";
import { readConfig } from "../host/project";
import { policyConfigFile, readPolicyConfig } from "../analyzer/policy-config";
import type { Operation } from "../events/events";
import type { ProjectPaths } from "../project/project-paths";
import { isShortName, matchesTarget, targetHint, urnPattern } from "../property/urn";
import { serve, type Served } from "../plugin-server/serve";
import { lockPath, takeLock } from "../storage/lock";
import { callCli, runCli } from "./executable";
import { backendStates } from "./states";
import { openBackend, openWorkspace, type Workspace } from "./workspace";

/** What to run. */
export interface RealEngineOptions extends ProjectPaths {
  readonly operation: Operation;
  readonly stack: string;
  readonly policies?: boolean;
  readonly config?: Readonly<Record<string, string>>;
  readonly secretConfig?: Readonly<Record<string, string>>;
  readonly targets?: readonly string[];
  readonly replaces?: readonly string[];
  readonly parallel?: number;
  readonly json?: boolean;
  readonly refresh?: boolean;
  readonly expectNoChanges?: boolean;
  readonly previewOnly?: boolean;
  /** Quotas of the simulated account that count in this run; the seed's when absent. */
  readonly quotas?: QuotaLevel;
  /** Regions, zones and services that are lost in this run. */
  readonly outages?: OutageTexts;
  /** Given what the CLI writes on standard output, which then is shown nowhere. */
  readonly answer?: (text: string) => void;
  /** Everything on standard error, because standard output is for another run's plan. */
  readonly toStderr?: boolean;
}

/** `up` keeps its own preview: there the policies about a whole stack are checked before anything is changed. */
const VERBS: Readonly<Record<Operation, readonly string[]>> = {
  preview: ["preview"],
  update: ["up", "--yes"],
  destroy: ["destroy", "--yes", "--skip-preview"],
  refresh: ["refresh", "--yes", "--skip-preview"],
};

/** Runs the CLI and returns its exit code; the providers are stopped and the account is saved whatever happens. */
export async function runRealEngine(options: RealEngineOptions): Promise<number> {
  const { root, work, operation, stack } = options;
  // A typo must make neither a stack nor a backend.
  readConfig(root, stack, {}, options.configFile);
  await rejectIdlePatterns(options);
  const backend = await openBackend(options);
  const lock = takeLock(lockPath(accountPath(work)), "the simulated account", `pulumi ${operation} of stack ${stack}`);
  const served: Served[] = [];
  try {
    const { account, save } = openAccount(
      work,
      () => loadSeed().objects,
      lock.assertHeld,
      Object.values(options.secretConfig ?? {}),
    );
    try {
      const workspace = await openWorkspace(backend, options);
      for (const pkg of sandboxPackages(account, options.quotas, options.outages)) {
        const version = versionOf(root, pkg.name);
        if (version !== undefined) served.push(await serve(pkg, version));
      }
      return await runOn(workspace, served, options);
    } finally {
      for (const server of served) await server.stop();
      if (operation !== "preview") save();
    }
  } finally {
    lock.release();
  }
}

/**
 * The real CLI lets a pattern match nothing: then a typo is "no changes". A target of `up` or `preview` is left to it,
 * because it may name what the program adds.
 * @throws UserError naming the pattern.
 */
async function rejectIdlePatterns(options: RealEngineOptions): Promise<void> {
  const { operation, stack, targets = [], replaces = [] } = options;
  const isOfState = operation === "destroy" || operation === "refresh";
  const patterns = [...replaces, ...(isOfState ? targets : [])].filter(
    (pattern) => pattern.includes("*") || isShortName(pattern),
  );
  if (patterns.length === 0) return;
  const rows = await backendStates(options).resources(stack);
  const idle = patterns.find((pattern) => !rows.some(({ urn }) => matchesTarget(pattern, urn)));
  if (idle !== undefined)
    throw new UserError(
      `Target '${idle}' could not be found in the stack.${targetHint(
        idle,
        rows.map(({ urn }) => urn),
      )}`,
      EXIT_USAGE,
    );
}

async function runOn(workspace: Workspace, served: readonly Served[], options: RealEngineOptions): Promise<number> {
  const { cli, env, configFile } = workspace;
  const providers = served.map(({ name, port }) => `${name}:${port}`).join(",");
  const context = { cwd: options.root, env: { ...env, PULUMI_DEBUG_PROVIDERS: providers } };
  const args = [...verbOf(options), ...flagsFor(options, configFile), ...policyFlags(options)];
  if (options.answer !== undefined) {
    const { code, stdout } = await callCli(cli, args, context);
    options.answer(stdout);
    return code;
  }
  return runCli(cli, args, context, options.toStderr === true ? 2 : "inherit");
}

function verbOf({ operation, previewOnly }: RealEngineOptions): readonly string[] {
  return operation === "refresh" && previewOnly === true ? ["refresh", "--preview-only"] : VERBS[operation];
}

function flagsFor(options: RealEngineOptions, configFile: string): string[] {
  const { stack, config = {}, targets = [], replaces = [], parallel } = options;
  const flags = ["--stack", stack, "--config-file", configFile, "--non-interactive"];
  for (const [key, value] of Object.entries(config)) flags.push("--config", `${key}=${value}`);
  for (const target of targets) flags.push("--target", urnPattern(target));
  for (const name of replaces) flags.push("--replace", urnPattern(name));
  if (parallel !== undefined) flags.push("--parallel", String(parallel));
  if (options.json === true) flags.push("--json");
  if (options.refresh === true) flags.push("--refresh");
  if (options.expectNoChanges === true) flags.push("--expect-no-changes");
  return flags;
}

/** Only what runs the program takes policies. */
function policyFlags(options: RealEngineOptions): readonly string[] {
  const { root, stack, policies, operation, policyPack, policyPackConfig } = options;
  if (policies === false || operation === "destroy" || operation === "refresh") return [];
  readPolicyConfig(root, stack, policyPackConfig);
  const pack = ["--policy-pack", path.resolve(root, policyPack ?? readLayout(root).policyPack)];
  const config = policyPackConfig ?? policyConfigFile(root, stack);
  return fs.existsSync(config) ? [...pack, "--policy-pack-config", config] : pack;
}

/** The version of the SDK that the program uses: the CLI requires the same of the attached provider. Undefined where it uses none. */
function versionOf(root: string, pkg: string): string | undefined {
  const { paths } = createRequire(path.join(root, "package.json")).resolve;
  const manifests = (paths("@pulumi") ?? []).map((folder) => path.join(folder, "@pulumi", pkg, "package.json"));
  const found = manifests.find((file) => fs.existsSync(file));
  return found === undefined ? undefined : (JSON.parse(fs.readFileSync(found, "utf8")) as { version: string }).version;
}
