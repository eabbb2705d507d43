/** The replica's graph in a state that its file need not have. */
import * as path from "node:path";
import { readConfig } from "../../sandbox/host/project";
import { environment } from "../../stacks/environments/environment";
import { prod } from "../../stacks/environments/prod";
import { replicaChoice } from "../../stacks/environments/replica";
import { type ReplicaState, replicaOf } from "../../stacks/environments/replica-of";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { readSettings } from "../../stacks/inputs/config";
import { readLock } from "../../stacks/inputs/lock";
import { program } from "../../stacks/program/program";
import { accountWithFoundation } from "./foundation-account";
import { type Graph, type GraphOptions, graphOf } from "./graph";

const root = path.resolve(__dirname, "..", "..");

/** The replica as data, standing by with two nodes for the add-ons and none for applications. */
export function replicaIn(state: ReplicaState, standingNodes = { apps: 0, system: 2 }): EnvironmentInput {
  return replicaOf(prod, { ...replicaChoice, mode: "pilot", standingNodes, state });
}

/** The graph of an environment whose data a test has changed. */
export async function graphOfInput(input: EnvironmentInput, options: GraphOptions = {}): Promise<Graph> {
  const read = () => ({ environment: environment(input), settings: readSettings(), lock: readLock() });
  const account = options.account ?? (await accountWithFoundation());
  return graphOf(() => program(read), {
    ...options,
    account,
    stack: input.name,
    config: readConfig(root, input.name, options.config),
  });
}

const graphs = new Map<ReplicaState, Promise<Graph>>();

/** The graph of the replica in a state, made once in a worker. */
export function replicaGraph(state: ReplicaState): Promise<Graph> {
  const graph = graphs.get(state) ?? graphOfInput(replicaIn(state));
  graphs.set(state, graph);
  return graph;
}
