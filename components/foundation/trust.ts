/** Who may assume which role: trust policies, each as narrow as its users allow. */
import type { Problem } from "../core/checks";
import { type Statement, trustOfService, type TrustStatement } from "../aws/iam";

/** A workflow of a repository, as GitHub's tokens describe it. */
export interface GitHubTrust {
  /** ARN of the identity provider. */
  readonly providerArn: string;
  /** Host of the issuer, which prefixes the condition keys. */
  readonly issuer: string;
  /** `owner/name`, as it stands in the path of a workflow. */
  readonly repository: string;
  /** What `sub` begins with: `repo:owner/name`, or with numeric ids in repositories made since 2026-06-18. */
  readonly subject: string;
  /** What `sub` ends with: `environment:production` or `ref:refs/heads/main`. */
  readonly contexts: readonly string[];
  /** Files in `.github/workflows` whose jobs may log in. @default any job of the contexts */
  readonly workflows?: readonly string[];
  /** Branch that the workflow files have to come from. */
  readonly branch: string;
}

/** IAM takes one value or a list, and hands one back as it came: a list of one would show as a change. */
function oneOrMore(values: readonly string[]): string | readonly string[] {
  const [only, ...more] = values;
  return only !== undefined && more.length === 0 ? only : values;
}

/**
 * Trusts jobs of these workflows in these contexts, and no others: every value is compared as a whole.
 * Sources: https://docs.github.com/actions/reference/security/oidc and, for `job_workflow_ref`, which STS checks since
 * January 2026: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html
 */
export function githubTrust(trust: GitHubTrust): TrustStatement {
  const { issuer, repository, subject, contexts, workflows, branch } = trust;
  const files = (workflows ?? []).map((file) => `${repository}/.github/workflows/${file}@refs/heads/${branch}`);
  return {
    Sid: "WorkflowsOfTheRepository",
    Effect: "Allow",
    Principal: { Federated: trust.providerArn },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: {
      StringEquals: {
        [`${issuer}:aud`]: "sts.amazonaws.com",
        [`${issuer}:sub`]: oneOrMore(contexts.map((context) => `${subject}:${context}`)),
        ...(files.length > 0 ? { [`${issuer}:job_workflow_ref`]: oneOrMore(files) } : {}),
      },
    },
  };
}

/**
 * Trusts the role itself: a workflow that has logged in assumes the role again through Pulumi's provider and through
 * `aws eks get-token --role-arn`, and since 2022 IAM needs that in the trust policy. The role cannot be named as principal,
 * because it does not exist yet when its trust is written. The role needs the same permission of its own:
 * {@link takesItself}.
 */
export function selfTrust(account: string, roleArn: string): TrustStatement {
  return {
    Sid: "ItselfThroughTheProvider",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sts:AssumeRole",
    Condition: { ArnEquals: { "aws:PrincipalArn": roleArn } },
  };
}

/** The permission that belongs to {@link selfTrust}: one without the other is AccessDenied. */
export function takesItself(roleArn: string): Statement {
  return { Sid: "ItselfThroughTheProvider", Effect: "Allow", Action: ["sts:AssumeRole"], Resource: roleArn };
}

const people = (account: string, Sid: string): TrustStatement => ({
  Sid,
  Effect: "Allow",
  Principal: { AWS: `arn:aws:iam::${account}:root` },
  Action: "sts:AssumeRole",
});

/** Trusts people of the account whose own permissions let them assume the role. */
export function peopleTrust(account: string): TrustStatement {
  return people(account, "PeopleOfTheAccount");
}

/**
 * Trusts the users of the account who have shown a second factor. Users of IAM only: sessions from Identity
 * Center or another identity provider lack the condition key, because AssumeRoleWithSAML and AssumeRoleWithWebIdentity know no
 * second factor; those are named with {@link namedTrust}.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_sts-comparison.html
 */
export function secondFactorTrust(account: string): TrustStatement {
  const Condition = { Bool: { "aws:MultiFactorAuthPresent": "true" } };
  return { ...people(account, "PeopleWithASecondFactor"), Condition };
}

/** A permission set's role has a random end and, outside of us-east-1, the region in its path. */
const PERMISSION_SET = "permission-set/";

function principalArn(account: string, principal: string): string {
  const set = principal.startsWith(PERMISSION_SET) ? principal.slice(PERMISSION_SET.length) : undefined;
  const own = set === undefined ? principal : `role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_${set}_*`;
  return `arn:aws:iam::${account}:${own}`;
}

/**
 * Trusts these principals of the account, if their own permissions let them assume the role. They are compared as ARNs
 * and not named as principals: Identity Center makes its roles again under other names, and IAM refuses a principal
 * that does not exist.
 * Source: https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
 * @param principals as {@link principalProblems} takes them.
 */
export function namedTrust(account: string, sid: string, principals: readonly string[]): TrustStatement {
  const arns = principals.map((principal) => principalArn(account, principal));
  return { ...people(account, sid), Condition: { ArnLike: { "aws:PrincipalArn": oneOrMore(arns) } } };
}

/** What is wrong with principals that a trust is to name: anything that others might turn out to be, too. */
export function principalProblems(path: string, principals: readonly string[]): Problem[] {
  return principals.flatMap((got, index): Problem[] =>
    /^(user|role|permission-set)\/[\w+=,.@/-]+$/.test(got)
      ? []
      : [
          {
            path: `${path}[${index}]`,
            got,
            allowed: "user/<name>, role/<name> or permission-set/<name of a permission set of Identity Center>",
            fix: "Name one of them, without a wildcard: everyone it matches can assume the role.",
          },
        ],
  );
}

/** Trusts an AWS service, for this account's resources only. */
export function serviceTrust(account: string, service: string): TrustStatement {
  return { Sid: "ServiceOfThisAccount", ...trustOfService(account, service) };
}
