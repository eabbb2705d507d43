/** Rows: what an input refers to must exist, in the region where it is looked for. */
import { AWS_TYPES } from "../aws/entry";
import type { Making } from "../aws/making";
import { PENDING } from "../aws/aftermath";
import { readTable, sentence, serviceOf, WRITES, type Refusal } from "./row";

/** One row of `kinds.yaml`. */
interface Kind {
  readonly type: string;
  /** Another type that may hold it. */
  readonly or?: string;
  /** Output that the reference gives; the id when absent. */
  readonly by?: string;
  readonly scope?: "global" | "any";
  /** Only texts that match are references to this account. */
  readonly match?: string;
  readonly code: string;
  readonly message: string;
}

const KINDS = readTable<Kind>("kinds.yaml");
const ERRORS = "https://docs.aws.amazon.com";

/** Where each service lists its errors. */
const SOURCES: Readonly<Record<string, string>> = {
  acm: `${ERRORS}/acm/latest/APIReference/API_DescribeCertificate.html`,
  appconfig: `${ERRORS}/appconfig/2019-10-09/APIReference/API_CreateEnvironment.html`,
  cloudtrail: `${ERRORS}/awscloudtrail/latest/APIReference/API_CreateTrail.html`,
  cloudwatch: `${ERRORS}/eventbridge/latest/APIReference/API_PutTargets.html`,
  codebuild: `${ERRORS}/codebuild/latest/APIReference/API_CreateWebhook.html`,
  ec2: `${ERRORS}/AWSEC2/latest/APIReference/errors-overview.html`,
  ecr: `${ERRORS}/AmazonECR/latest/APIReference/API_PutLifecyclePolicy.html`,
  eks: `${ERRORS}/eks/latest/APIReference/API_CreateCluster.html`,
  iam: `${ERRORS}/IAM/latest/APIReference/API_AttachRolePolicy.html`,
  kms: `${ERRORS}/kms/latest/APIReference/API_CreateAlias.html`,
  lb: `${ERRORS}/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html`,
  route53: `${ERRORS}/Route53/latest/APIReference/API_ChangeResourceRecordSets.html`,
  s3: `${ERRORS}/AmazonS3/latest/API/ErrorResponses.html`,
  secretsmanager: `${ERRORS}/secretsmanager/latest/apireference/API_PutSecretValue.html`,
  sns: `${ERRORS}/sns/latest/api/API_Subscribe.html`,
  vpc: `${ERRORS}/AWSEC2/latest/APIReference/errors-overview.html`,
};

/** Where objects are that the value names. */
function whereIs(made: Making, kind: Kind, value: string): string[] {
  const { by = "id" } = kind;
  const here = kind.scope === "global" ? "global" : made.region;
  if (by === "id" && made.caller.account.find(kind.type, value, here)) return [here];
  const holders = [kind.type, ...(kind.or === undefined ? [] : [kind.or])].flatMap((type) =>
    made.caller.account.all(type),
  );
  return holders.filter((object) => (by === "id" ? object.id : object.outputs[by]) === value).map(({ scope }) => scope);
}

function refused(made: Making, kind: Kind, path: string): string | undefined {
  for (const value of made.texts(path)) {
    if (value === "" || (kind.match !== undefined && !new RegExp(kind.match).test(value))) continue;
    const places = whereIs(made, kind, value);
    const here = kind.scope === "global" ? "global" : made.region;
    if (places.includes(here) || (kind.scope === "any" && places.length > 0)) continue;
    const elsewhere = places.length > 0 ? ` (in ${here}; it is in ${places.join(", ")})` : "";
    return sentence(made, kind.message, { value }) + elsewhere;
  }
  return undefined;
}

const MISSING = Object.entries(AWS_TYPES).flatMap(([type, entry]) =>
  Object.entries(entry.references ?? {}).map(([path, name]): Refusal => {
    const kind = KINDS[name];
    if (kind === undefined)
      throw new Error(`${type}: references.${path} is "${name}"; known kinds are ${Object.keys(KINDS).join(", ")}`);
    return {
      rule: `reference ${path}`,
      code: kind.code,
      service: serviceOf(type),
      types: [type],
      operations: WRITES,
      source: SOURCES[serviceOf(type)] ?? "",
      refuses: (made) => refused(made, kind, path),
    };
  }),
);

/** A key that was deleted still exists for days, and refuses all work. */
const PENDING_KEY: Refusal = {
  rule: "key pending deletion",
  code: "KMSInvalidStateException",
  service: "kms",
  types: ["aws:kms/alias:Alias", "aws:kms/replicaKey:ReplicaKey"],
  operations: WRITES,
  source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html",
  refuses: (made) => {
    const key = made.text("targetKeyId") || made.text("primaryKeyArn");
    const pending = made.caller.account.all(PENDING).find(({ outputs }) => outputs.id === key || outputs.arn === key);
    return pending && `${String(pending.outputs.arn)} is pending deletion.`;
  },
};

/** Rows. */
export const REFERENCE_ROWS: readonly Refusal[] = [PENDING_KEY, ...MISSING];
