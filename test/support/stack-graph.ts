/** The graph of an environment: the whole program with the sandbox's configuration, foreseen or made, in memory, on an account with its foundation. */
import * as path from "node:path";
import { readConfig } from "../../sandbox/host/project";
import { program } from "../../stacks/program/program";
import { foundedAccount } from "./founded";
import { type Graph, type GraphOptions, graphOf } from "./graph";

const root = path.resolve(__dirname, "..", "..");

/** Runs the program of a stack. @param options over the stack's own configuration, as `--config` is. */
export async function stackGraph(stack: string, options: GraphOptions = {}): Promise<Graph> {
  const account = options.account ?? (await foundedAccount());
  return graphOf(program, { ...options, account, stack, config: readConfig(root, stack, options.config) });
}
