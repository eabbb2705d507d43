/** Runs a Pulumi program through the sandbox's engine in memory and gives the graph that it declared. */
import { Account } from "../../sandbox/cloud/account/account";
import type { ProviderPackage } from "../../sandbox/protocol/provider";
import type { Diagnostic, Operation, PlanStep, RunResult } from "../../sandbox/events/events";
import { execute } from "../../sandbox/engine/execute";
import { hosted } from "../../sandbox/host/host";
import type { PropertyDependencies, ResourceState } from "../../sandbox/state/resource-state";
import { Snapshot } from "../../sandbox/state/snapshot";
import { nameOf } from "../../sandbox/property/urn";
import { plain, type PropertyMap, type Value } from "../../sandbox/property/values";

/** How the program is run. */
export interface GraphOptions {
  /** @default "dev" */
  readonly stack?: string;
  /** @default "fridayproof" */
  readonly project?: string;
  /** Stack configuration, `namespace:key` to text. @default none */
  readonly config?: Readonly<Record<string, string>>;
  /** Foresee instead of making: what is not known yet is the unknown sentinel. @default false */
  readonly preview?: boolean;
  /** @default the sandbox's own, on `account` */
  readonly packages?: readonly ProviderPackage[];
  /** What exists in the cloud already. @default the seeded account, and the roles that environments name */
  readonly account?: Account;
  /** What an earlier run left; it is not changed: the graph has a new one. @default an empty one */
  readonly snapshot?: Snapshot;
  /** Something else than a preview or an update. */
  readonly operation?: Operation;
  /** Read every resource of the snapshot first. @default false */
  readonly refresh?: boolean;
  /** URNs or patterns of what is replaced though nothing changed. */
  readonly replaces?: readonly string[];
  /** Do not throw when the run ends with errors. @default false */
  readonly allowErrors?: boolean;
}

/** One resource as the engine recorded it, with empty instead of absent collections. */
export interface GraphResource extends ResourceState {
  readonly name: string;
  readonly inputs: PropertyMap;
  readonly outputs: PropertyMap;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: PropertyDependencies;
  readonly ignoreChanges: readonly string[];
  /** As declared; the state does not keep it. */
  readonly deleteBeforeReplace?: boolean;
  /** URNs it was declared to have had. */
  readonly aliases: readonly string[];
}

/** What a program declared. */
export interface Graph {
  readonly resources: readonly GraphResource[];
  /** The only resource of this logical name. @throws Error when there is none, or more than one. */
  byName(name: string): GraphResource;
  ofType(type: string): readonly GraphResource[];
  /** Resources whose parent is this URN. */
  children(urn: string): readonly GraphResource[];
  /** Stack outputs, secrets wrapped. */
  readonly outputs: PropertyMap;
  readonly diagnostics: readonly Diagnostic[];
  readonly exitCode: number;
  /** What was done or, in a preview, would be: everything but what stays as it is. */
  readonly steps: readonly PlanStep[];
  /** How the run ended, as the display gets it. */
  readonly result: RunResult;
  /** For a second run. */
  readonly snapshot: Snapshot;
  /** The cloud afterwards. */
  readonly account: Account;
}

/** The sandbox's account number. */
const ACCOUNT_ID = "000000000000";

/** As vitest sets it, for what fails outside of a run. */
const STACK_TRACE_LIMIT = Error.stackTraceLimit;

/** Runs `program` as the whole of a stack. @throws Error with every error of the run, unless they are allowed. */
export async function graphOf(program: () => unknown, options: GraphOptions = {}): Promise<Graph> {
  const account = options.account ?? (options.packages === undefined ? await seeded() : new Account(ACCOUNT_ID));
  const snapshot = options.snapshot?.copy() ?? new Snapshot([]);
  const deployment = {
    operation: options.operation ?? (options.preview === true ? "preview" : "update"),
    stack: options.stack ?? "dev",
    project: options.project ?? "fridayproof",
    config: options.config ?? {},
    packages: options.packages ?? (await simulated(account)),
    program: hosted(program),
    refresh: options.refresh,
    replaces: options.replaces,
    snapshot,
  };
  const result = await withoutTraces(() => execute(deployment));
  const errors = result.diagnostics.filter(({ severity }) => severity === "error");
  if (options.allowErrors !== true && (result.exitCode !== 0 || errors.length > 0)) {
    throw new Error([`the program ended with exit code ${result.exitCode}`, ...errors.map(lineOf)].join("\n"));
  }
  const resources = result.resources.map((row): GraphResource => {
    const goal = result.goals.get(row.urn);
    return {
      ...row,
      name: nameOf(row.urn),
      inputs: row.inputs ?? {},
      outputs: row.outputs ?? {},
      dependencies: row.dependencies ?? [],
      propertyDependencies: row.propertyDependencies ?? {},
      ignoreChanges: row.ignoreChanges ?? [],
      deleteBeforeReplace: goal?.deleteBeforeReplace,
      aliases: goal?.aliases ?? [],
    };
  });
  const { outputs, diagnostics, exitCode } = result;
  const steps = result.plan.steps.filter(({ op }) => op !== "same");
  return { ...lookups(resources), resources, outputs, diagnostics, exitCode, steps, result, snapshot, account };
}

/**
 * The SDK keeps a stack trace with each promise, a dozen a resource, for who hunts a leak with this variable: they are
 * half of the time that a plan takes.
 */
async function withoutTraces<T>(run: () => Promise<T>): Promise<T> {
  if (process.env["PULUMI_DEBUG_PROMISE_LEAKS"] !== undefined) return run();
  Error.stackTraceLimit = 0;
  try {
    return await run();
  } finally {
    Error.stackTraceLimit = STACK_TRACE_LIMIT;
  }
}

/** The value with every secret opened. */
export function revealed(value: Value | undefined): Value | undefined {
  return value === undefined ? undefined : plain(value);
}

function lookups(resources: readonly GraphResource[]): Pick<Graph, "byName" | "ofType" | "children"> {
  return {
    byName(name) {
      const found = resources.filter((resource) => resource.name === name);
      const [only] = found;
      if (only !== undefined && found.length === 1) return only;
      const names = resources.map((resource) => resource.name).sort();
      throw new Error(`${found.length} resources are called '${name}'; the graph has: ${names.join(", ")}`);
    },
    ofType: (type) => resources.filter((resource) => resource.type === type),
    children: (urn) => resources.filter((resource) => resource.parent === urn),
  };
}

function lineOf({ urn, message }: Diagnostic): string {
  return urn === undefined ? message : `${nameOf(urn)}: ${message}`;
}

// Loaded when first needed: programs on fake providers do not pay for the simulated clouds.
async function simulated(account: Account): Promise<ProviderPackage[]> {
  const { sandboxPackages } = await import("../../sandbox/cloud/packages");
  return sandboxPackages(account);
}

async function seeded(): Promise<Account> {
  const { loadSeed } = await import("../../sandbox/cloud/seed");
  const account = new Account(ACCOUNT_ID, loadSeed().objects);
  for (const id of ["fridayproof-deploy", "fridayproof-read-only", "fridayproof-break-glass"]) {
    const outputs = { arn: `arn:aws:iam::${ACCOUNT_ID}:role/${id}`, name: id };
    account.put({ type: "aws:iam/role:Role", id, scope: "global", urn: "", inputs: {}, outputs });
  }
  return account;
}
