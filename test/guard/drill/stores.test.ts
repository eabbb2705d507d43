/** What a drill says of data: read from what stands, and a row for each store. */
import { describe, expect, it } from "vitest";
import { recoveries } from "../../../components/data/recovery";
import { drillReport, scenarios, stepsOf, storesOf, type Store } from "../../../guard/drill";

const cluster = (inputs: object = {}) => ({
  type: "aws:rds/cluster:Cluster",
  inputs: { clusterIdentifier: "shop", ...inputs },
});
const plan = (rule: object = { copyActions: [{ destinationVaultArn: "arn:vault" }] }) => ({
  type: "aws:backup/plan:Plan",
  inputs: { rules: [rule] },
});
const selection = (arn = "arn:aws:rds:us-east-1:000000000000:cluster:shop") => ({
  type: "aws:backup/selection:Selection",
  inputs: { resources: [arn] },
});

describe("the stores of a stack", () => {
  it.each<[string, Parameters<typeof storesOf>[0], readonly Store[]]>([
    ["without a database", [{ type: "aws:s3/bucket:Bucket", inputs: {} }], []],
    ["alone", [cluster()], [{ name: "shop", recovery: "none" }]],
    ["copied", [cluster(), plan(), selection()], [{ name: "shop", recovery: "backups" }]],
    ["with a plan that copies nowhere", [cluster(), plan({}), selection()], [{ name: "shop", recovery: "none" }]],
    ["with a plan of another", [cluster(), plan(), selection("a:cluster:b")], [{ name: "shop", recovery: "none" }]],
    ["with a plan of nothing", [cluster(), plan()], [{ name: "shop", recovery: "none" }]],
    ["joined", [cluster({ globalClusterIdentifier: "shop" })], [{ name: "shop", recovery: "global" }]],
  ])("%s", (_name, standing, stores) => {
    expect(storesOf(standing)).toEqual(stores);
  });
});

describe("a report", () => {
  const scenario = scenarios.find(({ name }) => name === "region-lost");
  const reported = (stores: readonly Store[]) => {
    if (scenario === undefined) throw new Error("there is no such scenario");
    const steps = stepsOf(scenario, stores);
    const data = steps.flatMap(({ id, action }) => {
      if (!id.startsWith("data")) return [];
      return [action.does === "skip" ? action.why : action];
    });
    return {
      data,
      rpo: drillReport(scenario, steps, [], { day: "2026-11-30", preflight: [], stores, recoveries }).rpo,
    };
  };

  it("says of copies how much is lost, how long it takes, and that nobody ran it", () => {
    const reason =
      "shop: the sandbox has no copies; a person names the one that it is made from (docs/how-to/change-a-database.md)";
    const legs = { primary: "serves", replica: "scaled" };
    const config = ["fridayproof:databaseSnapshot=empty"];
    expect(reported([{ name: "shop", recovery: "backups" }])).toEqual({
      data: [{ does: "up", leg: "replica", legs, during: true, config }, reason],
      rpo: [
        {
          store: "shop (database, recovery: backups)",
          rpo: "up to 24 hours, and the time that a copy takes (computed); writes again after: an hour or more, by the size of the database (NOT RUN)",
        },
      ],
    });
  });

  it("makes nothing of a cluster that follows: a person promotes it", () => {
    const reason =
      "shop: a person runs failover-global-cluster, which the sandbox has not (docs/how-to/change-a-database.md)";
    expect(reported([{ name: "shop", recovery: "global" }]).data).toEqual([reason, reason]);
  });

  it("says so where nothing keeps data", () => {
    expect(reported([]).data).toEqual(["no data store declared", "no data store declared"]);
    expect(reported([]).rpo).toEqual([{ store: "no data store declared", rpo: "nothing to lose, nothing to promote" }]);
  });
});
