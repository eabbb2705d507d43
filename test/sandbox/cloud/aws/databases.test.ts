/** Aurora on the simulated account: who writes, what replaces, and the traps of a global database. */
import * as aws from "@pulumi/aws";
import { describe, expect, it } from "vitest";
import { sandboxPackages } from "../../../../sandbox/cloud/packages";
import type { PropertyMap } from "../../../../sandbox/property/values";
import { type GraphOptions, graphOf } from "../../../support/graph";
import { type Cloud, errorOf, identity } from "./cloud";
import { but, CLUSTER, databaseGround, GLOBAL, globalPair, INSTANCE } from "./database-cloud";

function pair() {
  const { writer, west, inputs } = globalPair();
  return { writer, west, inputs, secondary: west.make(CLUSTER, "copy", inputs) };
}

const instanceOf = (cloud: Cloud, cluster: string, name: string, more: PropertyMap = {}) =>
  cloud.make(INSTANCE, name, {
    identifier: name,
    clusterIdentifier: cluster,
    engine: "aurora-postgresql",
    instanceClass: "db.r6g.large",
    ...more,
  });

describe("a cluster", () => {
  it("has addresses of its region, a secret of RDS's own, and three zones whatever its subnets cover", () => {
    const { cloud, inputs } = databaseGround();
    const { id, outputs } = cloud.make(CLUSTER, "db", inputs);
    expect(id).toBe("shop");
    expect(outputs["endpoint"]).toMatch(/^shop\.cluster-[0-9a-f]{12}\.us-east-1\.rds\.amazonaws\.com$/);
    expect(outputs["readerEndpoint"]).toMatch(/^shop\.cluster-ro-[0-9a-f]{12}\.us-east-1\.rds\.amazonaws\.com$/);
    expect(outputs["availabilityZones"]).toEqual(["us-east-1a", "us-east-1b", "us-east-1c"]);
    expect(outputs["masterUserSecrets"]).toMatchObject([{ secretStatus: "active" }]);
  });

  it("lets its first instance write, puts the next into another zone, and keeps both there", () => {
    const { cloud, inputs } = databaseGround();
    const { id } = cloud.make(CLUSTER, "db", inputs);
    const first = instanceOf(cloud, id, "shop-1");
    const second = instanceOf(cloud, id, "shop-2");
    expect([first, second].map(({ outputs }) => [outputs["writer"], outputs["availabilityZone"]])).toEqual([
      [true, "us-east-1a"],
      [false, "us-east-1b"],
    ]);
    const larger = cloud.change(first, but(first.inputs, { instanceClass: "db.r6g.xlarge" }));
    expect(larger.outputs).toMatchObject({ writer: true, availabilityZone: "us-east-1a", engineVersion: "17.5" });
  });
});

describe("what replaces", () => {
  const stepsFrom = async (before: Partial<aws.rds.ClusterArgs>, after: Partial<aws.rds.ClusterArgs>) => {
    const declare = (args: Partial<aws.rds.ClusterArgs>, options: GraphOptions = {}) =>
      graphOf(
        () =>
          void new aws.rds.Cluster("db", {
            clusterIdentifier: "shop",
            engine: "aurora-postgresql",
            masterUsername: "administrator",
            manageMasterUserPassword: true,
            skipFinalSnapshot: true,
            ...args,
          }),
        { ...options, config: { "aws:region": "us-east-1" } },
      );
    const { account, snapshot } = await declare(before);
    return (await declare(after, { account, snapshot, preview: true })).steps.map(({ op }) => op);
  };

  it.each<[string, Partial<aws.rds.ClusterArgs>, Partial<aws.rds.ClusterArgs>, boolean]>([
    ["its key", {}, { kmsKeyId: "arn:aws:kms:us-east-1:000000000000:key/other" }, true],
    ["encryption", {}, { storageEncrypted: true }, true],
    ["its zones", {}, { availabilityZones: ["us-east-1a"] }, true],
    ["a snapshot that is named later", {}, { snapshotIdentifier: "yesterday" }, true],
    ["another snapshot", { snapshotIdentifier: "yesterday" }, { snapshotIdentifier: "today" }, true],
    ["days of backups", {}, { backupRetentionPeriod: 14 }, false],
    ["a version", { engineVersion: "17.4" }, { engineVersion: "17.5" }, false],
  ])("%s", async (_, before, after, replaces) => {
    const steps = await stepsFrom(before, after);
    expect(steps.includes("replace")).toBe(replaces);
    if (!replaces) expect(steps).toEqual(["update"]);
  });

  it("a snapshot's name that goes changes nothing", async () => {
    expect(await stepsFrom({ snapshotIdentifier: "yesterday" }, {})).toEqual([]);
  });
});

describe("a global database", () => {
  it("gives a secondary the writer's user and database, and nobody there writes", () => {
    const { west, writer, secondary } = pair();
    expect(secondary.outputs).toMatchObject({
      masterUsername: "administrator",
      databaseName: "shop",
      replicationSourceIdentifier: writer.outputs["arn"],
    });
    expect(instanceOf(west, secondary.id, "shop-west").outputs["writer"]).toBe(false);
  });

  it("is left by a cluster whose line is taken away, which is promoted and writes", () => {
    const { west, inputs, secondary } = pair();
    const alone = west.change(secondary, but(inputs, { globalClusterIdentifier: undefined }));
    expect(alone.outputs["replicationSourceIdentifier"]).toBe("");
    expect(instanceOf(west, alone.id, "shop-west").outputs["writer"]).toBe(true);
  });

  it("is forgotten by a refresh while the writer's region does not answer, and every update after it fails", async () => {
    const { west, inputs, secondary } = pair();
    const packages = sandboxPackages(west.account, undefined, { denyRegion: ["us-east-1:hang"] });
    const provider = packages.find(({ name }) => name === "aws")?.configure({ region: "us-west-2" });
    const refreshed = await provider?.read(identity(CLUSTER, "copy"), secondary.id, secondary);
    expect(refreshed?.inputs).not.toHaveProperty("globalClusterIdentifier");
    expect(refreshed?.outputs).not.toHaveProperty("globalClusterIdentifier");
    const remembered = { ...secondary, ...refreshed, inputs: refreshed?.inputs ?? {} };
    expect(errorOf(() => west.change(remembered, but(inputs, { backupRetentionPeriod: 14 })))).toBe(
      "InvalidParameterValue: existing RDS Clusters cannot be added to an existing RDS Global Cluster",
    );
    const later = west.provider.read(identity(CLUSTER, "copy"), secondary.id, secondary);
    expect(later?.inputs).toHaveProperty("globalClusterIdentifier", "shop");
  });

  it("is forgotten by a refresh after it was deleted by hand", () => {
    const { west, secondary } = pair();
    const [global] = west.account.all(GLOBAL);
    if (global !== undefined) west.account.remove(global);
    const refreshed = west.provider.read(identity(CLUSTER, "copy"), secondary.id, secondary);
    expect(refreshed?.inputs).not.toHaveProperty("globalClusterIdentifier");
  });
});
