/** A kill at the real intervals: agents that poll as the pods' do, instances that poll them as the sample does. */
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { Flags } from "../../../apps/sample/flags/flags";
import { sampleLimits } from "../../../apps/sample/limits/sample";
import { flagDocument } from "../../../components/delivery/flags/document";
import type { FeatureFlag } from "../../../components/delivery/flags/flag";
import { applicationLimits } from "../../../components/core/limits/application";
import { featureFlagLimits } from "../../../components/core/limits/feature-flags";
import { AppConfigAgent, type Profile } from "../../../tools/rehearsal/app-config/agent";

const PATH = "/applications/dev-sample/environments/dev/configurations/flags";
const SECOND_MS = 1_000;
const INSTANCES = 5;
const POLL_MS = applicationLimits.flagPoll.value * SECOND_MS;
const orders: FeatureFlag = { owner: "payments", removeBy: "2027-03-01", default: true };
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const profileOf = (flag: FeatureFlag) => flagDocument({ orders: flag }) as Profile;

/** Instances whose agents started one after the other, so that their polls are spread over the interval. */
async function instances() {
  return Promise.all(
    Array.from({ length: INSTANCES }, async (_, index) => {
      await pause((index * POLL_MS) / INSTANCES / INSTANCES);
      const agent = new AppConfigAgent(PATH, POLL_MS);
      agent.deploy(profileOf(orders));
      await agent.start();
      ends.push(() => agent.end());
      const flags = new Flags(agent.url);
      flags.start();
      ends.push(() => flags.end());
      return { agent, flags };
    }),
  );
}

test("reaches every instance within sixteen seconds of its deployment", { timeout: 2 * POLL_MS }, async () => {
  const all = await instances();
  // Before it polls, an instance has its own value, which is the same.
  await pause(sampleLimits.flagTimeout.value);
  expect(all.map(({ flags }) => flags.lastProblem)).toEqual(all.map(() => undefined));
  expect(all.map(({ flags }) => flags.enabled("orders"))).toEqual(all.map(() => true));
  const deployedAt = performance.now();
  for (const { agent } of all) agent.deploy(profileOf({ ...orders, killed: "it charges twice" }));
  const arrivals = await Promise.all(
    all.map(async ({ flags }) => {
      while (flags.enabled("orders")) await pause(20);
      return (performance.now() - deployedAt) / SECOND_MS;
    }),
  );
  expect(Math.max(...arrivals)).toBeLessThan(featureFlagLimits.killWithin.value);
  // The last agent has just polled: this is as long as it can take.
  expect(Math.max(...arrivals)).toBeGreaterThan(applicationLimits.flagPoll.value - 1);
});

test("is promised with room for the answers between the two polls", () => {
  const polls = POLL_MS + sampleLimits.flagPoll.value;
  expect(featureFlagLimits.killWithin.value * SECOND_MS - polls).toBeGreaterThanOrEqual(SECOND_MS / 2);
});
