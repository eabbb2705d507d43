/** Access that no IAM policy states: ACLs of buckets, functions for everybody, access keys without expiry. */
import { type Form, property } from "../kit/aws/cloud-control";
import type { Field } from "../kit/reading/field";
import { type Violation, valueText } from "../kit/finding/finding";
import { drop, example, fix, remove, set, together } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { type ResourceType, types } from "../kit/reading/types";

const block = "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock";
const accountBlock = "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock";
const accessList: readonly ResourceType[] = [
  "aws:s3/bucketAcl:BucketAcl",
  "aws:s3/bucketAclV2:BucketAclV2",
  types.bucket,
];
const functionUrl = "aws:lambda/functionUrl:FunctionUrl";
/** Credentials of a user that are valid until somebody deletes them. */
const keys: readonly ResourceType[] = [
  "aws:iam/accessKey:AccessKey",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential",
];
/** Copies of disks and databases, and who may read them. */
const snapshots: readonly ResourceType[] = ["aws:rds/snapshot:Snapshot", "aws:rds/clusterSnapshot:ClusterSnapshot"];
const imagePermission = "aws:ec2/amiLaunchPermission:AmiLaunchPermission";
const permission = "aws:lambda/permission:Permission";

const narrowing = ["sourceArn", "sourceAccount", "principalOrgId", "eventSourceToken"];
const narrowingForms = ["SourceArn", "SourceAccount", "PrincipalOrgID", "EventSourceToken"];

const classic = new Map<ResourceType, (resource: Resource) => Iterable<Violation>>([
  ...accessList.map((type) => [type, listViolations] as const),
  ...[block, accountBlock].map((type) => [type, ({ props }: Resource) => switchViolations(props, true)] as const),
  ...snapshots.map((type) => [type, copyViolations] as const),
  [imagePermission, imageViolations],
  [functionUrl, (resource) => urlViolations(resource.at("authorizationType"))],
  ...keys.map(
    (type) =>
      [
        type,
        (resource: Resource) =>
          keyViolations(
            resource.at("status"),
            fix`${drop(resource)}; what uses it assumes a role, whose credentials expire`,
          ),
      ] as const,
  ),
  [
    permission,
    (resource) =>
      callerViolations(
        resource.at("principal"),
        narrowing.map((key) => resource.at(key)),
      ),
  ],
]);

const forms = new Map<string, (properties: Field) => Iterable<Violation>>([
  ["aws::s3::bucket", bucketViolations],
  [
    "aws::iam::accesskey",
    (properties) =>
      keyViolations(
        property(properties, "Status"),
        "take the key out of the template; what uses it assumes a role, whose credentials expire",
      ),
  ],
  ["aws::lambda::url", (properties) => urlViolations(property(properties, "AuthType"))],
  [
    "aws::lambda::permission",
    (properties) =>
      callerViolations(
        property(properties, "Principal"),
        narrowingForms.map((key) => property(properties, key)),
      ),
  ],
]);

/** Types that can grant such access. */
export const doors: readonly ResourceType[] = [
  ...classic.keys(),
  ...["s3:Bucket", "lambda:Url", "lambda:Permission"].map((name) => `aws-native:${name}`),
];

/** Reports such access of a classic resource. */
export function doorsOf(resource: Resource): Iterable<Violation> {
  return classic.get(resource.type)?.(resource) ?? [];
}

/** Reports such access of a CloudFormation resource. */
export function doorsIn({ type, properties }: Form): Iterable<Violation> {
  return forms.get(type)?.(properties) ?? [];
}

const forEverybody = /^(public-read|public-read-write|authenticated-read)$/;
/** Source: S3 user guide, predefined groups. */
const crowd = /\/groups\/global\/(AllUsers|AuthenticatedUsers)$/;

function* bucketViolations(properties: Field): Iterable<Violation> {
  yield* cannedViolations(property(properties, "AccessControl"), /^(PublicRead|PublicReadWrite|AuthenticatedRead)$/);
  yield* switchViolations(property(properties, "PublicAccessBlockConfiguration"), false);
}

function* listViolations(resource: Resource): Iterable<Violation> {
  yield* cannedViolations(resource.at("acl"), forEverybody);
  const grants = resource.is(types.bucket)
    ? resource
        .at("grants")
        .list()
        .map((grant) => [grant, grant.at("uri")] as const)
    : resource
        .at("accessControlPolicy", "grants")
        .list()
        .map((grant) => [grant, grant.at("grantee", "uri")] as const);
  for (const [grant, uri] of grants)
    if (crowd.test(uri.textOrEmpty()))
      yield { at: uri.path, got: "a grant for everybody", expected: "named accounts", fix: remove(grant) };
}

function* cannedViolations(field: Field, open: RegExp): Iterable<Violation> {
  if (!open.test(field.textOrEmpty())) return;
  yield {
    at: field.path,
    got: "an access list for everybody",
    expected: "private",
    fix: fix`${set(field, open === forEverybody ? "private" : "Private")}, and a policy for those who need it`,
  };
}

const switches = ["blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"];

/** S3 blocks all public access by default. The classic resource sets each unset block to false. */
function* switchViolations(owner: Field, unsetIsOff: boolean): Iterable<Violation> {
  const off = switches.map((key) => property(owner, key)).filter((field) => (field.flag() ?? !unsetIsOff) === false);
  const [first] = off;
  if (first === undefined) return;
  yield {
    at: first.path,
    got: first.isSet() ? "false" : "nothing, which means false",
    expected: "true: otherwise one wrong policy opens the bucket",
    fix: together(off.map((field) => set(field, true))),
  };
}

/** Source: RDS user guide, sharing a snapshot: the value `all` makes it public. */
function* copyViolations(resource: Resource): Iterable<Violation> {
  for (const account of resource.at("sharedAccounts").list())
    if (account.text() === "all")
      yield { at: account.path, got: "a copy for everybody", expected: "named accounts", fix: remove(account) };
}

/** Source: EC2 user guide, AMI launch permissions. */
function* imageViolations(resource: Resource): Iterable<Violation> {
  const field = resource.at("group");
  if (field.text() !== "all") return;
  yield {
    at: field.path,
    got: "an image for everybody",
    expected: "named accounts or an organisation",
    fix: drop(resource),
  };
}

function* urlViolations(field: Field): Iterable<Violation> {
  if (field.text() !== "NONE") return;
  yield {
    at: field.path,
    got: valueText("none"),
    expected: "AWS_IAM: everybody on the internet calls it otherwise",
    fix: example(set(field, "AWS_IAM"), "put it behind the gateway"),
  };
}

function* keyViolations(status: Field, mend: Violation["fix"]): Iterable<Violation> {
  if (status.text() === "Inactive") return;
  yield {
    got: "a key that is valid until somebody deletes it",
    expected: "credentials that end by themselves",
    fix: mend,
  };
}

function* callerViolations(principal: Field, narrowing: readonly Field[]): Iterable<Violation> {
  if (principal.textOrEmpty() !== "*" || narrowing.some((field) => field.isSet())) return;
  yield {
    at: principal.path,
    got: "everybody",
    expected: "the principal that needs it",
    fix: example(set(principal, "events.amazonaws.com"), "who else calls it"),
  };
}
