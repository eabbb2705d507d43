/** What a change of an environment would do: the environment is made, then a second version of it is planned. */
import type { Account } from "../../sandbox/cloud/account";
import { nameOf, typeOf } from "../../sandbox/values/urn";
import type { Settings } from "../../stacks/config";
import { environment, type EnvironmentInput } from "../../stacks/environment";
import { type Lock, readLock } from "../../stacks/lock";
import { declare } from "../../stacks/program";
import { foundedAccount } from "./founded";
import { type Graph, graphOf } from "./graph";

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

/** A made environment, from which changes are planned or made. */
export class Standing {
  private constructor(readonly graph: Graph) {}

  /** Makes the environment. @param account with a foundation; a new one unless given. */
  static async of(version: Version, account?: Account): Promise<Standing> {
    return new Standing(await run(version, false, { account: account ?? (await foundedAccount()) }));
  }

  /** What the next version would do: `<op> <type> <name>`, sorted; nothing is done. */
  async plan(version: Version): Promise<readonly string[]> {
    return lines(await run(version, true, this.graph));
  }

  /** Makes the next version. @returns what was done, and the environment as it is then. */
  async change(version: Version): Promise<{ readonly done: readonly string[]; readonly next: Standing }> {
    const graph = await run(version, false, this.graph);
    return { done: lines(graph), next: new Standing(graph) };
  }
}

/** The graph of a version that is only foreseen: what an empty account would get. */
export async function foreseen(version: Version): Promise<Graph> {
  return run(version, true, { account: await foundedAccount() });
}

function run(version: Version, preview: boolean, from: Partial<Pick<Graph, "account" | "snapshot">>): Promise<Graph> {
  const settings = { ...SETTINGS, ...version.settings };
  const program = () =>
    declare({ environment: environment(version.environment), settings, lock: version.lock ?? readLock() });
  return graphOf(program, { ...from, preview, stack: version.environment.name });
}

function lines({ steps }: Graph): readonly string[] {
  return steps.map(({ op, urn }) => `${op} ${typeOf(urn).replace(/\/[^:]*:/, ":")} ${nameOf(urn)}`).sort();
}
