/** What a change of an environment would do: the environment is made, then a second version of it is planned. */
import * as pulumi from "@pulumi/pulumi";
import { Account } from "../../sandbox/cloud/account/account";
import { Snapshot } from "../../sandbox/state/snapshot";
import { nameOf, typeOf } from "../../sandbox/property/urn";
import type { Settings } from "../../stacks/inputs/config";
import { environment } from "../../stacks/environments/environment";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { type Lock, readLock } from "../../stacks/inputs/lock";
import { program } from "../../stacks/program/program";
import { accountWithFoundation } from "./foundation-account";
import { type Graph, type GraphOptions, graphOf } from "./graph";
import { cachedGraph } from "./graph-cache";

/** One version of an environment. */
export interface Version {
  readonly environment: EnvironmentInput;
  /** @default the sandbox's */
  readonly settings?: Partial<Settings>;
  /** @default the lock file's */
  readonly lock?: Lock;
}

const SETTINGS: Settings = {
  account: "000000000000",
  deployerCidrs: ["203.0.113.10/32"],
  role: "deploy",
  teardown: false,
};

/** A change that may have ended before it was through. */
export interface Attempt {
  /** `<op> <type> <name>` of every step that was begun, in that order. */
  readonly begun: readonly string[];
  readonly errors: readonly string[];
  /** The environment as it is then. */
  readonly next: Standing;
}

/** A made environment, from which changes are planned or made. */
export class Standing {
  private constructor(readonly graph: Graph) {}

  /** Makes the environment, or copies what another test of this worker made. @param account with a foundation; a new one unless given. */
  static async of(version: Version, account?: Account): Promise<Standing> {
    if (account !== undefined) return new Standing(await run(version, false, { account }));
    return new Standing(
      await cachedGraph(version, async () => run(version, false, { account: await accountWithFoundation() })),
    );
  }

  /** What the next version would do: `<op> <type> <name>`, sorted; nothing is done. */
  async plan(version: Version): Promise<readonly string[]> {
    return lines(await run(version, true, this.graph));
  }

  /** The same without one resource: neither the state nor the account knows of it. */
  without(name: string): Standing {
    const { urn } = this.graph.byName(name);
    const { account } = this.copied();
    for (const object of account.ownedBy(urn)) account.remove(object);
    const rows = this.graph.snapshot.list().filter((row) => row.urn !== urn);
    return new Standing({ ...this.graph, account, snapshot: new Snapshot(rows) });
  }

  /** What a run may change, while others start from here too. */
  private copied(): Pick<Graph, "account" | "snapshot"> {
    const { account, snapshot } = this.graph;
    return { account: new Account(account.accountId, account.all()), snapshot };
  }

  /** Tries to make the next version, as far as it goes. @returns what was begun, in order, and what went wrong. */
  async attempt(version: Version): Promise<Attempt> {
    const graph = await run(version, false, { ...this.copied(), allowErrors: true });
    const errors = graph.diagnostics.filter(({ severity }) => severity === "error").map(({ message }) => message);
    return { begun: graph.steps.map(lineOf), errors, next: new Standing(graph) };
  }

  /** What the next version would do, as a graph; nothing is done. @param edit of the program's resources. */
  async foresee(version: Version, edit?: pulumi.ResourceTransformation): Promise<Standing> {
    return new Standing(await run(version, true, this.graph, edit));
  }

  /** Makes the next version. @returns what was done, and the environment as it is then. */
  async change(version: Version): Promise<{ readonly done: readonly string[]; readonly next: Standing }> {
    const graph = await run(version, false, this.copied());
    return { done: lines(graph), next: new Standing(graph) };
  }
}

/** The graph of a version that is only foreseen: what an empty account would get. */
export async function foreseen(version: Version): Promise<Graph> {
  return run(version, true, { account: await accountWithFoundation() });
}

type From = Pick<GraphOptions, "account" | "snapshot" | "allowErrors">;

function run(version: Version, preview: boolean, from: From, edit?: pulumi.ResourceTransformation): Promise<Graph> {
  const { account, snapshot, allowErrors } = from;
  const settings = { ...SETTINGS, ...version.settings };
  const read = () => ({ environment: environment(version.environment), settings, lock: version.lock ?? readLock() });
  const edited = () => {
    if (edit !== undefined) pulumi.runtime.registerStackTransformation(edit);
    return program(read);
  };
  return graphOf(edited, { account, snapshot, allowErrors, preview, stack: version.environment.name });
}

function lines({ steps }: Graph): readonly string[] {
  return steps.map(lineOf).sort();
}

function lineOf({ op, urn }: Graph["steps"][number]): string {
  return `${op} ${typeOf(urn).replace(/\/[^:]*:/, ":")} ${nameOf(urn)}`;
}
