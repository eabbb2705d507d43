/** An environment's database: what must fit, what a new one adds, and what the account keeps of it. */
import { beforeAll, describe, expect, test } from "vitest";
import { foundationPrerequisites } from "../../stacks/account/check";
import { foundation } from "../../stacks/account/foundation";
import { foundationProgram } from "../../stacks/account/program";
import { environmentProblems } from "../../stacks/environments/environment";
import { environments } from "../../stacks/environments/environments";
import { prod } from "../../stacks/environments/prod";
import { replicaOf } from "../../stacks/environments/replica-of";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { readSettings } from "../../stacks/inputs/config";
import { databaseVersion, readLock } from "../../stacks/inputs/lock";
import { hasDatabase } from "../../stacks/program/database";
import { Standing } from "../support/change";
import { emptyAccount } from "../support/foundation-account";
import { graphOf } from "../support/graph";
import { messageOf } from "../support/message-of";

const MINUTES_3 = 180_000;

const tiers = { data: { newBits: 3, netNumber: 6, egress: "none" } } as const;
const database: NonNullable<EnvironmentInput["database"]> = {
  version: "17",
  instanceClass: "db.r6g.large",
  instances: 2,
  backupDays: 14,
  recovery: "backups",
  copyRegion: "us-west-2",
};
const withDatabase: EnvironmentInput = { ...prod, tiers, database };
const without: EnvironmentInput = { ...prod, tiers, database: undefined };

describe("an environment with a database", () => {
  const lines = (change: Partial<typeof database>, more: Partial<EnvironmentInput> = {}) =>
    environmentProblems({ ...withDatabase, ...more, database: { ...database, ...change } }).map(
      ({ path, got, allowed }) => `${path}: ${JSON.stringify(got)}; ${allowed}`,
    );

  test("is right with copies elsewhere, joined to another region, or alone", () => {
    expect(lines({})).toEqual([]);
    expect(lines({ recovery: "global" })).toEqual([]);
    expect(lines({ recovery: "none", copyRegion: undefined })).toEqual([]);
  });

  test.each<[Partial<typeof database>, Partial<EnvironmentInput>, string]>([
    [{ copyRegion: undefined }, {}, "database.copyRegion: undefined; a region other than us-east-1"],
    [{ copyRegion: "us-east-1" }, {}, 'database.copyRegion: "us-east-1"; a region other than us-east-1'],
    [{ recovery: "none" }, {}, 'database.copyRegion: "us-west-2"; nothing, because recovery is none'],
    [{ instances: 1 }, {}, "database.instances: 1; a whole number from 2 to 3"],
    [{ backupDays: 40 }, {}, "database.backupDays: 40; a whole number from 1 to 35"],
    [{}, { tiers: {} }, "tiers.data: undefined; a tier without egress"],
    [
      {},
      { tiers: { data: { ...tiers.data, egress: "nat" } } },
      'tiers.data: {"newBits":3,"netNumber":6,"egress":"nat"}; a tier without egress',
    ],
    [{ recovery: "sometimes" as "none" }, {}, 'database.recovery: "sometimes"; one of none, backups, global'],
  ])("is refused: %o %o", (change, more, line) => {
    expect(lines(change, more)).toEqual([line]);
  });

  test("needs the copies' region in the foundation", () => {
    const far = { ...withDatabase, database: { ...database, copyRegion: "eu-west-1" } };
    expect(foundationPrerequisites(foundation, far).map(({ path }) => path)).toEqual([
      "environments.prod.database.copyRegion",
    ]);
    expect(foundationPrerequisites(foundation, withDatabase)).toEqual([]);
  });

  test("has a version that the lock file proves", () => {
    expect(databaseVersion(readLock(), "17")).toBe("17.5");
    expect(messageOf(() => databaseVersion(readLock(), "16"))).toContain(
      'databases.aurora-postgresql: got "16"; allowed: 17; fix: Use a locked major version',
    );
  });
});

describe("its replica", () => {
  const choice = {
    region: "us-west-2",
    cidr: "10.40.0.0/16",
    zones: ["usw2-az1", "usw2-az2", "usw2-az3"],
    zoneId: "Z76D6E39BD8709C624FC0",
    mode: "cold",
    state: "open",
  } as const;
  const replica = replicaOf(withDatabase, choice);
  const given = (environment: EnvironmentInput, databaseSnapshot?: string) =>
    hasDatabase({
      environment: environment as never,
      settings: { account: "", deployerCidrs: [], role: "deploy", teardown: false, databaseSnapshot },
    });

  test("has the same one, whose copies lie where the primary is", () => {
    expect(replica.database).toEqual({ ...database, copyRegion: "us-east-1" });
    expect(replicaOf(without, choice).database).toBeUndefined();
  });

  test("has none of it before somebody names the copy that it is made from: an empty one would stand in its place", () => {
    expect([given(replica), given(replica, ""), given(replica, "empty"), given(replica, "arn:aws:rds:x")]).toEqual([
      false,
      false,
      true,
      true,
    ]);
    expect(given({ ...replica, database: { ...database, recovery: "global" } })).toBe(true);
    expect([given(withDatabase), given(without)]).toEqual([true, false]);
  });

  test("takes the name of a snapshot of a cluster, or empty, and nothing else", async () => {
    const read = (text: string) =>
      graphOf(() => ({ snapshot: readSettings({}).databaseSnapshot ?? "" }), {
        config: {
          "fridayproof:account": "000000000000",
          "fridayproof:deployerCidrs": '["203.0.113.10/32"]',
          "fridayproof:databaseSnapshot": text,
        },
        allowErrors: true,
      });
    const arn = "arn:aws:rds:us-west-2:000000000000:cluster-snapshot:awsbackup:copyjob-1";
    expect((await read(arn)).outputs["snapshot"]).toBe(arn);
    expect((await read("empty")).outputs["snapshot"]).toBe("empty");
    expect((await read("yesterday")).exitCode).not.toBe(0);
  });
});

describe("production with one", () => {
  let standing: Standing;
  beforeAll(async () => {
    standing = await Standing.of({ environment: without });
  }, MINUTES_3);

  test("changes nothing of what serves: everything is made beside it", async () => {
    const plan = await standing.plan({ environment: withDatabase });
    expect(plan.filter((line) => !line.startsWith("create "))).toEqual([]);
    expect(plan).toEqual(
      expect.arrayContaining([
        "create aws:rds:Cluster database-cluster",
        "create aws:rds:ClusterInstance database-use1-az1",
        "create aws:rds:ClusterInstance database-use1-az2",
        "create aws:backup:Plan database-backups-plan",
        "create aws:cloudwatch:MetricAlarm database-alarms-silent",
        "create aws:vpc:SecurityGroupIngressRule database-from-blue",
      ]),
    );
  });
});

describe("the account", () => {
  const made = (row: EnvironmentInput) => {
    const all = environments
      .filter(({ role }) => role !== "replica")
      .map((each) => (each.name === row.name ? row : each));
    return graphOf(() => foundationProgram(foundation, all), {
      stack: "foundation",
      account: emptyAccount(),
      config: { "fridayproof:account": "000000000000", "fridayproof:githubRepository": "example/fridayproof" },
    });
  };

  test("keeps the copies in a vault of the region that must survive, and what joins two regions", async () => {
    const graph = await made(withDatabase);
    const vault = graph.byName("backups-prod-vault");
    expect(vault.outputs["arn"]).toBe("arn:aws:backup:us-west-2:000000000000:backup-vault:fridayproof-prod");
    expect(graph.ofType("aws:rds/globalCluster:GlobalCluster")).toEqual([]);
    const joined = await made({ ...withDatabase, database: { ...database, recovery: "global" } });
    expect(joined.byName("database-prod-cluster").inputs).toMatchObject({
      globalClusterIdentifier: "fridayproof-prod",
      engineVersion: "17.5",
    });
    expect(joined.ofType("aws:backup/vault:Vault")).toEqual([]);
  });
});
