/** Verdicts that are kept from a plan to its update: which question is asked again, and which is not. */
import { describe, expect, it } from "vitest";
import { cacheVerdicts } from "../../../sandbox/analyzer/cached-verdicts";
import type { PolicyRunner, Verdict } from "../../../sandbox/engine/policy-runner";
import type { PolicyFinding } from "../../../sandbox/events/events";
import { UNKNOWN, type PropertyMap } from "../../../sandbox/property/values";
import { goalWith } from "../../../sandbox/state/goal";

type Question = Parameters<PolicyRunner["analyze"]>[0];

const PROVIDER = "urn:pulumi:dev::shop::pulumi:providers:kubernetes::cluster";

function question({
  inputs = { replicas: 3 },
  goal = {},
  kubeconfig = "apiVersion: v1",
}: {
  inputs?: PropertyMap;
  goal?: Partial<Question["goal"]>;
  kubeconfig?: string | undefined;
} = {}): Question {
  return {
    urn: "urn:pulumi:dev::shop::kubernetes:apps/v1:Deployment::web",
    inputs,
    goal: goalWith({ type: "kubernetes:apps/v1:Deployment", name: "web", custom: true, ...goal }),
    provider: {
      urn: PROVIDER,
      type: "pulumi:providers:kubernetes",
      custom: true,
      id: kubeconfig,
      inputs: { kubeconfig, namespace: "shop" },
    },
  };
}

function finding(changes: Partial<PolicyFinding>): PolicyFinding {
  const found = {
    policy: "replicas",
    pack: "own",
    packVersion: "1.0.0",
    level: "advisory",
    urn: question().urn,
  } as const;
  return { ...found, message: "one replica is none", remediated: false, ...changes };
}

/** @returns how often the rules were asked about the two questions, in their order. */
async function callsFor(first: Question, second: Question, findings: readonly PolicyFinding[] = []): Promise<number> {
  let count = 0;
  const verdict: Verdict = { inputs: {}, findings, blocked: false };
  const runner = cacheVerdicts({
    rules: 1,
    analyze: () => Promise.resolve({ ...verdict, inputs: { asked: ++count } }),
    analyzeStack: () => Promise.resolve([]),
    beginUpdate: () => Promise.resolve(),
    stop: () => undefined,
  });
  const [before, after] = [await runner.analyze(first), await runner.analyze(second)];
  expect(after === before).toBe(count === 1);
  return count;
}

describe("a verdict is kept", () => {
  it("where the update asks what the plan asked", async () => {
    expect(await callsFor(question(), question())).toBe(1);
  });

  it("where only the provider's id became known, which no rule is sent", async () => {
    const plan = question({
      goal: { provider: `${PROVIDER}::${UNKNOWN}`, providers: { kubernetes: `${PROVIDER}::${UNKNOWN}` } },
    });
    const update = question({
      goal: { provider: `${PROVIDER}::7c1f`, providers: { kubernetes: `${PROVIDER}::7c1f` } },
    });
    expect(await callsFor(plan, update)).toBe(1);
  });

  it("where a part of the provider's configuration became known that no rule can have looked at", async () => {
    expect(await callsFor(question({ kubeconfig: UNKNOWN }), question())).toBe(1);
  });

  it("with what it found, where that is an answer", async () => {
    expect(await callsFor(question(), question(), [finding({ severity: "high" })])).toBe(1);
  });
});

describe("the rules are asked again", () => {
  it("where an input became known", async () => {
    expect(await callsFor(question({ inputs: { replicas: UNKNOWN } }), question())).toBe(2);
  });

  it("where the provider's configuration became another", async () => {
    expect(await callsFor(question({ kubeconfig: "apiVersion: v0" }), question())).toBe(2);
  });

  it.each([
    { parent: "urn:pulumi:dev::shop::own:index:Shop::shop" },
    { protect: true },
    { ignoreChanges: ["spec"] },
    { deleteBeforeReplace: true },
    { additionalSecretOutputs: ["data"] },
    { customTimeouts: { create: 60 } },
    { name: "api" },
    { type: "kubernetes:apps/v1:StatefulSet" },
  ])("where what the rules are sent is otherwise: %j", async (goal) => {
    expect(await callsFor(question(), question({ goal }))).toBe(2);
  });

  it("where a rule of the kit could not decide", async () => {
    expect(await callsFor(question(), question(), [finding({ severity: "low" })])).toBe(2);
  });

  it("where a rule of another pack could not run during the plan", async () => {
    const message = "can't run policy 'replicas' from policy pack 'own@v1.0.0' during preview: unknown\nvalue";
    expect(await callsFor(question(), question(), [finding({ message })])).toBe(2);
  });
});
