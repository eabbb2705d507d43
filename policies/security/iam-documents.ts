/** Properties with IAM policy documents, by resource type of each provider. */
import { type Form, property } from "../kit/aws/cloud-control";
import type { Field } from "../kit/reading/field";
import type { Resource } from "../kit/reading/resource";
import { type ResourceType, types } from "../kit/reading/types";

/** Trust and resource policies, and identity policies, of one resource. */
export interface Documents {
  readonly trust: readonly Field[];
  readonly reach: readonly Field[];
  /** Attached AWS managed policies. */
  readonly attached: readonly Field[];
}

/** Types with a resource policy or a trust policy, and its property. */
const trusting: Readonly<Record<ResourceType, string>> = {
  [types.role]: "assumeRolePolicy",
  [types.kmsKey]: "policy",
  [types.kmsReplicaKey]: "policy",
  "aws:kms/keyPolicy:KeyPolicy": "policy",
  [types.bucket]: "policy",
  "aws:s3/bucketPolicy:BucketPolicy": "policy",
  "aws:s3control/accessPointPolicy:AccessPointPolicy": "policy",
  "aws:sqs/queue:Queue": "policy",
  "aws:sqs/queuePolicy:QueuePolicy": "policy",
  "aws:sns/topic:Topic": "policy",
  "aws:sns/topicPolicy:TopicPolicy": "policy",
  "aws:ecr/repositoryPolicy:RepositoryPolicy": "policy",
  "aws:ecr/registryPolicy:RegistryPolicy": "policy",
  [types.secret]: "policy",
  "aws:secretsmanager/secretPolicy:SecretPolicy": "policy",
  "aws:efs/fileSystemPolicy:FileSystemPolicy": "policy",
  "aws:opensearch/domain:Domain": "accessPolicies",
  "aws:opensearch/domainPolicy:DomainPolicy": "accessPolicies",
  "aws:elasticsearch/domain:Domain": "accessPolicies",
  "aws:elasticsearch/domainPolicy:DomainPolicy": "accessPolicies",
  "aws:backup/vaultPolicy:VaultPolicy": "policy",
  "aws:glacier/vault:Vault": "accessPolicy",
  "aws:cloudwatch/eventBusPolicy:EventBusPolicy": "policy",
  "aws:codeartifact/domainPermissions:DomainPermissions": "policyDocument",
  "aws:codeartifact/repositoryPermissionsPolicy:RepositoryPermissionsPolicy": "policyDocument",
  "aws:dynamodb/resourcePolicy:ResourcePolicy": "policy",
  "aws:kinesis/resourcePolicy:ResourcePolicy": "policy",
};
const reaching: readonly ResourceType[] = [
  types.iamPolicy,
  types.rolePolicy,
  "aws:iam/userPolicy:UserPolicy",
  "aws:iam/groupPolicy:GroupPolicy",
];
/** Types that attach AWS managed policies. */
const handing: readonly ResourceType[] = [
  types.rolePolicyAttachment,
  "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
  "aws:iam/policyAttachment:PolicyAttachment",
  "aws:eks/accessPolicyAssociation:AccessPolicyAssociation",
];

/** Types with policy documents. */
export const documented: readonly ResourceType[] = [...Object.keys(trusting), ...reaching, ...handing];

/** An OpenSearch domain in a VPC is reachable only from the VPC, with any access policy. */
const isInside = (resource: Resource): boolean =>
  /^aws:(opensearch|elasticsearch)\//.test(resource.type) && resource.at("vpcOptions").isSet();

/** The documents of a classic resource. */
export function documentsOf(resource: Resource): Documents {
  const key = trusting[resource.type];
  const trust = key === undefined || isInside(resource) ? [] : [resource.at(key)];
  if (!resource.is(types.role))
    return {
      trust,
      reach: resource.is(...reaching) ? [resource.at("policy")] : [],
      attached: resource.is(...handing) ? [resource.at("policyArn")] : [],
    };
  const inline = resource.at("inlinePolicies").list();
  return { trust, reach: inline.map((one) => one.at("policy")), attached: resource.at("managedPolicyArns").list() };
}

/** The same of CloudFormation's types. Source: CloudFormation, template reference. */
const trustingForms: Readonly<Record<string, string>> = {
  "aws::iam::role": "AssumeRolePolicyDocument",
  "aws::kms::key": "KeyPolicy",
  "aws::s3::bucketpolicy": "PolicyDocument",
  "aws::sqs::queuepolicy": "PolicyDocument",
  "aws::sns::topicpolicy": "PolicyDocument",
  "aws::ecr::repository": "RepositoryPolicyText",
  "aws::secretsmanager::resourcepolicy": "ResourcePolicy",
  "aws::efs::filesystem": "FileSystemPolicy",
  "aws::opensearchservice::domain": "AccessPolicies",
  "aws::backup::backupvault": "AccessPolicy",
};
const reachingForms = /^aws::iam::(managed|role|user|group)?policy$/;

/** Of those, types that hold policies in lists of their own. */
const holders: ReadonlySet<string> = new Set(["aws::iam::role", "aws::iam::user", "aws::iam::group"]);

/** Native types with such documents. */
export const documentedForms: readonly ResourceType[] = [
  "iam:Role",
  "iam:ManagedPolicy",
  "iam:RolePolicy",
  "iam:UserPolicy",
  "iam:GroupPolicy",
  "iam:User",
  "iam:Group",
  "kms:Key",
  "s3:BucketPolicy",
  "sqs:QueuePolicy",
  "sns:TopicPolicy",
  "ecr:Repository",
  "secretsmanager:ResourcePolicy",
  "efs:FileSystem",
  "opensearchservice:Domain",
  "backup:BackupVault",
].map((name) => `aws-native:${name}`);

/** The items of a list; one that a preview hides as a whole stands for them, and says so when it is read. */
const listed = (field: Field): readonly Field[] =>
  field.isUnknown() ? [field] : field.shape() === "list" ? field.list() : [];
const documentIn = (owner: Field): Field => (owner.isUnknown() ? owner : property(owner, "PolicyDocument"));

/** The documents of one resource in CloudFormation's words. */
export function documentsIn({ type, properties }: Form): Documents {
  const key = trustingForms[type];
  const holder = holders.has(type);
  const inline = holder ? listed(property(properties, "Policies")) : [];
  const own = reachingForms.test(type) ? [properties] : [];
  return {
    trust: key === undefined ? [] : [property(properties, key)],
    reach: [...inline, ...own].map(documentIn),
    attached: holder ? listed(property(properties, "ManagedPolicyArns")) : [],
  };
}
