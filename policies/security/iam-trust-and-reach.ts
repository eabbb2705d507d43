/** Rule iam-trust-and-reach: who may take a role or use a resource, and what a permission reaches. */
import type { Field } from "../kit/field";
import { type Violation, type Finding, violation } from "../kit/finding";
import {
  allowances,
  type Condition,
  conditionsOf,
  demanding,
  isAnyResource,
  mayMean,
  principalsOf,
  textsOf,
} from "../kit/iam";
import { declaring, formsOf } from "../kit/cloud-control";
import { either, example, fix, remove, set, together } from "../kit/remedy";
import type { Resource } from "../kit/resource";
import { eachPart, guarded, resourceRule } from "../kit/rule";
import { texts } from "../kit/settings";
import { exampleRole, forExamples, readOnly } from "./example-arns";
import { documented, documentedForms, documentsIn, documentsOf } from "./iam-documents";
import { doors, doorsIn, doorsOf } from "./open-doors";

/** Condition keys by which a service or an organisation is told from the rest of the world. */
const narrowing = [
  /^aws:(source|principal)(account|arn|orgid|orgpaths|ownerorgid)$/,
  /^aws:sourceorg(id|paths)$/,
  /^aws:source(vpc|vpce)$/,
  /^kms:calleraccount$/,
  /^elasticfilesystem:accessedviamounttarget$/,
  /^aws:(vpc)?sourceip$/,
  /^sts:externalid$/,
];

/** Actions that hand out what is secret, or somebody else's rights, wherever they are allowed. */
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

/** Managed policies of AWS that give a whole service or the account. */
const wholesale =
  /:(?:policy|cluster-access-policy)\/(?:[\w+=,.@/-]*\/)?(AdministratorAccess|PowerUserAccess|IAMFullAccess|\w*FullAccess|AmazonEKSClusterAdminPolicy)$/;

/** Trust and permissions reach as far as their purpose. */
export const iamTrustAndReach = resourceRule({
  id: "iam-trust-and-reach",
  group: "security",
  level: "mandatory",
  forbids:
    "A role, a resource, a bucket or a function that anybody may use, an identity provider without a subject, secrets or roles of everybody, an administrator who is not named.",
  prevents: "A stranger, or one stolen credential, takes the account.",
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html, Security Hub IAM.1, S3.2, KMS.5, " +
    "https://docs.github.com/en/actions/security-for-github-actions/security-hardening-your-deployments/configuring-openid-connect-in-amazon-web-services",
  settings: {
    administrators: texts(
      [],
      "Names of attachments in the program that may give a whole service or the account; * stands for any characters.",
    ),
  },
  kinds: [...new Set([...documented, ...documentedForms, ...doors, ...declaring])],
  limits: "Whose account a principal of another account is.",
  // What a program does not know yet is the ARN of something that it makes, and never everybody or everything.
  quietAt: /(^|\.)(Resource|Principal(\.AWS)?)(\[\d+\])?$/,
  examples: {
    bad: '{"Effect":"Allow","Principal":"*","Action":"sts:AssumeRole"}',
    good: '{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:role/deploy"},"Action":"sts:AssumeRole"}',
  },
  *check(resource, { administrators }) {
    const forms = formsOf(resource);
    for (const { trust, reach, attached } of [documentsOf(resource), ...forms.map(documentsIn)]) {
      yield* eachPart(resource, trust, (document) => check(resource, document, trustViolations));
      yield* eachPart(resource, reach, (document) => check(resource, document, reachViolations));
      yield* checkAttached(resource, attached, administrators);
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

function* trustViolations(statement: Field): Iterable<Violation> {
  const conditions = conditionsOf(statement);
  const other = statement.at("NotPrincipal");
  if (other.isSet())
    yield {
      at: other.path,
      got: "everybody but a list",
      wanted: "the principals that need it",
      fix: fix`${together([remove(other), set(statement.at("Principal"), { AWS: exampleRole })])}, with their ARNs`,
    };
  for (const [type, who] of principalsOf(statement)) {
    const name = who.textOrEmpty();
    if (type === "Federated") yield* federatedViolations(statement, who, name, conditions);
    else if (/^[*?]+$/.test(name) && !isNarrowed(conditions))
      yield {
        at: who.path,
        got: "everybody",
        wanted: "the principals that need it",
        fix: either(
          example(set(statement.at("Principal"), { AWS: exampleRole }), "the ARNs that are meant"),
          example(
            set(statement.at("Condition", "StringEquals", "aws:PrincipalOrgID"), "o-exampleorgid"),
            "your organisation",
          ),
        ),
      };
  }
}

function isNarrowed(conditions: readonly Condition[]): boolean {
  return conditions.some(
    ({ operator, key, values }) =>
      demanding.test(operator) &&
      narrowing.some((form) => form.test(key)) &&
      !values.some((value) => /^[*?:]+$|\/0$/.test(value)),
  );
}

/** An OpenID Connect provider vouches for everybody it knows; the subject says for whom the role is. */
function* federatedViolations(
  statement: Field,
  who: Field,
  provider: string,
  conditions: readonly Condition[],
): Iterable<Violation> {
  if (/:saml-provider\//.test(provider)) return;
  const subjects = conditions.filter(({ operator, key }) => demanding.test(operator) && subject.test(key));
  const [first] = subjects;
  const host = /:oidc-provider\/([a-z0-9.-]+(?:\/[A-Za-z0-9._/-]+)?)$/.exec(provider)?.[1];
  const meant =
    host?.startsWith("oidc.eks.") === true
      ? "system:serviceaccount:shop:web"
      : "repo:owner/name:environment:production";
  const own = `demand the subject in a condition, such as ${meant}`;
  const demanded =
    host === undefined
      ? own
      : example(set(statement.at("Condition", "StringEquals", `${host}:sub`), meant), "the subject that it is for");
  if (first === undefined)
    yield { at: who.path, got: "whoever the provider knows", wanted: "a condition on the subject", fix: demanded };
  else if (subjects.every(({ values }) => values.length === 0 || values.some(isOpenSubject)))
    yield { at: who.path, got: "a subject of anybody's", wanted: "a subject with its owner", fix: demanded };
}

const subject = /:(sub|job_workflow_ref|amr|repository|repository_id|repository_owner|repository_owner_id)$/;

/** Whether a subject's pattern leaves the owner open: `*`, `repo:*`, `system:serviceaccount:*`. */
function isOpenSubject(value: string): boolean {
  return /^[^*?]{0,5}[*?]/.test(value) || /^(repo|project_path|system:serviceaccount):?\*/.test(value);
}

function* reachViolations(statement: Field): Iterable<Violation> {
  const actions = textsOf(statement.at("Action")).filter((action) => !/^[*?]+$|^[^:]*:[*?]+$/.test(action));
  const reached = sensitive.filter((one) => actions.some((action) => mayMean(action, one)));
  const open = reached.filter((one) => leavesOpen(statement, one));
  if (open.length === 0) return;
  yield {
    at: statement.at("Resource").path,
    got: `any resource for ${open.join(", ")}`,
    wanted: "the resources that are needed",
    fix: forExamples(statement, open),
  };
}

/** Whether the action reaches more than is named: roles of one's own account are as good as its rights. */
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
    if (resource.kind.endsWith(":AccessPolicyAssociation") && resource.at("accessScope", "type").text() === "namespace")
      continue;
    yield violation(resource, {
      at: arn.path,
      got: `the rights of ${name}`,
      wanted: "a policy with what is needed",
      fix: fix`${example(set(arn, readOnly(arn.textOrEmpty())), "a policy with what is needed")}; an administrator by design is named in the setting \`administrators\``,
    });
  }
}
