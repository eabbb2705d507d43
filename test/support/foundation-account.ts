/** An account with its foundation: what environments find where `make up` has been before them. */
import * as path from "node:path";
import { Account } from "../../sandbox/cloud/account/account";
import { loadSeed } from "../../sandbox/cloud/seed";
import { readConfig } from "../../sandbox/host/project";
import { type Foundation, foundation } from "../../stacks/account/foundation";
import { foundationProgram } from "../../stacks/account/program";
import { environments } from "../../stacks/environments/environments";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { type Graph, type GraphOptions, graphOf } from "./graph";

const root = path.resolve(__dirname, "..", "..");

/** The account before anything: the seed and nothing else. */
export function emptyAccount(): Account {
  return new Account("000000000000", loadSeed().objects);
}

/** The graph of the foundation on the sandbox. @param options over the stack's own configuration, as `--config` is. */
export function foundationGraph(
  options: GraphOptions = {},
  data: Foundation = foundation,
  all: readonly EnvironmentInput[] = environments,
): Promise<Graph> {
  const config = readConfig(root, "foundation", options.config);
  const account = options.account ?? emptyAccount();
  return graphOf(() => foundationProgram(data, all), { ...options, account, stack: "foundation", config });
}

let withFoundation: Promise<Account> | undefined;

/** A new account in which the foundation stands; made once, copied for each caller. */
export async function accountWithFoundation(): Promise<Account> {
  withFoundation ??= foundationGraph().then(({ account }) => account);
  const account = await withFoundation;
  return new Account(account.accountId, account.all());
}
