/** Graphs that several test files look at are made once in a worker: a whole environment takes a second of processor time. */
import { Account } from "../../sandbox/cloud/account/account";
import type { Graph } from "./graph";

const graphs = new Map<string, Promise<Graph>>();

/**
 * The graph that `make` gives, made the first time that anybody asks for it.
 * @param what says all that decides the graph; JSON tells two apart.
 * @returns the graph with an account of its own, which the caller may change.
 */
export async function cachedGraph(what: unknown, make: () => Promise<Graph>): Promise<Graph> {
  const key = JSON.stringify(what);
  const graph = graphs.get(key) ?? make();
  graphs.set(key, graph);
  const { account, ...rest } = await graph;
  return { ...rest, account: new Account(account.accountId, account.all()) };
}
