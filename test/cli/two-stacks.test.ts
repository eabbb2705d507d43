/** Two runs at once on two stacks of one account: each writes everything or is refused, and no write is lost. */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { program, project, runIn } from "./support";

const MINUTES_2 = 120_000;
const STACKS = ["dev", "staging"] as const;

/** Twenty log groups of the stack, so that both runs are in the middle at the same time. */
const PROGRAM = program(`
  const stack = pulumi.getStack();
  for (let at = 0; at < 20; at++)
    new aws.cloudwatch.LogGroup("logs-" + at, { name: "/" + stack + "/" + at, tags: { vpc: vpc.id } }, { provider });
  return { vpcId: vpc.id };`);

interface Named {
  readonly type: string;
  readonly urn: string;
}

/** Names of what a stack has, in its own state and in the account. */
function written(folder: string, stack: string): readonly [string[], string[]] {
  const read = (file: string): unknown => JSON.parse(readFileSync(path.join(folder, ".fridayproof", file), "utf8"));
  const { objects } = read("account.json") as { objects: Named[] };
  const state = read(path.join("stacks", `${stack}.json`)) as { deployment: { resources: Named[] } };
  const ours = (rows: readonly Named[]) =>
    rows
      .filter(({ type, urn }) => type.startsWith("aws:") && urn.startsWith(`urn:pulumi:${stack}::`))
      .map(({ urn }) => urn);
  return [ours(state.deployment.resources).sort(), ours(objects).sort()];
}

it(
  "both end with all that they made, at once or after another try",
  async () => {
    const folder = project(PROGRAM);
    writeFileSync(path.join(folder, "Pulumi.staging.yaml"), "config: {}\n");
    const together = await Promise.all(STACKS.map((stack) => runIn(folder, "up", "--stack", stack)));
    for (const { code, stderr } of together) {
      if (code === 0) continue;
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(
          /^fridayproof: the simulated account is locked by process \d+ on \S+ since \S+ \(update of stack (dev|staging)\)\./,
        ),
      ]);
    }
    expect(together.some(({ code }) => code === 0)).toBe(true);
    for (const [index, stack] of STACKS.entries())
      if (together[index]?.code !== 0) expect((await runIn(folder, "up", "--stack", stack)).code).toBe(0);
    for (const stack of STACKS) {
      const [state, account] = written(folder, stack);
      expect(state).toHaveLength(21);
      expect(account).toEqual(state);
      expect((await runIn(folder, "preview", "--refresh", "--expect-no-changes", "--stack", stack)).code).toBe(0);
    }
  },
  MINUTES_2,
);
