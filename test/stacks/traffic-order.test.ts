/** The order of an update: traffic moves to a slot after its gateway stands, and away from it before anything of it goes. */
import { beforeAll, describe, expect, test } from "vitest";
import { dev } from "../../stacks/environments/dev";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { type Attempt, Standing, type Version } from "../support/change";

const MINUTES_3 = 180_000;
const RULE = "aws:lb/listenerRule:ListenerRule";
const slot = { kubernetes: "1.35" };
const both = { blue: slot, green: slot };
const shifted = { blue: 0, green: 100 };
const shiftReason = { weights: shifted, reason: "a test moves everything at once" };

/** Two zones and one pool, as protected and watched as production. */
const version = (changes: Partial<EnvironmentInput>, settings: Version["settings"] = {}): Version => ({
  environment: { ...dev, protect: true, onCall: "webhook", ...changes },
  settings,
});

/** Percent of the traffic that each target group gets from the rule in the account; the listener's action would be next. */
function sharesOf({ graph }: Standing): Readonly<Record<string, number>> {
  const [rule] = graph.account.all(RULE);
  const [action] = rule?.inputs.actions as unknown as [
    { forward: { targetGroups: { arn: string; weight: number }[] } },
  ];
  const colorOf = (arn: string) => (arn.includes("/front-door-blue-") ? "blue" : "green");
  return Object.fromEntries(action.forward.targetGroups.map(({ arn, weight }) => [colorOf(arn), weight]));
}

const place = ({ begun }: Attempt, line: string): number => {
  const found = begun.indexOf(line);
  if (found === -1) throw new Error(`no step "${line}" among:\n${begun.join("\n")}`);
  return found;
};

let blueAlone: Standing;
let made: Attempt;
const edit = { slots: both, weights: shifted, shiftReason };

beforeAll(async () => {
  blueAlone = await Standing.of(version({}));
  made = await blueAlone.attempt(version(edit));
}, MINUTES_3);

describe("a slot and its weight in one edit", () => {
  test("send traffic to the slot only when its gateway stands, however early the default action changes", () => {
    expect(made.errors).toEqual([]);
    const moved = place(made, "update aws:lb:ListenerRule front-door-weights-rule");
    expect(place(made, "update aws:lb:Listener front-door-https")).toBeLessThan(
      place(made, "create aws:eks:Cluster green-cluster-eks-eksCluster"),
    );
    for (const earlier of ["TargetGroupBinding green-gateway-binding", "Release green-gateway-release"]) {
      const found = made.begun.findIndex((step) => step.endsWith(earlier));
      expect(found, earlier).toBeGreaterThan(-1);
      expect(found, earlier).toBeLessThan(moved);
    }
    expect(sharesOf(made.next)).toEqual({ blue: 0, green: 100 });
  });

  test("have the new slot's alarms once it is served, and delete the old one's after everything else", () => {
    expect(place(made, "create aws:cloudwatch:MetricAlarm front-door-alarms-green-empty")).toBeGreaterThan(
      place(made, "update aws:lb:ListenerRule front-door-weights-rule"),
    );
    const deletes = made.begun.flatMap((line, index) => (line.startsWith("delete ") ? [index] : []));
    expect(deletes).toEqual([made.begun.length - 2, made.begun.length - 1]);
  });

  test("leave the traffic where it is when the slot cannot come up", async () => {
    // From there green's API does not answer: its first namespace fails, as an address that changed would have it.
    const failed = await blueAlone.attempt(version(edit, { deployerCidrs: ["198.51.100.7/32"] }));
    expect(failed.errors.join("\n")).toContain("configured Kubernetes cluster is unreachable");
    expect(failed.begun).toContain("create aws:eks:Cluster green-cluster-eks-eksCluster");
    expect(failed.begun.filter((line) => line.includes("front-door-weights"))).toEqual([]);
    expect(sharesOf(failed.next)).toEqual({ blue: 100, green: 0 });

    // The half-made slot cannot be forgotten either: the way out is told by name.
    const forgotten = await failed.next.attempt(version({}));
    expect(forgotten.begun).toEqual([]);
    expect(forgotten.errors.join("\n")).toContain('green: { kubernetes: "1.35", retiring: true }');

    const repaired = await failed.next.attempt(version(edit));
    expect(repaired.errors).toEqual([]);
    expect(sharesOf(repaired.next)).toEqual({ blue: 0, green: 100 });
  });
});

describe("a slot that goes", () => {
  test("goes after its traffic and after every update", async () => {
    const slots = { blue: { ...slot, retiring: true }, green: slot };
    const retired = await made.next.change(version({ slots, weights: shifted }));
    const deleted = await retired.next.attempt(version({ slots: { green: slot }, weights: shifted }));
    expect(deleted.errors).toEqual([]);
    expect(deleted.begun.filter((line) => !/^delete \S+ blue-/.test(line))).toEqual([]);
    expect(sharesOf(deleted.next)).toEqual({ blue: 0, green: 100 });
  });

  test("does not go while it is served, although nothing of it is protected", async () => {
    const refused = await made.next.attempt(version({ protect: false, slots: { blue: slot } }));
    expect(refused.begun).toEqual([]);
    expect(refused.errors.join("\n")).toContain("slots.green: got nothing; allowed: the slot, because it gets 100 %");
  });
});

describe("an environment from before there was a rule", () => {
  const before = () => blueAlone.without("front-door-weights-rule");

  test("gets its rule without any change of the listener", async () => {
    const made = await before().attempt(version({}));
    expect([made.errors, made.begun]).toEqual([[], ["create aws:lb:ListenerRule front-door-weights-rule"]]);
  });

  test("does not get a slot with traffic in the same update", async () => {
    const refused = await before().attempt(version({ slots: both, weights: shifted, shiftReason }));
    expect(refused.begun).toEqual([]);
    expect(refused.errors.join("\n")).toContain("the listener has no rule yet that would wait for the slot's gateway");
  });
});
