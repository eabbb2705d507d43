/** The dev environment with flags of one of two applications, on the simulated account. */
import * as path from "node:path";
import { readConfig } from "../../sandbox/host/project";
import { dev } from "../../stacks/environments/dev";
import { environment } from "../../stacks/environments/environment";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { readSettings } from "../../stacks/inputs/config";
import { readLock } from "../../stacks/inputs/lock";
import { program } from "../../stacks/program/program";
import { accountWithFoundation } from "./foundation-account";
import { type Graph, type GraphOptions, graphOf } from "./graph";

/** A flag for a share of people. */
export const checkout = { owner: "payments", removeBy: "2027-03-01", default: false, percentage: 5 };

/** The environment. */
export const flagged: EnvironmentInput = {
  ...dev,
  gitOps: { ...dev.gitOps, applications: ["shop", "blog"] },
  flags: { shop: { checkout } },
};

const root = path.resolve(__dirname, "..", "..");

/** The graph of dev with other data. @param options of the run, where it is not the first one */
export async function devGraph(input: EnvironmentInput, options: GraphOptions = {}): Promise<Graph> {
  const config = readConfig(root, "dev");
  const read = () => ({ environment: environment(input), settings: readSettings(), lock: readLock() });
  return graphOf(() => program(read), {
    account: options.account ?? (await accountWithFoundation()),
    stack: "dev",
    config,
    ...options,
  });
}
