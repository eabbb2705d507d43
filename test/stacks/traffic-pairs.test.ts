/** Any two edits in one update, from any state of the two slots, through or failing half-way: traffic never goes to a slot without a gateway. */
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { type Attempt, Standing, type Version } from "../support/change";

const MINUTES_5 = 300_000;
const RUNS = 10;
const RULE = "ListenerRule front-door-weights-rule";
const slot = { kubernetes: "1.35" };
const colors = ["blue", "green"] as const;
type Color = (typeof colors)[number];
type Weights = Readonly<Record<Color, number>>;

const version = (changes: Partial<EnvironmentInput>, settings: Version["settings"] = {}): Version => ({
  environment: { ...dev, onCall: "webhook", ...changes },
  settings,
});

/** The slots and their weights, before and after. */
const TRAFFIC: Readonly<Record<string, Pick<EnvironmentInput, "slots" | "weights">>> = {
  "blue alone": { slots: { blue: slot }, weights: { blue: 100, green: 0 } },
  "green beside it": { slots: { blue: slot, green: slot }, weights: { blue: 100, green: 0 } },
  "a tenth to green": { slots: { blue: slot, green: slot }, weights: { blue: 90, green: 10 } },
  "all to green": { slots: { blue: slot, green: slot }, weights: { blue: 0, green: 100 } },
  "blue retiring": { slots: { blue: { ...slot, retiring: true }, green: slot }, weights: { blue: 0, green: 100 } },
  "green alone": { slots: { green: slot }, weights: { blue: 0, green: 100 } },
};

/** What else is edited in the same update. */
const ELSE: Readonly<Record<string, Partial<EnvironmentInput>>> = {
  nothing: {},
  "an instance type": { pools: { system: { ...dev.pools["system"], instanceType: "m6i.xlarge" } as never } },
  "an endpoint": { interfaceEndpoints: { ...dev.interfaceEndpoints, ec2: "pods get addresses without the internet" } },
  "protection and retention": { protect: !dev.protect, retention: { ...dev.retention, flowLogDays: 90 } },
};

/** Green's and blue's API answer nobody from the update on: the first object in a new cluster fails. */
const UNREACHABLE = { deployerCidrs: ["198.51.100.7/32"] };

/** A new slot and its weight beside a roll of all nodes: tried in every run of the tests. */
const hardest = { from: "blue alone", to: "a tenth to green", other: "an instance type" };

let standing: ReadonlyMap<string, Standing>;

beforeAll(async () => {
  const one = await Standing.of(version(TRAFFIC["blue alone"] ?? {}));
  const two = (await one.change(version(TRAFFIC["green beside it"] ?? {}))).next;
  const some = (await two.change(version(TRAFFIC["a tenth to green"] ?? {}))).next;
  const shiftReason = { weights: { blue: 0, green: 100 }, reason: "a test moves everything at once" };
  const all = (await some.change(version({ ...TRAFFIC["all to green"], shiftReason }))).next;
  standing = new Map(
    Object.entries({ "blue alone": one, "green beside it": two, "a tenth to green": some, "all to green": all }),
  );
}, MINUTES_5);

/** Percent of the traffic by colour, as the rule in the account has it. */
function sharesOf({ graph }: Standing): Weights {
  const [rule] = graph.account.all("aws:lb/listenerRule:ListenerRule");
  const [action] = rule?.inputs.actions as unknown as [
    { forward: { targetGroups: { arn: string; weight: number }[] } },
  ];
  const shareOf = (color: Color) =>
    action.forward.targetGroups.find(({ arn }) => arn.includes(`/front-door-${color}-`))?.weight ?? 0;
  return { blue: shareOf("blue"), green: shareOf("green") };
}

const hasGateway = ({ graph }: Standing, color: Color): boolean =>
  graph.account.all().some(({ urn }) => urn.endsWith(`::${color}-gateway-release`));

/** What must hold of every update, whether it went through or not. */
function expectSafe(before: Standing, { begun, next }: Attempt): void {
  const [old, now] = [sharesOf(before), sharesOf(next)];
  const moved = begun.findIndex((line) => line.endsWith(RULE));
  for (const color of colors) {
    if (now[color] > 0) expect(hasGateway(next, color), `${color} is served without a gateway`).toBe(true);
    const made = begun.findIndex((line) => line === `create kubernetes:helm.sh/v3:Release ${color}-gateway-release`);
    if (moved >= 0 && made >= 0 && now[color] > 0) expect(made).toBeLessThan(moved);
    const deleted = begun.findIndex((line) => line.startsWith("delete ") && line.includes(` ${color}-gateway-`));
    if (deleted >= 0 && old[color] > 0)
      expect(moved >= 0 && moved < deleted, `${color} goes while it is served`).toBe(true);
  }
}

test(
  "traffic never goes to a slot without a gateway",
  async () => {
    const edits = fc.record({
      from: fc.constantFrom(...Object.keys(TRAFFIC).slice(0, 4)),
      to: fc.constantFrom(...Object.keys(TRAFFIC)),
      other: fc.constantFrom(...Object.keys(ELSE)),
      reach: fc.constantFrom({}, UNREACHABLE),
    });
    await fc.assert(
      fc.asyncProperty(edits, async ({ from, to, other, reach }) => {
        const before = standing.get(from);
        const traffic = TRAFFIC[to];
        if (before === undefined || traffic === undefined) throw new Error(`no ${from} or ${to}`);
        const shiftReason = { weights: traffic.weights, reason: "a test moves everything at once" };
        const attempt = await before.attempt(version({ ...traffic, ...ELSE[other], shiftReason }, reach));
        // What the transition refuses has begun nothing.
        if (attempt.begun.length > 0) expectSafe(before, attempt);
        else expect(sharesOf(attempt.next)).toEqual(sharesOf(before));
      }),
      { numRuns: RUNS, examples: [[{ ...hardest, reach: UNREACHABLE }], [{ ...hardest, reach: {} }]] },
    );
  },
  MINUTES_5,
);
