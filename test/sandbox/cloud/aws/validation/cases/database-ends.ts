/** What RDS and the provider refuse of databases that end. */
import { describe, expect, it } from "vitest";
import { errorOf } from "../../cloud";
import { but, CLUSTER, databaseGround, GLOBAL, INSTANCE } from "../../database-cloud";

type Change = Parameters<typeof but>[1];

function ends(): void {
  const deleted = (change: Change): string => {
    const { cloud, inputs } = databaseGround();
    const made = cloud.make(CLUSTER, "db", but(inputs, change));
    return errorOf(() => cloud.drop(made));
  };

  it("is deleted with a name for its last snapshot, once its protection is off", () => {
    expect(deleted({ finalSnapshotIdentifier: undefined })).toBe(
      "InvalidParameterCombination: RDS Cluster final_snapshot_identifier is required when skip_final_snapshot is false",
    );
    expect(deleted({ deletionProtection: true })).toBe(
      "InvalidParameterCombination: Cannot delete protected Cluster, please disable deletion protection and try again.",
    );
    expect(deleted({})).toBe("not refused");
    expect(deleted({ finalSnapshotIdentifier: undefined, skipFinalSnapshot: true })).toBe("not refused");
  });

  it("ends after its instances", () => {
    const { cloud, inputs } = databaseGround();
    const made = cloud.make(CLUSTER, "db", inputs);
    const right = { identifier: "shop-1", engine: "aurora-postgresql", instanceClass: "db.r6g.large" };
    const one = cloud.make(INSTANCE, "one", { ...right, clusterIdentifier: made.id });
    expect(errorOf(() => cloud.drop(made))).toBe(
      "InvalidDBClusterStateFault: Cluster cannot be deleted, it still contains DB instances in non-deleting state. (ClusterInstance shop-1)",
    );
    cloud.drop(one);
    expect(errorOf(() => cloud.drop(made))).toBe("not refused");
  });

  it("refuses a last snapshot of a name that an earlier one has", () => {
    const { cloud, inputs } = databaseGround();
    cloud.drop(cloud.make(CLUSTER, "db", inputs));
    const again = cloud.make(CLUSTER, "db", inputs);
    expect(errorOf(() => cloud.drop(again))).toBe(
      "DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier shop-final already exists.",
    );
  });

  it("keeps a global database that is protected, and groups that a cluster uses", () => {
    const { cloud, inputs } = databaseGround();
    const protectedGlobal = { globalClusterIdentifier: "shop", engine: "aurora-postgresql", deletionProtection: true };
    const made = cloud.make(GLOBAL, "global", protectedGlobal);
    expect(errorOf(() => cloud.drop(made))).toBe(
      "InvalidParameterCombination: Cannot delete protected Global Cluster, please disable deletion protection and try again.",
    );
    const { id } = cloud.make(CLUSTER, "db", inputs);
    const group = "aws:rds/clusterParameterGroup:ClusterParameterGroup";
    const parameters = { type: group, name: "parameters", id: "shop-17", inputs: {}, outputs: {} };
    expect(errorOf(() => cloud.drop(parameters))).toBe(
      `InvalidDBParameterGroupState: One or more database instances are still members of this parameter group shop-17, so the group cannot be deleted (still there: Cluster ${id})`,
    );
  });
}

/** Registers the tests. */
export function databaseEnds(): void {
  describe("a database that ends", ends);
}
