/** Keys that rotate, come back for a month, and say who may use them, for whose data. */
import * as aws from "@pulumi/aws";
import { beforeAll, describe, expect, test } from "vitest";
import { Keys } from "../../../components/encryption/keys";
import { KEY_WRITES } from "../../../components/aws/key-policy";
import { type Graph, graphOf } from "../../support/graph";

const deployRoleArn = "arn:aws:iam::000000000000:role/fridayproof-deploy";

const declared = (protect: boolean, alarms = true): Promise<Graph> =>
  graphOf(() => {
    const provider = new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: ["000000000000"] });
    const args = {
      environment: "prod",
      accountId: "000000000000",
      deployRoleArn,
      region: "us-east-1",
      alarms,
      protect,
    };
    new Keys("keys", args, { providers: [provider] });
  });

describe("an environment's keys", () => {
  let graph: Graph;
  const policy = (name: string) =>
    (JSON.parse(String(graph.byName(name).inputs["policy"])) as { Statement: { Sid: string }[] }).Statement;

  beforeAll(async () => {
    graph = await declared(true);
  });

  test("rotate, are protected and have names", () => {
    for (const purpose of ["logs", "volumes", "alarms"]) {
      const key = graph.byName(`keys-${purpose}`);
      expect(key.inputs).toMatchObject({
        enableKeyRotation: true,
        rotationPeriodInDays: 365,
        deletionWindowInDays: 30,
      });
      expect(key.protect).toBe(true);
      expect(graph.byName(`keys-${purpose}-alias`).inputs["name"]).toBe(`alias/fridayproof-prod-${purpose}`);
    }
  });

  test("name the role that makes them, whose permission by tag counts only minutes later, and hand it no more", () => {
    for (const name of ["keys-logs", "keys-volumes", "keys-alarms"])
      expect(policy(name)[1]).toEqual({
        Sid: "DeployRoleAdministers",
        Effect: "Allow",
        Principal: { AWS: deployRoleArn },
        Action: KEY_WRITES,
        Resource: "*",
      });
  });

  test("can always be repaired by the account", () => {
    for (const name of ["keys-logs", "keys-volumes", "keys-alarms"]) {
      expect(policy(name)[0]).toEqual({
        Sid: "AccountAdministers",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::000000000000:root" },
        Action: "kms:*",
        Resource: "*",
      });
    }
  });

  test("let CloudWatch Logs in for this account's log groups only", () => {
    expect(policy("keys-logs").slice(2)).toMatchObject([
      {
        Sid: "LogsOfThisAccount",
        Principal: { Service: "logs.us-east-1.amazonaws.com" },
        Condition: {
          ArnLike: { "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:us-east-1:000000000000:log-group:*" },
        },
      },
    ]);
  });

  test("let Auto Scaling open disks, and hand the key on to AWS's own services only", () => {
    const role =
      "arn:aws:iam::000000000000:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling";
    expect(policy("keys-volumes").slice(2)).toMatchObject([
      { Sid: "AutoScalingUses", Condition: { ArnEquals: { "aws:PrincipalArn": role } } },
      {
        Sid: "AutoScalingGrants",
        Action: ["kms:CreateGrant"],
        Condition: { ArnEquals: { "aws:PrincipalArn": role }, Bool: { "kms:GrantIsForAWSResource": "true" } },
      },
    ]);
  });

  test("let CloudWatch encrypt what this account's alarms say, and are not made where no alarm tells anybody", async () => {
    expect(policy("keys-alarms").slice(2)).toEqual([
      {
        Sid: "AlarmsOfThisAccount",
        Effect: "Allow",
        Principal: { Service: "cloudwatch.amazonaws.com" },
        Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
        Resource: "*",
        Condition: {
          StringEquals: { "aws:SourceAccount": "000000000000" },
          ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-east-1:000000000000:alarm:*" },
        },
      },
    ]);
    const silent = await declared(true, false);
    expect(silent.ofType("aws:kms/key:Key").map(({ name }) => name)).toEqual(["keys-logs", "keys-volumes"]);
  });

  test("are let go while torn down", async () => {
    const open = await declared(false);
    expect(open.resources.filter(({ protect }) => protect === true)).toEqual([]);
  });
});
