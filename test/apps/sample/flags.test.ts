/** Flags: from memory, by AppConfig's agent when it is there; a kill reaches an instance with the agent's next poll. */
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, describe, expect, test } from "vitest";
import { flagsIn } from "../../../apps/sample/flags/flag-values";
import { Flags } from "../../../apps/sample/flags/flags";
import { AppConfigAgent, type Profile } from "../../../tools/rehearsal/app-config/agent";
import { holds } from "../../../tools/rehearsal/app-config/rules";
import { until } from "../../../tools/rehearsal/processes/wait";

const PATH = "/applications/sample/environments/dev/configurations/flags";
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const profile = (orders: boolean): Profile => ({
  version: "1",
  flags: { orders: { name: "orders" }, "price-preview": { name: "price-preview" } },
  values: {
    orders: { enabled: orders },
    "price-preview": {
      _variants: [
        { name: "germany", enabled: true, rule: '(eq $country "DE")' },
        { name: "some", enabled: true, rule: '(split by::$userId pct::20 seed::"price-preview")' },
        { name: "rest", enabled: false },
      ],
    },
  },
});

async function agentWith(first: Profile | undefined, pollMs = 50): Promise<AppConfigAgent> {
  const agent = new AppConfigAgent(PATH, pollMs);
  if (first !== undefined) agent.deploy(first);
  await agent.start();
  ends.push(() => agent.end());
  return agent;
}

function flagsOf(url: string | undefined): Flags {
  const flags = new Flags(url);
  flags.start();
  ends.push(() => flags.end());
  return flags;
}

describe("flags", () => {
  test("have their defaults without an agent, before its first answer, and where it does not know them", async () => {
    expect(flagsOf(undefined).enabled("orders")).toBe(true);
    expect(flagsOf("http://127.0.0.1:1/none").enabled("orders")).toBe(true);
    const agent = await agentWith({ version: "1", flags: {}, values: {} });
    const flags = flagsOf(agent.url);
    await pause(50);
    expect(flags.enabled("orders")).toBe(true);
    expect(await flags.enabledFor("price-preview", { userId: "mara" })).toBe(false);
  });

  test("are killed by a deployment, and the last value stays when the agent goes", async () => {
    const agent = await agentWith(profile(true));
    const flags = flagsOf(agent.url);
    agent.deploy(profile(false));
    await until("the kill arrives", () => !flags.enabled("orders"));
    await agent.end();
    await until("the agent is missed", () => flags.lastProblem !== undefined);
    expect(flags.enabled("orders")).toBe(false);
  });

  test("say why there was no answer", async () => {
    const agent = await agentWith(undefined);
    const flags = flagsOf(agent.url);
    await until("asked", () => flags.lastProblem !== undefined);
    expect(flags.lastProblem).toBe('the agent answers 404: {"Message":"ResourceNotFoundException"}');
  });

  test("may depend on who asks: by country for all, by share for the same people each time", async () => {
    const { url } = await agentWith(profile(true));
    const flags = flagsOf(url);
    expect(await flags.enabledFor("price-preview", { userId: "x", country: "DE" })).toBe(true);
    // Few at a time: on a busy machine two hundred at once outlast the time-out, and get their defaults.
    const ask = async () => {
      const answers: boolean[] = [];
      for (let user = 0; user < 200; user += 10) {
        const few = Array.from({ length: 10 }, (_, at) => ({ userId: `u${user + at}` }));
        answers.push(...(await Promise.all(few.map((person) => flags.enabledFor("price-preview", person)))));
      }
      return answers;
    };
    const [first, second] = [await ask(), await ask()];
    expect(second).toEqual(first);
    const on = first.filter((one) => one).length;
    expect(on).toBeGreaterThan(20);
    expect(on).toBeLessThan(65);
  });

  test("are only what is a flag in an answer", () => {
    expect(flagsIn({ a: { enabled: true }, b: { enabled: "yes" }, c: null })).toEqual({ a: { enabled: true } });
    expect(() => flagsIn([])).toThrow("no object of flags");
  });
});

describe("a rule of a variant", () => {
  const people = Array.from({ length: 2_000 }, (_, user) => ({ userId: `user-${user}` }));
  const share = (pct: number) => people.filter((person) => holds(`(split by::$userId pct::${pct} seed::"s")`, person));

  test("keeps the people it has when its share grows", () => {
    const [five, twenty] = [share(5), share(20)];
    expect(five.every((person) => twenty.includes(person))).toBe(true);
    expect(five.length / people.length).toBeCloseTo(0.05, 1);
    expect(twenty.length / people.length).toBeCloseTo(0.2, 1);
  });

  test("combines, and is refused with an operator that is none", () => {
    const rule = '(and (eq $segment "beta") (or (contains $email "@example.com") (not (eq $country "DE"))))';
    expect(holds(rule, { segment: "beta", email: "a@example.com", country: "DE" })).toBe(true);
    expect(holds(rule, { segment: "beta", email: "a@b", country: "DE" })).toBe(false);
    const listed = '(in $segment ["internal", "beta"])';
    expect(["beta", "internal", "premium"].map((segment) => holds(listed, { segment }))).toEqual([true, true, false]);
    expect(() => holds("(near $x 1)", {})).toThrow(
      "the operator near is not one of eq, in, contains, and, or, not, split",
    );
    expect(() => holds("(eq $x", {})).toThrow("the rule ends too early");
  });
});
