/** A pilot: everything that takes long or is written through another region stands, and nothing of it acts. */
import { nameOf } from "@fridayproof/components/core";
import { describe, expect, it } from "vitest";
import { pilotForbids, pilotHolds } from "../../stacks/environments/pilot";
import { prod } from "../../stacks/environments/prod";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import type { ReplicaState } from "../../stacks/environments/replica-of";
import type { GraphResource } from "../support/graph";
import { graphOfInput, replicaGraph, replicaIn } from "../support/replica-graph";

const key = ({ type, urn }: GraphResource): string => `${type}::${nameOf(urn)}`;
const isMade = ({ type }: GraphResource): boolean => /^(?:aws|kubernetes):/.test(type);

/** What of a graph a leg that stands by may not hold, by its row. */
function heldIn(resources: readonly GraphResource[]): readonly string[] {
  return pilotForbids
    .filter(({ type, name, isHeld }) =>
      resources.some((one) => one.type === type && (name?.test(nameOf(one.urn)) ?? true) && isHeld(one.inputs)),
    )
    .map(({ what }) => what);
}

describe("a pilot", () => {
  it("has every resource standing that it serves with, so that on the day nothing is made", async () => {
    const keysIn = async (state: ReplicaState) => (await replicaGraph(state)).resources.map(key).sort();
    // One after the other: two programs at once would register with one engine.
    const standby = await keysIn("standby");
    const scaled = await keysIn("scaled");
    const open = await keysIn("open");
    expect(standby).toEqual(open);
    expect(scaled).toEqual(open);
  });

  it("holds what one row of the list is about, and each row is about something", async () => {
    const { resources } = await replicaGraph("standby");
    const standing = replicaIn("standby");
    const following = { ...standing, database: { ...standing.database, recovery: "global" } } as EnvironmentInput;
    const global = await graphOfInput(following, { preview: true });
    const rowsOf = (type: string) => pilotHolds.filter(({ types }) => types.some((start) => type.startsWith(start)));
    const made = [...resources, ...global.resources].filter(isMade);
    expect(made.filter(({ type }) => rowsOf(type).length !== 1).map(key)).toEqual([]);
    expect(pilotHolds.filter((row) => !made.some(({ type }) => rowsOf(type).includes(row)))).toEqual([]);
    const starts = pilotHolds.flatMap(({ types }) => types);
    expect(starts.filter((start) => !made.some(({ type }) => type.startsWith(start)))).toEqual([]);
  });

  it("holds nothing that acts while it stands by", async () => {
    expect(heldIn((await replicaGraph("standby")).resources)).toEqual([]);
  });

  it("runs its applications once it is scaled, and nothing else acts before it is open", async () => {
    const applications = pilotForbids.filter(({ what }) => /^(?:applications|notifications)/.test(what));
    expect(heldIn((await replicaGraph("scaled")).resources)).toEqual(applications.map(({ what }) => what));
  });

  it("does everything when it is open, but for jobs, which the program has none of", async () => {
    const all = pilotForbids.filter(({ type }) => type !== "kubernetes:batch/v1:CronJob");
    expect(heldIn((await replicaGraph("open")).resources)).toEqual(all.map(({ what }) => what));
  });

  it("knows a job of the program's own where there is one", () => {
    const job = {
      type: "kubernetes:batch/v1:CronJob",
      urn: "urn:pulumi:a::b::kubernetes:batch/v1:CronJob::night",
      inputs: {},
    };
    expect(heldIn([job as unknown as GraphResource])).toEqual(["jobs of the program's own"]);
  });
});

describe("an alarm that is awake", () => {
  const held = (inputs: object): readonly string[] => {
    const urn = "urn:pulumi:a::b::aws:cloudwatch/metricAlarm:MetricAlarm::errors";
    return heldIn([{ type: "aws:cloudwatch/metricAlarm:MetricAlarm", urn, inputs } as unknown as GraphResource]);
  };

  it("pages where it has an action, and not where it has none, as that on flags", () => {
    expect(held({ alarmActions: ["arn:aws:sns:us-west-2:000000000000:on-call"] })).toEqual(["alarms that page"]);
    expect(held({ alarmActions: [] })).toEqual([]);
    expect(held({})).toEqual([]);
  });
});

describe("the primary", () => {
  it("stands by as well: its leg is fenced, and as large as before", async () => {
    const fenced = await graphOfInput({ ...prod, standby: { applications: "none" } });
    expect(heldIn(fenced.resources)).toEqual([]);
    const sizes = fenced.ofType("aws:eks/nodeGroup:NodeGroup").map(({ inputs }) => inputs["scalingConfig"]);
    expect(sizes).toContainEqual({ minSize: 1, desiredSize: 2, maxSize: 4 });
  });
});
