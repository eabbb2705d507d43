/** One run on disk: configuration, lock, state, account, policies and program brought together, and everything saved. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { Account } from "./cloud/account/account";
import { accountPath, openAccount } from "./cloud/account/account-file";
import type { QuotaLevel } from "./cloud/aws/object/facts";
import type { OutageTexts } from "./cloud/outage/outage";
import { loadSeed } from "./cloud/seed";
import { UserError } from "./core/errors";
import { lockPath, takeLock, type Lock } from "./storage/lock";
import type { Listener, Operation, RunResult } from "./events/events";
import type { Program } from "./host/host";
import { cacheVerdicts } from "./analyzer/cached-verdicts";
import { launchPolicies } from "./analyzer/policy-runner";
import { planAndRun, planBeneath, type Beneath } from "./approved-run";
import type { PolicyRunner } from "./engine/policy-runner";
import { readPolicyConfig } from "./analyzer/policy-config";
import { readLayout } from "./project/layout";
import type { ProjectPaths } from "./project/project-paths";
import { loadProgram, warmUp } from "./host/program-module";
import { readConfig, readProject } from "./host/project";
import { stackPassphrase } from "./state/secrets";
import { StateFile, statePath } from "./state/state-file";
import { Timings } from "./timings";
import { maskOf, type Mask } from "./property/mask";

export { isBlocking } from "./events/blocking";
export { resourcesAfter, resourcesBefore } from "./events/resources";
export type { EngineEvent, Operation, Plan, RunResult } from "./events/events";

/** A verb's options for a run. */
export interface RunOptions extends ProjectPaths {
  readonly operation: Operation;
  readonly stack: string;
  /** `--config key=value`: for this run, never stored. */
  readonly config?: Readonly<Record<string, string>>;
  /** `--secret-config key=value`: the same, masked wherever it is shown. */
  readonly secretConfig?: Readonly<Record<string, string>>;
  /** Checked unless false. */
  readonly policies?: boolean;
  readonly targets?: readonly string[];
  readonly replaces?: readonly string[];
  readonly refresh?: boolean;
  readonly expectNoChanges?: boolean;
  readonly previewOnly?: boolean;
  readonly parallel?: number;
  /** Quotas of the simulated account that count in this run; the seed's when absent. */
  readonly quotas?: QuotaLevel;
  /** Regions, zones and services that are lost in this run. */
  readonly outages?: OutageTexts;
  /** What else must be right, checked while the policies start and before the state is touched; it throws where it is not. */
  readonly check?: () => void;
  readonly listener?: Listener;
  /** For a preview: a stack that is missing beneath this one, and is planned in memory first; nothing of it is kept. */
  readonly beneath?: string;
  /**
   * Shown the plan before anything is changed; the run goes on where it gives true. Not called for a plan that fails or
   * changes nothing. Absent: the run begins at once, without a plan.
   */
  readonly approve?: (plan: RunResult) => Promise<boolean>;
  /** Ctrl-C: nothing new begins, what is under way ends and is saved. */
  readonly signal?: AbortSignal;
}

/** A stack with everything that its run needs: what {@link run} reads from the project's files. */
export interface StackRun extends Omit<
  RunOptions,
  "root" | "policies" | "config" | "secretConfig" | "check" | "beneath"
> {
  readonly project: string;
  readonly config: Readonly<Record<string, string>>;
  /** Keys of `config` whose values are secret. */
  readonly secretKeys?: readonly string[];
  readonly program: Program;
  /** Starts the policies: called once the run is sure to need them. */
  readonly startPolicies?: () => PolicyRunner;
  /** What to do on this thread while the state's key is derived on another. */
  readonly meanwhile?: () => void;
  readonly beneath?: Beneath;
}

/** Runs one operation of the project in `root`. @throws UserError for anything a person can mend. */
export async function run(runOptions: RunOptions): Promise<RunResult> {
  const options = { ...runOptions, root: path.resolve(runOptions.root), work: path.resolve(runOptions.work) };
  const project = readProject(options.root);
  const { secretConfig = {} } = options;
  const config = readConfig(options.root, options.stack, { ...options.config, ...secretConfig }, options.configFile);
  const plainConfig = withoutKeys(config, Object.keys(secretConfig));
  // Programs name files from their own folder, wherever the run was started.
  const before = process.cwd();
  try {
    process.chdir(project.folder);
    return await runStack({
      ...options,
      project: project.name,
      config,
      secretKeys: Object.keys(secretConfig),
      program: loadProgram(project),
      beneath: options.beneath === undefined ? undefined : beneathOf(options.root, options.beneath),
      startPolicies: usesPolicies(options) ? () => startPack(options, project.name, plainConfig) : undefined,
      meanwhile: () => {
        warmUp(project);
        options.check?.();
      },
    });
  } catch (error) {
    throw maskedError(error, maskOf(Object.values(secretConfig)));
  } finally {
    process.chdir(before);
  }
}

function beneathOf(root: string, stack: string): Beneath {
  return { stack, config: readConfig(root, stack) };
}

/** The environment of the pack's process: it is open to every process list of this user. */
function withoutKeys(config: Readonly<Record<string, string>>, secret: readonly string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(config).filter(([key]) => !secret.includes(key)));
}

/** The error with the run's secrets hidden in message and stack. */
function maskedError(error: unknown, mask: Mask): unknown {
  if (!(error instanceof Error)) return error;
  const stack = mask(error.stack ?? "");
  error.message = mask(error.message);
  error.stack = stack;
  return error;
}

/** Runs one operation on the stack's state and the account in the work folder, under their locks. */
export async function runStack(options: StackRun): Promise<RunResult> {
  const timings = new Timings();
  const writes = changesAnything(options);
  const locks = writes ? lockBoth(options) : NO_LOCKS;
  let policies: PolicyRunner | undefined;
  try {
    // The key is derived on another thread: begun first, it costs nothing beside the loading of the SDK.
    const opening = StateFile.open(options.work, options.stack, stackPassphrase(), locks.stack.assertHeld);
    opening.catch(() => undefined);
    const { account, save } = openAccount(
      options.work,
      () => loadSeed().objects,
      locks.account.assertHeld,
      (options.secretKeys ?? []).map((key) => options.config[key] ?? ""),
    );
    // A state that cannot be read ends the run here, before anything is started for it.
    await Promise.race([opening, undefined]);
    // The pack starts beside everything that follows: it takes as long as loading the SDK and the program does.
    policies = options.startPolicies?.();
    const [{ execute }, { hosted }, { sandboxPackages }] = await Promise.all([
      import("./engine/execute"),
      import("./host/host"),
      import("./cloud/packages"),
    ]);
    options.meanwhile?.();
    timings.mark("load");
    const state = await opening;
    timings.mark("state");
    // What is planned beneath a preview is made in a copy: the account writes down whatever happens in it.
    const used = options.beneath === undefined ? account : new Account(account.accountId, account.all());
    const packages = sandboxPackages(used, options.quotas, options.outages);
    const { snapshot, cutOff } = state;
    const engine = { ...options, policies, program: hosted(options.program), packages, snapshot, cutOff };
    if (options.beneath !== undefined) await planBeneath(engine, options.beneath, execute);
    const result = await planAndRun(engine, writes ? options.approve : undefined, execute);
    timings.mark("engine");
    if (writes && result.applied) {
      save();
      state.save();
    }
    timings.mark("write");
    return result;
  } finally {
    policies?.stop();
    locks.account.release();
    locks.stack.release();
  }
}

function changesAnything({ operation, previewOnly }: Pick<RunOptions, "operation" | "previewOnly">): boolean {
  return operation !== "preview" && previewOnly !== true;
}

function usesPolicies({ operation, policies }: RunOptions): boolean {
  return policies !== false && (operation === "preview" || operation === "update");
}

/** The locks of a run that changes something. */
interface RunLocks {
  readonly stack: Lock;
  readonly account: Lock;
}

const UNLOCKED: Lock = { release: () => undefined, assertHeld: () => undefined };
/** A preview writes nothing. */
const NO_LOCKS: RunLocks = { stack: UNLOCKED, account: UNLOCKED };

function lockBoth({ work, stack: name, operation }: StackRun): RunLocks {
  const command = `${operation} of stack ${name}`;
  const stack = takeLock(lockPath(statePath(work, name)), `stack ${name}`, command);
  try {
    return { stack, account: takeLock(lockPath(accountPath(work)), "the simulated account", command) };
  } catch (error) {
    stack.release();
    throw error;
  }
}

function startPack(options: RunOptions, project: string, config: Readonly<Record<string, string>>): PolicyRunner {
  const { root, stack, operation, policyPack, policyPackConfig } = options;
  const directory = path.resolve(root, policyPack ?? readLayout(root).policyPack);
  if (!existsSync(path.join(directory, "PulumiPolicy.yaml")))
    throw new UserError(
      `there is no policy project in ${directory}. Where a project has no policies, run with --no-policies. A pack elsewhere is named by --policy-pack.`,
    );
  const policies = launchPolicies({
    directory,
    stack,
    project,
    preview: operation === "preview" || options.approve !== undefined,
    config,
    policyConfig: readPolicyConfig(root, stack, policyPackConfig),
  });
  return options.approve === undefined ? policies : cacheVerdicts(policies);
}
