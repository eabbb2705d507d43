/** After anything that somebody did to the account by hand, `up` does what `preview --refresh` said. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Account } from "../../../sandbox/cloud/account/account";
import { deleteBehind, tamperWith } from "../../../sandbox/cloud/console";
import { UserError } from "../../../sandbox/core/errors";
import { nameOf } from "../../../sandbox/property/urn";
import { graphOf, type Graph } from "../../support/graph";
import { smallPlatform } from "../../support/small-platform";

const MINUTES_3 = 180_000;
const UNREACHABLE = "PULUMI_K8S_DELETE_UNREACHABLE";

/** What is changed by hand: names of resources, and paths with values that differ from the program's. */
const DELETED = [
  "vpc",
  "gateway",
  "subnet-0",
  "group",
  "balancer",
  "targets",
  "listener",
  "rule",
  "role",
  "nodes-role",
  "policy",
  "attachment",
  "template",
  "cluster",
  "nodes",
  "dns",
  "logs",
  "shop",
  "settings",
  "credentials",
];
const TAMPERED = [
  ["balancer", "idleTimeout=10"],
  ["listener", "defaultActions[0].forward.targetGroups[0].weight=0"],
  ["logs", "retentionInDays=1"],
  ["nodes", "scalingConfig.desiredSize=9"],
  ["settings", "data.colour=green"],
  ["vpc", "enableDnsSupport=false"],
  ["role", "description=mine"],
] as const;

const action = fc.oneof(
  fc.constantFrom(...DELETED).map((name) => ({ name, change: undefined })),
  fc.constantFrom(...TAMPERED).map(([name, change]) => ({ name, change })),
);

function act(account: Account, { name, change }: { name: string; change: string | undefined }): void {
  try {
    if (change === undefined) deleteBehind(account, name);
    else tamperWith(account, name, change);
  } catch (error) {
    // What AWS refuses to delete, and what went with something else, stays as it is.
    if (!(error instanceof UserError)) throw error;
  }
}

const lines = ({ steps }: Graph): string[] =>
  steps.flatMap(({ op, urn }) => (op === "refresh" ? [] : [`${op} ${nameOf(urn)}`])).sort();

describe("what a preview with a refresh says", () => {
  let standing: Graph;
  beforeAll(async () => {
    process.env[UNREACHABLE] = "true";
    standing = await graphOf(smallPlatform());
  }, MINUTES_3);
  afterAll(() => {
    delete process.env[UNREACHABLE];
  });

  async function expectForeseen(actions: readonly { name: string; change: string | undefined }[]) {
    const account = new Account(standing.account.accountId, standing.account.all());
    for (const one of actions) act(account, one);
    const run = (preview: boolean) =>
      graphOf(smallPlatform(), {
        account: new Account(account.accountId, account.all()),
        snapshot: standing.snapshot,
        refresh: true,
        preview,
      });
    const [foreseen, created] = [await run(true), await run(false)];
    expect(lines(created)).toEqual(lines(foreseen));
    const again = await graphOf(smallPlatform(), { ...created, refresh: true, preview: true });
    expect(lines(again)).toEqual([]);
  }

  it.each(DELETED)(
    "is what an update does after the deletion of %s",
    (name) => expectForeseen([{ name, change: undefined }]),
    MINUTES_3,
  );

  it(
    "is what an update does after any changes by hand",
    () =>
      fc.assert(fc.asyncProperty(fc.array(action, { minLength: 2, maxLength: 5 }), expectForeseen), { numRuns: 12 }),
    MINUTES_3,
  );
});
