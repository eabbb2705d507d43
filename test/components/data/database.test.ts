/** A database: what must hold of each of its resources, and what is refused before anything is declared. */
import { beforeAll, describe, expect, test } from "vitest";
import { Database } from "../../../components/data/database";
import type { DatabaseArgs } from "../../../components/data/database-args";
import { parameters } from "../../../components/data/parameters";
import { FakeProviders } from "../../support/fake-providers";
import { type Graph, graphOf } from "../../support/graph";

const deployRoleArn = "arn:aws:iam::000000000000:role/fridayproof-deploy";

function declare(change: Partial<DatabaseArgs> = {}): Promise<Graph> {
  return graphOf(
    () => {
      const subnet = (zoneName: string) => ({ subnetId: `subnet-${zoneName}`, zoneName });
      new Database("database", {
        identifier: "shop",
        engineVersion: "17.5",
        instanceClass: "db.r6g.large",
        instances: 2,
        subnets: {
          "use1-az1": subnet("us-east-1a"),
          "use1-az2": subnet("us-east-1b"),
          "use1-az4": subnet("us-east-1c"),
        },
        vpcId: "vpc-1",
        clients: { blue: "sg-blue" },
        recovery: "backups",
        logRetentionDays: 30,
        logsKeyArn: "arn:aws:kms:us-east-1:000000000000:key/logs",
        accountId: "000000000000",
        deployRoleArn,
        monitoringRoleArn: "arn:aws:iam::000000000000:role/monitoring",
        region: "us-east-1",
        protect: true,
        ...change,
      });
    },
    { packages: new FakeProviders().packages() },
  );
}

describe("production's", () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await declare();
  });

  test("cluster is encrypted, protected, backed up, and changed in its window", () => {
    const { inputs, protect, ignoreChanges } = graph.byName("database-cluster");
    expect(inputs).toMatchObject({
      clusterIdentifier: "shop",
      engine: "aurora-postgresql",
      engineVersion: "17.5",
      engineMode: "provisioned",
      engineLifecycleSupport: "open-source-rds-extended-support-disabled",
      allowMajorVersionUpgrade: false,
      applyImmediately: false,
      masterUsername: "administrator",
      manageMasterUserPassword: true,
      databaseName: "app",
      port: 5432,
      storageEncrypted: true,
      kmsKeyId: graph.byName("database-key").outputs["arn"],
      iamDatabaseAuthenticationEnabled: true,
      backupRetentionPeriod: 14,
      preferredBackupWindow: "05:00-05:30",
      preferredMaintenanceWindow: "tue:08:00-tue:08:30",
      copyTagsToSnapshot: true,
      deleteAutomatedBackups: false,
      deletionProtection: true,
      skipFinalSnapshot: false,
      enabledCloudwatchLogsExports: ["postgresql"],
    });
    expect(inputs).not.toHaveProperty("masterPassword");
    expect(inputs).not.toHaveProperty("availabilityZones");
    expect(inputs).not.toHaveProperty("globalClusterIdentifier");
    expect(protect).toBe(true);
    expect(ignoreChanges).toEqual(["snapshotIdentifier"]);
  });

  test("last snapshot has a name that is drawn, again for another key", () => {
    const drawn = graph.byName("database-last-snapshot");
    expect(drawn.inputs).toMatchObject({
      byteLength: 4,
      keepers: { identifier: "shop", database: "app", key: graph.byName("database-key").outputs["arn"] },
    });
    const name = graph.byName("database-cluster").inputs["finalSnapshotIdentifier"];
    expect(name).toBe(`shop-last-${String(drawn.outputs["hex"])}`);
  });

  test("instances stand in different zones, are watched, and nobody reaches them from the internet", () => {
    const instances = graph.ofType("aws:rds/clusterInstance:ClusterInstance");
    expect(instances.map(({ name, inputs }) => [name, inputs["identifier"], inputs["availabilityZone"]])).toEqual([
      ["database-use1-az1", "shop-use1-az1", "us-east-1a"],
      ["database-use1-az2", "shop-use1-az2", "us-east-1b"],
    ]);
    for (const { inputs, protect } of instances) {
      expect(protect).toBe(true);
      expect(inputs).toMatchObject({
        instanceClass: "db.r6g.large",
        publiclyAccessible: false,
        caCertIdentifier: "rds-ca-rsa2048-g1",
        autoMinorVersionUpgrade: false,
        applyImmediately: false,
        monitoringInterval: 60,
        performanceInsightsEnabled: true,
        performanceInsightsRetentionPeriod: 7,
      });
    }
  });

  test("parameters force TLS at once and turn logical replication on with a restart, in a group of the major version", () => {
    expect(graph.byName("database-parameters-17").inputs).toMatchObject({
      name: "shop-17",
      family: "aurora-postgresql17",
      parameters: [
        { name: "rds.force_ssl", value: "1", applyMethod: "immediate" },
        { name: "rds.logical_replication", value: "1", applyMethod: "pending-reboot" },
      ],
    });
    expect(parameters).toHaveLength(2);
  });

  test("subnet group covers every zone, those without an instance too", () => {
    expect(graph.byName("database-subnets").inputs["subnetIds"]).toHaveLength(3);
  });

  test("security group lets in the nodes on PostgreSQL's port, and nothing out", () => {
    const rules = graph.ofType("aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule");
    expect(rules.map(({ inputs }) => inputs)).toMatchObject([
      { referencedSecurityGroupId: "sg-blue", ipProtocol: "tcp", fromPort: 5432, toPort: 5432 },
    ]);
    expect(graph.ofType("aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule")).toEqual([]);
  });

  test("key may be handed to RDS by the deploy role, and opened for it by Secrets Manager alone", () => {
    const policy = JSON.parse(String(graph.byName("database-key").inputs["policy"])) as {
      Statement: { Sid: string; Action: string[] }[];
    };
    expect(policy.Statement.find(({ Sid }) => Sid === "DeployRoleAdministers")?.Action).toContain("kms:CreateGrant");
    expect(policy.Statement.at(-1)).toEqual({
      Sid: "MasterSecret",
      Effect: "Allow",
      Principal: { AWS: deployRoleArn },
      Action: ["kms:Decrypt", "kms:GenerateDataKey"],
      Resource: "*",
      Condition: { StringEquals: { "kms:ViaService": "secretsmanager.us-east-1.amazonaws.com" } },
    });
  });

  test("logs stand before RDS writes them, with our key and our days", () => {
    const logs = graph.byName("database-logs");
    expect(logs.inputs).toMatchObject({ name: "/aws/rds/cluster/shop/postgresql", retentionInDays: 30 });
    expect(graph.byName("database-cluster").dependencies).toContain(logs.urn);
  });
});

test("while it is torn down nothing is protected, and its end still leaves a snapshot", async () => {
  const graph = await declare({ protect: false });
  expect(graph.resources.filter(({ protect }) => protect === true)).toEqual([]);
  expect(graph.byName("database-cluster").inputs).toMatchObject({
    deletionProtection: false,
    skipFinalSnapshot: false,
  });
});

test("a restored one names its snapshot, which counts at its creation alone", async () => {
  const { inputs, ignoreChanges } = (await declare({ snapshotIdentifier: "arn:copy" })).byName("database-cluster");
  expect(inputs["snapshotIdentifier"]).toBe("arn:copy");
  expect(ignoreChanges).toContain("snapshotIdentifier");
});

describe("of a global database", () => {
  const global = { recovery: "global", globalClusterIdentifier: "shop" } as const;
  const moved = ["snapshotIdentifier", "engineVersion", "globalClusterIdentifier", "replicationSourceIdentifier"];

  test("the primary has a password of ours, in a secret that is copied and names no host", async () => {
    const graph = await declare({ ...global, secretReplicaRegion: "us-west-2" });
    const { inputs, ignoreChanges } = graph.byName("database-cluster");
    expect(inputs).toMatchObject({ globalClusterIdentifier: "shop", masterUsername: "administrator" });
    expect(inputs).toHaveProperty("masterPassword");
    expect(inputs).not.toHaveProperty("manageMasterUserPassword");
    expect(ignoreChanges).toEqual(moved);
    expect(graph.byName("database-master").inputs).toMatchObject({ length: 32, special: false });
    const secret = graph.byName("database-master-secret");
    expect(secret.inputs).toMatchObject({ name: "shop/database-master", replicas: [{ region: "us-west-2" }] });
    expect(secret.protect).toBe(true);
    expect(JSON.stringify(graph.byName("database-master-version").inputs["secretString"])).not.toContain("host");
  });

  test("the secondary has nothing of its own that it copies, and may stand without an instance", async () => {
    const graph = await declare({ ...global, role: "secondary", instances: 0 });
    const { inputs, ignoreChanges } = graph.byName("database-cluster");
    for (const property of ["masterUsername", "masterPassword", "manageMasterUserPassword", "databaseName"])
      expect(inputs).not.toHaveProperty(property);
    expect(inputs["globalClusterIdentifier"]).toBe("shop");
    expect(ignoreChanges).toEqual(moved);
    expect(graph.ofType("aws:rds/clusterInstance:ClusterInstance")).toEqual([]);
    expect(graph.ofType("aws:secretsmanager/secret:Secret")).toEqual([]);
  });
});

test("a wrong one is refused before anything is declared, all at once", async () => {
  await expect(declare({ identifier: "Shop", instances: 1 })).rejects.toThrow('2 problems in Database "database":');
});
