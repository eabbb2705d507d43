/** The pipeline looks at the other leg of a pair before it changes one: on AWS by the real command line's states. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { checkOtherLeg, legsOf } from "../../../tools/deploy/other-leg";
import { StandIns } from "./stand-ins";

const PLAN = JSON.stringify({ steps: [{ op: "update", oldState: {} }] });
const at = (text: string): Date => new Date(`2026-11-30T${text}:00Z`);
const state = (modified: string): string =>
  JSON.stringify({ deployment: { resources: [{ urn: "urn", custom: true, modified }] } });
const UNREADABLE = `the state of replica cannot be read, so the time of its last change is unknown. Nothing was changed. BOTH_LEGS="..." gives the reason to go on.`;

let standIns: StandIns;
beforeEach(() => {
  standIns = new StandIns();
  vi.stubEnv("PATH", standIns.env["PATH"]);
  vi.stubEnv("PULUMI_BACKEND_URL", "s3://states-us-east-1?region=us-east-1");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

const check = (moment: Date, more: object = {}): void =>
  checkOtherLeg({ stack: "prod", plan: PLAN, moment, reason: "", ...more });
const answers = (ls: string, exported: string) =>
  standIns.add("pulumi", { "stack ls --json": ls, "stack export --stack replica": exported });

describe("the other leg", () => {
  it("is the replica of a primary and the primary of a replica; nothing else has one", () => {
    const names = ["prod", "replica", "staging", "foundation"].map((stack) => legsOf(stack)?.other.name);
    expect(names).toEqual(["replica", "prod", undefined, undefined]);
  });

  it("that has changed within the window stops the update", () => {
    answers('[{ "name": "organization/fridayproof/replica" }]', state("2026-11-30T08:00:00Z"));
    expect(() => check(at("17:00"))).toThrow(
      new Error(
        '1 problem in the update of prod:\n  replica: got "changed at 2026-11-30T08:00Z"; allowed: a last change 12 hours ago or more: two legs never change in one window; fix: Wait until 2026-11-30T20:00Z, or say why not with BOTH_LEGS="...".\nNothing was changed.',
      ),
    );
    expect(() => check(at("20:00"))).not.toThrow();
  });

  it("that does not stand stops nothing, and neither does a plan without changes", () => {
    answers('[{ "name": "prod" }]', "");
    expect(() => check(at("17:00"))).not.toThrow();
    answers('[{ "name": "replica" }]', state("2026-11-30T16:59:00Z"));
    expect(() => check(at("17:00"), { plan: '{ "steps": [{ "op": "same", "oldState": {} }] }' })).not.toThrow();
  });

  it("is not asked for where a stack has none, or somebody says why it does not count", () => {
    expect(() => check(at("17:00"), { stack: "staging" })).not.toThrow();
    const said = vi.spyOn(process.stdout, "write").mockReturnValue(true);
    expect(() => check(at("17:00"), { reason: "the region burns" })).not.toThrow();
    expect(said.mock.calls).toEqual([["prod changes whatever replica was through: the region burns\n"]]);
    said.mockRestore();
  });

  it("that cannot be read stops the update: nobody knows when it was changed", () => {
    standIns.add("pulumi", {});
    expect(() => check(at("17:00"))).toThrow(new Error(UNREADABLE));
    standIns.add("pulumi", { "stack ls --json": '[{ "name": "replica" }]' });
    expect(() => check(at("17:00"))).toThrow(new Error(UNREADABLE));
  });

  it("is read in its own region's backend", () => {
    const ls = '[{ "name": "replica" }]';
    standIns.add("pulumi", { "stack ls --json": ls, "stack export --stack replica": state("2026-11-01T08:00:00Z") });
    check(at("17:00"));
    expect(standIns.calls).toEqual(["pulumi stack ls --json", "pulumi stack export --stack replica"]);
    expect(standIns.backends).toEqual(Array(2).fill("s3://states-us-west-2?region=us-west-2"));
  });
});
