/** Every IAM document as IAM gets it: what a role may do changes only where a reviewer sees it. */
import { describe, expect, test } from "vitest";
import { deployDocuments, documentProblems } from "../../../components/foundation/deploy-documents";
import { clusterStatements, keyStatements } from "../../../components/foundation/deploy-cluster";
import { networkStatements, trafficStatements, type DeployScope } from "../../../components/foundation/deploy-network";
import { observationStatements } from "../../../components/foundation/deploy-observation";
import { pushStatements } from "../../../components/foundation/image-permissions";
import { policyJson, type Statement } from "../../../components/aws/iam";
import { noSecretsStatement, shapeStatements } from "../../../components/foundation/read-permissions";
import {
  stateBucketPolicy,
  stateReadStatements,
  type StateScope,
  stateWriteStatements,
} from "../../../components/foundation/state-permissions";
import { trailBucketPolicy } from "../../../components/foundation/trail";
import { ENVIRONMENT_PARTS, TRAFFIC_PARTS } from "../../../stacks/inputs/conventions";
import { expectGolden } from "../../support/golden";

const scope: DeployScope & StateScope = {
  account: "111122223333",
  regions: ["us-east-1", "us-west-2"],
  parts: ["network", "blue"],
  trafficParts: ["network", "blue"],
  platform: "fridayproof",
  environments: ["dev", "prod"],
  environmentTag: "fridayproof.dev/environment",
  zoneIds: ["Z1", "Z2"],
  managedPolicies: ["arn:aws:iam::aws:policy/AmazonEKSClusterPolicy"],
  stateBuckets: ["states-east", "states-west"],
  stateKeyAlias: "alias/fridayproof-state",
};
const deployRole = "arn:aws:iam::111122223333:role/fridayproof-deploy";
const documents = deployDocuments(scope, deployRole);
const parsed = (text: string): { Statement: Statement[] } => JSON.parse(text) as { Statement: Statement[] };
const everything = [
  ...Object.values(documents).flatMap((text) => parsed(text).Statement),
  ...shapeStatements(),
  ...stateReadStatements(scope),
  ...pushStatements(scope, ["fridayproof/*"]),
];

describe("identity policies", () => {
  test("of the deploy role are the reviewed ones", () => {
    const all = Object.entries(documents).map(([subject, text]) => [subject, parsed(text)] as const);
    expectGolden("deploy-role", Object.fromEntries(all));
  });

  test("fit into IAM, white space and all", () => {
    expect(documentProblems(documents)).toEqual([]);
    const problems = documentProblems({ ...documents, much: "x".repeat(6145) });
    expect(problems).toEqual([
      {
        path: "documents.much",
        got: "6145 characters",
        allowed: "up to 6144",
        fix: "Split the subject in components/foundation/deploy-documents.ts.",
      },
    ]);
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [String(index), ""]));
    expect(documentProblems(many)).toEqual([
      { path: "documents", got: 11, allowed: "up to 10", fix: "Join two subjects." },
    ]);
  });

  test("of many regions and environments fit too: a subject has a document for every three regions", () => {
    const regions = ["us-east-1", "us-west-2", "eu-west-1", "ap-southeast-2", "us-east-2", "eu-central-1"];
    const environments = Array.from({ length: 8 }, (_, index) => `environment-${index}`);
    const [parts, trafficParts] = [ENVIRONMENT_PARTS, TRAFFIC_PARTS];
    const zoneIds = environments.map((_, index) => `Z0123456789ABCDEFGHI${index}`);
    const wide = { ...scope, regions, environments, parts, trafficParts, zoneIds };
    const many = deployDocuments(wide, deployRole);
    expect(documentProblems(many)).toEqual([]);
    expect(Object.keys(many)).toEqual([
      ...["network", "network-2", "traffic", "traffic-2", "observation", "observation-2", "cluster", "cluster-2"],
      ...["roles", "reading"],
    ]);
    const granted = (texts: readonly string[]): Set<string> =>
      new Set(
        texts
          .flatMap((text) => parsed(text).Statement)
          .flatMap(({ Effect, Action, Resource }) =>
            Action.flatMap((action) => [Resource].flat().map((resource) => `${Effect} ${action} ${resource}`)),
          ),
      );
    const whole = [
      networkStatements(wide),
      trafficStatements(wide),
      observationStatements(wide),
      [...clusterStatements(wide), ...keyStatements(wide)],
    ].map((statements) => policyJson(statements));
    const split = Object.entries(many).flatMap(([name, text]) => (/^(?:roles|reading)$/.test(name) ? [] : [text]));
    expect(granted(split)).toEqual(granted(whole));
  });

  test("allow no whole service, and everything at once only to look, or where a tag or AWS itself is the limit", () => {
    const allowed = everything.filter(({ Effect }) => Effect === "Allow");
    expect(allowed.flatMap(({ Action }) => Action).filter((action) => /^[^:]*:?[*?]+$/.test(action))).toEqual([]);
    const wide = allowed.filter(({ Resource, Condition }) => Resource === "*" && Condition === undefined);
    const writing = wide.flatMap(({ Action }) => Action).filter((each) => !/:(BatchGet|Describe|Get|List)/.test(each));
    expect(writing).toEqual(["route53:CreateHealthCheck", "backup-storage:MountCapsule"]);
  });

  test("show no Secret to whoever looks, and take back what others may allow", () => {
    const reading = [...shapeStatements(), ...stateReadStatements(scope)].flatMap(({ Action }) => Action);
    expect(reading.filter((action) => /SecretValue|ssm:|ecr:BatchGetImage|logs:(Get|Filter)/.test(action))).toEqual([]);
    expect(reading.filter((action) => action.startsWith("s3:GetObject"))).toEqual(["s3:GetObject"]);
    expect(noSecretsStatement()).toEqual({
      Sid: "NoSecretValues",
      Effect: "Deny",
      Action: [
        "secretsmanager:BatchGetSecretValue",
        "secretsmanager:GetSecretValue",
        "ssm:GetParameter",
        "ssm:GetParameterHistory",
        "ssm:GetParameters",
        "ssm:GetParametersByPath",
      ],
      Resource: "*",
    });
  });

  test("let a preview write nothing but its lock", () => {
    expect(stateReadStatements(scope)).toEqual([
      {
        Sid: "ReadStates",
        Effect: "Allow",
        Action: ["s3:GetObject"],
        Resource: ["arn:aws:s3:::states-east/.pulumi/*", "arn:aws:s3:::states-west/.pulumi/*"],
      },
      {
        Sid: "HoldLocks",
        Effect: "Allow",
        Action: ["s3:DeleteObject", "s3:PutObject"],
        Resource: ["arn:aws:s3:::states-east/.pulumi/locks/*", "arn:aws:s3:::states-west/.pulumi/locks/*"],
      },
      {
        Sid: "StateLists",
        Effect: "Allow",
        Action: ["s3:ListBucket"],
        Resource: ["arn:aws:s3:::states-east", "arn:aws:s3:::states-west"],
      },
      {
        Sid: "StateKey",
        Effect: "Allow",
        Action: ["kms:Decrypt", "kms:GenerateDataKey"],
        Resource: ["arn:aws:kms:us-east-1:111122223333:key/*", "arn:aws:kms:us-west-2:111122223333:key/*"],
        Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/fridayproof-state" } },
      },
    ]);
  });

  test("let a deployment write states, and the key only encrypt and decrypt", () => {
    expect(stateWriteStatements(scope).flatMap(({ Action }) => Action)).toEqual([
      "s3:DeleteObject",
      "s3:GetObject",
      "s3:PutObject",
      "s3:ListBucket",
      "kms:Decrypt",
      "kms:Encrypt",
      "kms:GenerateDataKey",
    ]);
  });

  test("let the pipeline push to its repositories in every region, and delete nothing", () => {
    const [logIn, push] = pushStatements(scope, ["fridayproof/*"]);
    expect(logIn).toEqual({ Sid: "LogIn", Effect: "Allow", Action: ["ecr:GetAuthorizationToken"], Resource: "*" });
    expect(push?.Resource).toEqual([
      "arn:aws:ecr:us-east-1:111122223333:repository/fridayproof/*",
      "arn:aws:ecr:us-west-2:111122223333:repository/fridayproof/*",
    ]);
    expect(push?.Action.filter((action) => /Delete|Set|Create|Policy/.test(action))).toEqual([]);
  });
});

describe("bucket policies", () => {
  const tls = (bucket: string) => ({
    Sid: "NobodyWithoutTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  });

  test("of states refuse talk without TLS and every deletion of history, until the foundation is torn down", () => {
    const resources = ["arn:aws:s3:::states", "arn:aws:s3:::states/*"];
    expect(JSON.parse(stateBucketPolicy("states", true))).toEqual({
      Version: "2012-10-17",
      Statement: [
        tls("states"),
        {
          Sid: "NobodyDeletesHistory",
          Effect: "Deny",
          Principal: "*",
          Action: ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
          Resource: resources,
        },
      ],
    });
    expect(stateBucketPolicy("states", false)).toBe(policyJson([tls("states") as never]));
  });

  test("of the trail let CloudTrail write for this trail only", () => {
    const own = { "aws:SourceArn": "arn:aws:cloudtrail:us-east-1:111122223333:trail/fridayproof" };
    const Principal = { Service: "cloudtrail.amazonaws.com" };
    const trail = { account: "111122223333", region: "us-east-1", trailName: "fridayproof", bucket: "trail" };
    expect(JSON.parse(trailBucketPolicy(trail))).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "TrailLooks",
          Effect: "Allow",
          Principal,
          Action: "s3:GetBucketAcl",
          Resource: "arn:aws:s3:::trail",
          Condition: { StringEquals: own },
        },
        {
          Sid: "TrailWrites",
          Effect: "Allow",
          Principal,
          Action: "s3:PutObject",
          Resource: "arn:aws:s3:::trail/AWSLogs/111122223333/*",
          Condition: { StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" } },
        },
        tls("trail"),
      ],
    });
  });
});
