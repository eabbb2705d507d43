/** The graph of an environment: the whole program with the sandbox's configuration, foreseen or made, in memory, on an account with its foundation. */
import * as path from "node:path";
import { readConfig } from "../../sandbox/host/project";
import { program } from "../../stacks/program/program";
import { accountWithFoundation } from "./foundation-account";
import { type Graph, type GraphOptions, graphOf } from "./graph";
import { cachedGraph } from "./graph-cache";

const root = path.resolve(__dirname, "..", "..");

/**
 * Runs the program of a stack, unless another test of this worker has.
 * @param options over the stack's own configuration, as `--config` is; from an earlier run it is always run.
 */
export async function stackGraph(stack: string, options: GraphOptions = {}): Promise<Graph> {
  const { account, snapshot, packages, ...plain } = options;
  const config = readConfig(root, stack, options.config);
  const make = async () =>
    graphOf(program, { ...options, account: account ?? (await accountWithFoundation()), stack, config });
  const alone = account === undefined && snapshot === undefined && packages === undefined;
  return alone ? cachedGraph({ stack, ...plain }, make) : make();
}
