/** What keeps a database's data elsewhere: plan, vault, and what joins two regions. */
import * as aws from "@pulumi/aws";
import { expect, test } from "vitest";
import { BackupPlan } from "../../../components/data/backup-plan";
import { BackupVault } from "../../../components/data/backup-vault";
import { DatabaseRoles } from "../../../components/data/database-roles";
import { GlobalDatabase } from "../../../components/data/global-database";
import { recoveries } from "../../../components/data/recovery";
import { FakeProviders } from "../../support/fake-providers";
import { graphOf } from "../../support/graph";

const declare = (program: () => unknown) => graphOf(program, { packages: new FakeProviders().packages() });

test("a plan takes a snapshot a day and copies it, by a role that may, for one cluster", async () => {
  const graph = await declare(() => {
    const key = new aws.kms.Key("key", {});
    new BackupPlan("backups", {
      planName: "shop",
      clusterArn: "arn:cluster",
      copyVaultArn: "arn:vault",
      keyArn: key.arn,
      roleArn: new DatabaseRoles("roles", { identifier: "shop", accountId: "000000000000", backups: true })
        .backupsRoleArn,
    });
  });
  expect(graph.byName("backups-plan").inputs).toMatchObject({
    name: "shop",
    rules: [
      {
        ruleName: "daily",
        schedule: "cron(0 6 * * ? *)",
        startWindow: 60,
        completionWindow: 1440,
        lifecycle: { deleteAfter: 35 },
        copyActions: [{ destinationVaultArn: "arn:vault", lifecycle: { deleteAfter: 35 } }],
      },
    ],
  });
  const selection = graph.byName("backups-selection");
  expect(selection.inputs["resources"]).toEqual(["arn:cluster"]);
  expect(selection.propertyDependencies["iamRoleArn"]).toContain(graph.byName("roles-backups-policy").urn);
  const trust = JSON.parse(String(graph.byName("roles-backups-role").inputs["assumeRolePolicy"])) as {
    Statement: unknown[];
  };
  expect(trust.Statement).toEqual([
    {
      Effect: "Allow",
      Principal: { Service: "backup.amazonaws.com" },
      Action: "sts:AssumeRole",
      Condition: { StringEquals: { "aws:SourceAccount": "000000000000" } },
    },
  ]);
});

test("roles are for one account, and one of backups is there only where there are some", async () => {
  const graph = await declare(() => {
    new DatabaseRoles("roles", { identifier: "shop", accountId: "000000000000", backups: false });
  });
  expect(graph.ofType("aws:iam/role:Role").map(({ name }) => name)).toEqual(["roles-monitoring-role"]);
  const { inputs } = graph.byName("roles-monitoring-role");
  expect(JSON.parse(String(inputs["assumeRolePolicy"]))).toMatchObject({
    Statement: [
      {
        Principal: { Service: "monitoring.rds.amazonaws.com" },
        Condition: { StringEquals: { "aws:SourceAccount": "000000000000" } },
      },
    ],
  });
  expect(graph.byName("roles-monitoring-policy").inputs["policyArn"]).toBe(
    "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
  );
});

test.each([true, false])("a vault has a key of its own; both are protected: %s", async (protect) => {
  const administratorArn = "arn:aws:iam::000000000000:role/fridayproof-deploy";
  const graph = await declare(() => {
    new BackupVault("copies", { vaultName: "shop", accountId: "000000000000", administratorArn, protect });
  });
  const vault = graph.byName("copies-vault");
  expect(vault.inputs).toMatchObject({ name: "shop", kmsKeyArn: graph.byName("copies-key").outputs["arn"] });
  expect([vault.protect, graph.byName("copies-key").protect]).toEqual([protect, protect]);
  expect(graph.byName("copies-key-alias").inputs["name"]).toBe("alias/shop-backups");
});

test("a global database is encrypted and protected, and lets go of no member by itself", async () => {
  const args = { globalClusterIdentifier: "shop", engineVersion: "17.5", protect: true };
  const graph = await declare(() => void new GlobalDatabase("global", args));
  const { inputs, protect } = graph.byName("global-cluster");
  expect(inputs).toMatchObject({
    globalClusterIdentifier: "shop",
    engine: "aurora-postgresql",
    engineVersion: "17.5",
    engineLifecycleSupport: "open-source-rds-extended-support-disabled",
    storageEncrypted: true,
    deletionProtection: true,
    forceDestroy: false,
  });
  expect(protect).toBe(true);
});

test("every recovery says where its claims come from", () => {
  expect(Object.keys(recoveries)).toEqual(["none", "backups", "global"]);
  for (const { rpo, rto } of Object.values(recoveries))
    for (const { value, source } of [rpo, rto])
      expect([value, source].map(({ length }) => length > 5)).toEqual([true, true]);
});
