/** What several rules report in the same words is one finding of the run. */
import { expect, it } from "vitest";
import type { EngineEvent, PolicyFinding } from "../../../sandbox/events/events";
import { Recorder } from "../../../sandbox/events/recorder";

const finding = (policy: string, more: Partial<PolicyFinding> = {}): PolicyFinding => ({
  policy,
  pack: "fridayproof",
  packVersion: "0.1.0",
  level: "mandatory",
  urn: "urn:pulumi:dev::shop::kubernetes:apps/v1:Deployment::web",
  message: "A value that its property cannot have.\nweb, spec.replicas: got a text; expected a finite number.",
  remediated: false,
  ...more,
});

function found(...all: readonly PolicyFinding[]): { readonly policies: readonly string[]; readonly reported: number } {
  const events: EngineEvent[] = [];
  const recorder = new Recorder((event) => events.push(event));
  for (const one of all) recorder.find(one);
  return { policies: recorder.findings.map(({ policy, level }) => `${policy} ${level}`), reported: events.length };
}

it("keeps the first of several rules that say the same of one resource", () => {
  expect(found(finding("min-replicas"), finding("surge"), finding("min-replicas"))).toEqual({
    policies: ["min-replicas mandatory"],
    reported: 1,
  });
});

it("lets a rule that blocks speak for one that does not", () => {
  const advisory = finding("canary-steps", { level: "advisory" });
  expect(found(advisory, finding("surge"), advisory)).toEqual({ policies: ["surge mandatory"], reported: 2 });
  expect(found(finding("surge"), advisory)).toEqual({ policies: ["surge mandatory"], reported: 1 });
});

it("keeps apart other resources, other words, other packs, and what each rule waits for", () => {
  const waits = { level: "advisory", severity: "low" } as const;
  const all = [
    finding("a"),
    finding("b", { urn: "urn:pulumi:dev::shop::kubernetes:apps/v1:Deployment::other" }),
    finding("c", { message: "Too few.\nweb, spec.replicas: got 1." }),
    finding("d", { pack: "another" }),
  ];
  expect(found(...all).policies).toHaveLength(4);
  expect(found(finding("a", waits), finding("b", waits), finding("a", waits)).policies).toEqual([
    "a advisory",
    "b advisory",
  ]);
  expect(found(finding("a"), finding("b", waits)).policies).toHaveLength(2);
});
