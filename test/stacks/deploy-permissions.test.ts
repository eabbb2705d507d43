/** The deploy role can make, change and delete what environments are made of: each call, on each resource, against its documents. */
import { beforeAll, describe, expect, test } from "vitest";
import { KEY_HANDOVER } from "../../components/aws/key-policy";
import type { Statement, TrustStatement } from "../../components/aws/iam";
import { ENVIRONMENT_TAG, SANDBOX_ACCOUNT } from "../../stacks/inputs/conventions";
import { environments } from "../../stacks/environments/environments";
import { foundation } from "../../stacks/account/foundation";
import { accountRoleArn } from "../../stacks/inputs/roles";
import { flagged } from "../support/flagged-environment";
import { foundationGraph } from "../support/foundation-account";
import type { Graph, GraphResource } from "../support/graph";
import { graphOfInput } from "../support/replica-graph";
import { stackGraph } from "../support/stack-graph";
import { arnsOf } from "./permissions/arns";
import { CALLS, SERVICE_LINKED } from "./permissions/calls";
import { allowed, resourcesOf, carried, type Context } from "./permissions/evaluate";
import type { Calls } from "./permissions/row";

const DEPLOY_ROLE = accountRoleArn(SANDBOX_ACCOUNT, "deploy");

/** One call on one resource, with what the request carries. */
interface Asked {
  readonly call: string;
  readonly arn: string;
  readonly context: Context;
}

/** `eks:A B kms:C` is eks:A, eks:B and kms:C. */
function callsIn(text = ""): string[] {
  let service = "";
  return text.split(" ").flatMap((word) => {
    if (word === "") return [];
    const [before = "", name] = word.split(":");
    if (name !== undefined) service = before;
    return `${service}:${name ?? word}`;
  });
}

function tagsOf({ inputs }: GraphResource, key: string): Context {
  const tags = Object.entries({ ...(inputs.tags as Record<string, string> | undefined) });
  return Object.fromEntries(tags.map(([tag, value]) => [`aws:${key}/${tag}`, value]));
}

/** What is known of a resource that exists. The account of a bucket is not: nobody's, before it exists. */
function known(resource: GraphResource): Context {
  const { policyArn, assumeRolePolicy, permissionsBoundary } = resource.inputs;
  const service = /"Service":"?\[?"?([a-z0-9.-]+)/.exec(String(assumeRolePolicy))?.[1];
  return {
    ...tagsOf(resource, "ResourceTag"),
    "s3:ResourceAccount": SANDBOX_ACCOUNT,
    ...(policyArn === undefined ? {} : { "iam:PolicyARN": String(policyArn) }),
    ...(service === undefined ? {} : { "iam:PassedToService": service }),
    ...(permissionsBoundary === undefined ? {} : { "iam:PermissionsBoundary": String(permissionsBoundary) }),
  };
}

/**
 * Every call in the life of a resource. Tags of a key are not known to its calls: they count only minutes after it is
 * made (https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html). A call that tags what exists
 * carries only the tag that changes, so no request tag. What a call names besides stands, with its own tags.
 */
function life(resource: GraphResource, calls: Calls, region: string, standing: ReadonlyMap<string, Context>): Asked[] {
  const arns = arnsOf(resource, calls, region);
  const tagsBeside = (call: string, arn: string): Context =>
    call.startsWith("kms:") || arn === arns[calls.is] ? {} : (standing.get(arn) ?? {});
  const ask = (call: string, values: Context): Asked[] =>
    // A key has no ARN yet when it is tagged as it is made: AWS asks on all resources.
    (values === creating && calls.is === "key" ? ["*"] : resourcesOf(call, calls.is, arns)).map((arn) => ({
      call,
      arn,
      context: carried(call, { ...values, ...tagsBeside(call, arn) }),
    }));
  const creating = tagsOf(resource, "RequestTag");
  const live = known(resource);
  const linked = (SERVICE_LINKED[resource.type] ?? []).map((service) => ({
    call: "iam:CreateServiceLinkedRole",
    arn: `arn:aws:iam::${SANDBOX_ACCOUNT}:role/aws-service-role/${service}/x`,
    context: carried("iam:CreateServiceLinkedRole", { "iam:AWSServiceName": service }),
  }));
  const untagged = Object.fromEntries(Object.entries(live).filter(([key]) => !key.startsWith("aws:ResourceTag")));
  return [
    ...callsIn(calls.create).flatMap((call) => ask(call, creating)),
    ...callsIn(calls.live)
      // A role that only another role takes is handed to no service.
      .filter((call) => call !== "iam:PassRole" || live["iam:PassedToService"] !== undefined)
      .flatMap((call) => ask(call, call.startsWith("kms:") ? untagged : live)),
    ...linked,
  ];
}

const statementsIn = <S extends Statement | TrustStatement>(text: unknown): S[] =>
  (JSON.parse(String(text)) as { Statement: S[] }).Statement;

/** What key policies allow the role itself; a key's `*` is that key. */
function keyStatements(graph: Graph): TrustStatement[] {
  return graph.ofType("aws:kms/key:Key").flatMap(({ inputs, outputs }) =>
    statementsIn<TrustStatement>(inputs.policy)
      .filter(({ Principal }) => typeof Principal === "object" && "AWS" in Principal && Principal.AWS === DEPLOY_ROLE)
      .map((statement) => ({ ...statement, Resource: String(outputs.arn) })),
  );
}

const graphs = new Map<string, Promise<Graph>>();

/** The graph of an environment, planned once for all tests. */
function graphOnce(stack: string): Promise<Graph> {
  const graph = graphs.get(stack) ?? stackGraph(stack);
  graphs.set(stack, graph);
  return graph;
}

async function documents(): Promise<Statement[]> {
  const { resources } = await foundationGraph();
  return resources
    .filter(({ type, name }) => type === "aws:iam/policy:Policy" && name.startsWith("roles-deploy-"))
    .flatMap(({ inputs }) => statementsIn<Statement>(inputs.policy));
}

describe("the deploy role", () => {
  let all: readonly Statement[];

  // Before the tests, not beside them: two programs at once would register with one engine.
  beforeAll(async () => {
    all = await documents();
  });

  test.each([
    ...environments.map(({ name, region }): [string, string, () => Promise<Graph>] => [
      name,
      region,
      () => graphOnce(name),
    ]),
    ["dev with flags", "us-east-1", () => graphOfInput(flagged)],
  ])("may do all that %s takes", async (_, region, graphOf) => {
    const graph = await graphOf();
    const own = graph.resources.filter(({ type }) => type.startsWith("aws:"));
    expect([...new Set(own.map(({ type }) => type))].filter((type) => CALLS[type] === undefined)).toEqual([]);
    const statements = [...all, ...keyStatements(graph)];
    const callsOf = ({ type }: GraphResource): Calls => CALLS[type] ?? { is: "" };
    const ownArn = (one: GraphResource): string => arnsOf(one, callsOf(one), region)[callsOf(one).is] ?? "";
    const standing = new Map(own.map((one) => [ownArn(one), tagsOf(one, "ResourceTag")]));
    const asked = own.flatMap((one) => life(one, callsOf(one), region, standing));
    const refused = asked.filter(({ call, arn, context }) => !allowed(statements, call, arn, context));
    expect(refused).toEqual([]);
  });

  test("is not let in by a condition that AWS does not evaluate: the documents as they were are refused", () => {
    const cluster = { call: "kms:CreateGrant", arn: `arn:aws:kms:us-east-1:${SANDBOX_ACCOUNT}:key/1`, context: {} };
    const old: Statement = {
      Sid: "GrantsToServices",
      Effect: "Allow",
      Action: ["kms:CreateGrant"],
      Resource: cluster.arn,
      Condition: { Bool: { "kms:GrantIsForAWSResource": "true" } },
    };
    expect(allowed([old], cluster.call, cluster.arn, cluster.context)).toBe(false);
    const bucket: Statement = {
      Sid: "LogBuckets",
      Effect: "Allow",
      Action: ["s3:CreateBucket"],
      Resource: "arn:aws:s3:::front-door-*",
      Condition: { StringEquals: { "aws:ResourceAccount": SANDBOX_ACCOUNT } },
    };
    expect(allowed([bucket], "s3:CreateBucket", "arn:aws:s3:::front-door-logs", {})).toBe(false);
    const clusters: Statement = {
      Sid: "Clusters",
      Effect: "Allow",
      Action: ["eks:CreateCluster"],
      Resource: `arn:aws:eks:us-east-1:${SANDBOX_ACCOUNT}:cluster/fridayproof-*`,
    };
    expect(resourcesOf("eks:CreateCluster", "cluster", {})).toEqual(["*"]);
    expect(allowed([clusters], "eks:CreateCluster", "*", {})).toBe(false);
  });

  test("gives a cluster its key by its own documents too, with what CreateCluster asks and carries", () => {
    // A key that is old enough to be known by its tag, and whose own policy was written before it named the role.
    const key = `arn:aws:kms:us-east-1:${SANDBOX_ACCOUNT}:key/1`;
    const ask = (call: string, tags: Context) => allowed(all, call, key, carried(call, tags));
    for (const call of KEY_HANDOVER) {
      for (const { name } of environments)
        expect(ask(call, { [`aws:ResourceTag/${ENVIRONMENT_TAG}`]: name })).toBe(true);
    }
    expect(ask("kms:CreateGrant", { [`aws:ResourceTag/${ENVIRONMENT_TAG}`]: "somebody-elses" })).toBe(false);
    expect(ask("kms:CreateGrant", {})).toBe(false);
  });

  test("may not touch what the foundation made, nor a role or key of anybody else", async () => {
    const account = SANDBOX_ACCOUNT;
    const attempts: readonly (readonly [action: string, arn: string])[] = [
      ["iam:PutRolePolicy", `arn:aws:iam::${account}:role/fridayproof-deploy`],
      ["iam:UpdateAssumeRolePolicy", `arn:aws:iam::${account}:role/fridayproof-preview`],
      ["iam:CreatePolicyVersion", `arn:aws:iam::${account}:policy/fridayproof-deploy-roles`],
      ["iam:DeleteOpenIDConnectProvider", `arn:aws:iam::${account}:oidc-provider/token.actions.githubusercontent.com`],
      ["kms:ScheduleKeyDeletion", `arn:aws:kms:us-east-1:${account}:key/mrk-1`],
      ["kms:CreateGrant", `arn:aws:kms:us-east-1:${account}:key/mrk-1`],
      ["s3:DeleteBucket", `arn:aws:s3:::fridayproof-state-${account}-us-east-1`],
      ["s3:PutBucketPolicy", `arn:aws:s3:::fridayproof-trail-${account}`],
      ["cloudtrail:StopLogging", `arn:aws:cloudtrail:us-east-1:${account}:trail/fridayproof`],
      ["acm:DeleteCertificate", `arn:aws:acm:us-east-1:${account}:certificate/1`],
      ["ecr:DeleteRepository", `arn:aws:ecr:us-east-1:${account}:repository/fridayproof/apps/sample`],
      ["secretsmanager:GetSecretValue", `arn:aws:secretsmanager:us-east-1:${account}:secret:any`],
    ];
    const context = { "s3:ResourceAccount": account };
    expect(attempts.filter(([action, arn]) => allowed(all, action, arn, context))).toEqual([]);
    const stays = all.find(({ Sid }) => Sid === "StateKeyStays");
    expect(stays).toMatchObject({
      Effect: "Deny",
      Resource: "*",
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": "alias/fridayproof-state" } },
    });
  });

  /**
   * AWS's own policies as they are called, path and all. Source of each:
   * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/<name>.html, read 2026-11-29.
   */
  const MANAGED = [
    "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly",
    "arn:aws:iam::aws:policy/AmazonEKSClusterPolicy",
    "arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy",
    "arn:aws:iam::aws:policy/AmazonEKS_CNI_Policy",
    "arn:aws:iam::aws:policy/service-role/AWSBackupServiceRolePolicyForBackup",
    "arn:aws:iam::aws:policy/service-role/AmazonRDSEnhancedMonitoringRole",
  ];

  test("attaches AWS's own policies that exist, and exactly those that some environment attaches", async () => {
    const attached = new Set<string>();
    for (const { name } of environments) {
      const { resources } = await graphOnce(name);
      for (const { type, inputs } of resources)
        if (type === "aws:iam/rolePolicyAttachment:RolePolicyAttachment") attached.add(String(inputs.policyArn));
    }
    expect([...attached].sort()).toEqual(MANAGED);
    expect(foundation.managedPolicies.map((end) => `arn:aws:iam::aws:policy/${end}`)).toEqual(MANAGED);
  });
});
