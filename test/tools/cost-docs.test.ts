/** docs/costs.md: as fresh as the plans, every type classified, every switch worth what a plan with it says. */
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { billedTypes } from "../../guard/costs/billed-types";
import { costTable, totalOf } from "../../guard/costs/cost-table";
import { freeTypes } from "../../guard/costs/free-types";
import type { PlannedResource } from "../../guard/costs/plan";
import { pricedOf } from "../../guard/costs/summary";
import { runnerEffect, switchEffects } from "../../guard/costs/switches";
import { readConfig } from "../../sandbox/host/project";
import { costPage, page, switchesOf } from "../../tools/docs/cost-docs";
import { type Plans, stackPlans } from "../../tools/docs/stack-plans";
import { readSettings } from "../../stacks/inputs/config";
import { dev } from "../../stacks/environments/dev";
import { environment } from "../../stacks/environments/environment";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { environments } from "../../stacks/environments/environments";
import { foundation } from "../../stacks/account/foundation";
import { readLock } from "../../stacks/inputs/lock";
import { prod } from "../../stacks/environments/prod";
import { replicaChoice } from "../../stacks/environments/replica";
import { replicaOf } from "../../stacks/environments/replica-of";
import { declare } from "../../stacks/program/program";
import { flagged } from "../support/flagged-environment";
import { foundationGraph, accountWithFoundation } from "../support/foundation-account";
import { type Graph, graphOf } from "../support/graph";
import { examplePlatform } from "../docs/platform";

const root = path.resolve(__dirname, "..", "..");
/** What stands in a region without prices counts nowhere: an environment there is no reason for a test to fail. */
const costsOf = (resources: readonly PlannedResource[] = []) =>
  costTable("the costs of a test", pricedOf(resources).resources).costs;

/** Four plans one after the other take longer than the usual hook on a busy machine. */
const PATIENCE_MS = 180_000;

let plans: Plans;

beforeAll(async () => {
  plans = await stackPlans(environments.map(({ name }) => name));
}, PATIENCE_MS);

/** The plan of an environment's stack with other data in place of its own. */
async function planOf(input: EnvironmentInput): Promise<Graph> {
  const program = () => declare({ environment: environment(input), settings: readSettings(), lock: readLock() });
  const config = readConfig(root, input.name);
  return graphOf(program, { preview: true, stack: input.name, config, account: await accountWithFoundation() });
}

describe("docs/costs.md", () => {
  test("says what the plans say: npm run costs:docs", () => {
    expect(readFileSync(page, "utf8")).toBe(costPage(plans));
  });
});

describe("the switches of", () => {
  const reason = "as an example for the test";
  test.each<[string, EnvironmentInput, Partial<EnvironmentInput>, readonly string[]]>([
    [
      "dev",
      dev,
      {
        natGateways: "per-az",
        interfaceEndpoints: { ec2: reason },
        slots: { ...dev.slots, green: { kubernetes: "1.35" } },
      },
      ["natGateways", "interfaceEndpoints", "slots"],
    ],
    [
      "prod",
      prod,
      {
        natGateways: "single",
        slots: { ...prod.slots, green: { kubernetes: "1.35" } },
        pools: {
          ...prod.pools,
          apps: { instanceType: "t3.xlarge", size: { min: 3, desired: 6, max: 10 }, tainted: false },
        },
      },
      ["natGateways", "slots"],
    ],
  ])("%s are worth what a plan with them costs more", async (name, input, change, properties) => {
    const before = costsOf(plans.get(name));
    const effects = switchEffects(switchesOf(input), before);
    const worth = (property: string) => effects.find((effect) => effect.property === property)?.usd ?? Number.NaN;
    // One more node in the pool apps of prod is one in either slot.
    const nodes = name === "prod" ? 2 * worth("pools.apps") : 0;
    const expected = properties.reduce((sum, property) => sum + worth(property), nodes);
    const { resources } = await planOf({ ...input, ...change });
    const after = costsOf(resources);
    expect(totalOf(after) - totalOf(before)).toBeCloseTo(expected, 6);
  });
});

test.each(["global", "none"] as const)(
  "a database that comes back another way, %s, is worth what the plans of all stacks together cost more",
  async (recovery) => {
    const copyRegion = recovery === "none" ? undefined : prod.database?.copyRegion;
    const joined = { ...prod, database: prod.database && { ...prod.database, recovery, copyRegion } };
    const legs: readonly EnvironmentInput[] = [joined, replicaOf(joined, replicaChoice)];
    const others = environments.map((each) => legs.find(({ name }) => name === each.name) ?? each);
    const graphs = [await foundationGraph({}, foundation, others)];
    for (const leg of legs) graphs.push(await planOf(leg));
    const after = graphs.flatMap(({ resources }) => costsOf(resources));
    const before = ["foundation", "prod", "replica"].flatMap((stack) => costsOf(plans.get(stack)));
    const effects = switchEffects(switchesOf(prod), costsOf(plans.get("prod")));
    const effect = effects.find(({ change }) => change === `\`backups\` to \`${recovery}\`, in all stacks together`);
    expect(totalOf(after) - totalOf(before)).toBeCloseTo(effect?.usd ?? Number.NaN, 6);
  },
  PATIENCE_MS,
);

describe("every type", () => {
  let withRunner: Graph;
  let withFlags: Graph;
  const runner = { region: "us-east-1", zoneId: "use1-az1", cidr: "10.255.0.0/27" };

  beforeAll(async () => {
    withRunner = await foundationGraph(
      {
        config: {
          "fridayproof:githubConnectionArn":
            "arn:aws:codeconnections:us-east-1:000000000000:connection/11111111-2222-3333-4444-555555555555",
        },
      },
      { ...foundation, runners: [runner] },
    );
    withFlags = await planOf(flagged);
  });

  test("is billed or free, never both", () => {
    expect([...freeTypes.keys()].filter((type) => billedTypes.has(type))).toEqual([]);
  });

  test("of flags is priced: an alarm on two metrics, and what the agents poll", () => {
    const alarms = costsOf(withFlags.resources).filter(({ price }) => price === "alarmMetric");
    expect(alarms.map(({ quantity }) => quantity)).toEqual([2]);
    const { usage } = costTable("the costs of a test", withFlags.resources);
    expect(usage.map(({ price }) => price)).toContain("flagPolls");
  });

  test("of the optional runner is priced, and the runner is worth what its plan costs more", () => {
    const more = totalOf(costsOf(withRunner.resources)) - totalOf(costsOf(plans.get("foundation")));
    expect(more).toBeCloseTo(runnerEffect("us-east-1").usd, 6);
  });

  test("that is listed is declared by some stack, or by a component's example", async () => {
    // A database is a component that no environment has yet.
    const { graphs } = await examplePlatform();
    const examples = graphs.map(({ resources }) => resources);
    // The password of a database with copies in another region is a secret of ours: test/components/data/copies.test.ts.
    const ofCopies = ["aws:secretsmanager/secret:Secret", "aws:secretsmanager/secretVersion:SecretVersion"];
    const declared = new Set(
      [...plans.values(), withRunner.resources, withFlags.resources, ...examples]
        .flat()
        .map(({ type }) => type)
        .concat(ofCopies),
    );
    expect([...freeTypes.keys(), ...billedTypes.keys()].filter((type) => !declared.has(type))).toEqual([]);
  });
});
