/** Rule iam-trust-and-reach: principals that may assume a role or use a resource, and broad permissions. */
import type { Field } from "../kit/reading/field";
import { type Violation, type Finding, violation } from "../kit/finding/finding";
import { allowances, conditionsOf, demanding, isAnyResource, mayMean, textsOf } from "../kit/aws/iam";
import { declaring, formsOf } from "../kit/aws/cloud-control";
import { example, fix, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, guarded, resourceRule } from "../kit/rule/rule";
import { withoutDefault, texts } from "../kit/rule/settings";
import { forExamples, readOnly } from "./example-arns";
import { documented, documentedForms, documentsIn, documentsOf } from "./iam-documents";
import { doors, doorsIn, doorsOf } from "./public-access";
import { trustViolations } from "./trust";
import { types } from "../kit/reading/types";

/** Actions that return secrets or let the caller act with another role's permissions. */
const sensitive = [
  "secretsmanager:GetSecretValue",
  "secretsmanager:BatchGetSecretValue",
  "ssm:GetParameter",
  "ssm:GetParameters",
  "ssm:GetParametersByPath",
  "ssm:GetParameterHistory",
  "kms:Decrypt",
  "s3:GetObject",
  "dynamodb:GetItem",
  "dynamodb:BatchGetItem",
  "dynamodb:Query",
  "dynamodb:Scan",
  "iam:PassRole",
  "sts:AssumeRole",
];

/** AWS managed policies with full access to a service or the account. */
const wholesale =
  /:(?:policy|cluster-access-policy)\/(?:[\w+=,.@/-]*\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess|\w*FullAccess|AmazonEKSClusterAdminPolicy)$/;

/** Trust policies and permissions are limited to named principals and resources. */
export const iamTrustAndReach = resourceRule({
  id: "iam-trust-and-reach",
  group: "security",
  level: "mandatory",
  forbids:
    "Trust in everybody, in a whole other account, or in an identity provider without a subject; a bucket or function open to everybody; access keys without expiry; permissions on every secret or role; an administrator that is not named in the settings.",
  prevents: "An outsider, or one stolen credential, takes over the account.",
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, Security Hub IAM.1, IAM.3, S3.2, KMS.5, " +
    "https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services",
  settings: {
    accounts: withoutDefault(
      texts([], "Accounts of your own besides the stack's, all of whose administrators may hand a role on.", "any"),
    ),
    administrators: texts(
      [],
      "Names of attachments in the program that may give a whole service or the account; * stands for any characters.",
    ),
  },
  resourceTypes: [...new Set([...documented, ...documentedForms, ...doors, ...declaring])],
  limits: "Whose account a principal names is known of the stack's own account (`fridayproof:account`) alone.",
  // An unknown value is the ARN of a resource created in the same update, never `*`.
  quietAt: /(^|\.)(Resource|Principal(\.AWS)?)(\[\d+\])?$/,
  examples: {
    bad: '{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}',
    good: '{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/deploy"},"Action":"sts:AssumeRole"}',
  },
  *check(resource, { accounts, administrators }, { account }) {
    const own = new Set([...accounts, ...(account === undefined ? [] : [account])]);
    const forms = formsOf(resource);
    const parts = [
      { isRole: resource.is(types.role), documents: documentsOf(resource) },
      ...forms.map((form) => ({ isRole: form.type === "aws::iam::role", documents: documentsIn(form) })),
    ];
    for (const { isRole, documents } of parts) {
      const { trust, reach, attached } = documents;
      const problems = (statement: Field): Iterable<Violation> =>
        trustViolations(statement, isRole ? { own } : undefined);
      yield* eachPart(resource, trust, (document) => check(resource, document, problems));
      yield* eachPart(resource, reach, (document) => check(resource, document, reachViolations));
      yield* guarded(resource, () => checkAttached(resource, attached, administrators));
    }
    for (const problems of [() => doorsOf(resource), ...forms.map((form) => () => doorsIn(form))])
      yield* guarded(resource, () => [...problems()].map((problem) => violation(resource, problem)));
  },
});

function* check(
  resource: Resource,
  document: Field,
  problems: (statement: Field) => Iterable<Violation>,
): Iterable<Finding> {
  for (const statement of allowances(document))
    yield* guarded(resource, () => [...problems(statement)].map((problem) => violation(resource, problem)));
}

function* reachViolations(statement: Field): Iterable<Violation> {
  const actions = textsOf(statement.at("Action")).filter((action) => !/^[*?]+$|^[^:]*:[*?]+$/.test(action));
  const reached = sensitive.filter((one) => actions.some((action) => mayMean(action, one)));
  const open = reached.filter((one) => leavesOpen(statement, one));
  if (open.length === 0) return;
  yield {
    at: statement.at("Resource").path,
    got: `any resource for ${open.join(", ")}`,
    expected: "the resources that are needed",
    fix: forExamples(statement, open),
  };
}

/** Whether the action covers more than named resources. Assuming any role of the own account gives that role's permissions. */
function leavesOpen(statement: Field, action: string): boolean {
  const keys = conditionsOf(statement).filter(({ operator }) => demanding.test(operator));
  if (keys.some(({ key }) => /(^|:)resourcetag\//.test(key))) return false;
  if (
    action === "kms:Decrypt" &&
    keys.some(({ key }) => /^kms:(viaservice|encryptioncontext:.+|resourcealiases)$/.test(key))
  )
    return false;
  const isOfRoles = action === "iam:PassRole" || action === "sts:AssumeRole";
  const roles = textsOf(statement.at("Resource")).some((resource) => /:role\/\*+$/.test(resource));
  return isAnyResource(statement) || (isOfRoles && roles);
}

function* checkAttached(
  resource: Resource,
  arns: readonly Field[],
  administrators: readonly string[],
): Iterable<Finding> {
  if (administrators.some((name) => mayMean(name, resource.name))) return;
  for (const arn of arns) {
    const [, name] = wholesale.exec(arn.textOrEmpty()) ?? [];
    if (name === undefined) continue;
    if (resource.type.endsWith(":AccessPolicyAssociation") && resource.at("accessScope", "type").text() === "namespace")
      continue;
    yield violation(resource, {
      at: arn.path,
      got: `the rights of ${name}`,
      expected: "a policy with what is needed",
      fix: fix`${example(set(arn, readOnly(arn.textOrEmpty())), "a policy with what is needed")}; an administrator by design is named in the setting \`administrators\``,
    });
  }
}
