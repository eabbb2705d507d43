/** What every stack would make, planned by the sandbox in memory: the foundation, then each environment upon it. */
import { resolve } from "node:path";
import type { PlannedResource } from "@fridayproof/guard/costs";
import { Account } from "../../sandbox/cloud/account/account";
import { sandboxPackages } from "../../sandbox/cloud/packages";
import { loadSeed } from "../../sandbox/cloud/seed";
import { execute } from "../../sandbox/engine/execute";
import { hosted } from "../../sandbox/host/host";
import { readConfig } from "../../sandbox/host/project";
import type { ResourceState } from "../../sandbox/state/resource-state";
import { Snapshot } from "../../sandbox/state/snapshot";
import { plainMap } from "../../sandbox/property/values";
import { SANDBOX_ACCOUNT } from "../../stacks/inputs/conventions";
import { foundationProgram } from "../../stacks/account/program";
import { program } from "../../stacks/program/program";

const root = resolve(__dirname, "../..");

async function run(
  stack: string,
  account: Account,
  operation: "preview" | "update",
): Promise<readonly ResourceState[]> {
  const { resources, diagnostics, exitCode } = await execute({
    operation,
    stack,
    project: "fridayproof",
    config: readConfig(root, stack),
    packages: sandboxPackages(account),
    program: hosted(stack === "foundation" ? () => foundationProgram() : program),
    snapshot: new Snapshot([]),
  });
  if (exitCode === 0) return resources;
  const errors = diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
  throw new Error([`the plan of ${stack} ended with exit code ${exitCode}`, ...errors].join("\n"));
}

/** A row as the guard reads it, secrets opened: what is billed is no secret, and the page shows no input. */
function opened({ inputs, ...resource }: ResourceState): PlannedResource {
  return { ...resource, inputs: plainMap(inputs ?? {}) };
}

/** Resources by the name of their stack. */
export type Plans = ReadonlyMap<string, readonly PlannedResource[]>;

/**
 * Plans of the foundation and of these environments, in this order.
 * @throws Error with the errors of the first plan that fails.
 */
export async function stackPlans(stacks: readonly string[]): Promise<Plans> {
  const account = new Account(SANDBOX_ACCOUNT, loadSeed().objects);
  const plans = new Map([["foundation", (await run("foundation", account, "update")).map(opened)]]);
  for (const stack of stacks) {
    plans.set(stack, (await run(stack, new Account(account.accountId, account.all()), "preview")).map(opened));
  }
  return plans;
}
