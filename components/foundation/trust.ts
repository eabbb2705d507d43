/** Who may take which role: documents of trust, each as narrow as its users allow. */
import type { TrustStatement } from "./policy";

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
 * Trusts the role itself: a workflow that has logged in takes the role again through Pulumi's provider and through
 * `aws eks get-token --role-arn`, and since 2022 IAM asks for that in writing. The role cannot be named as principal,
 * because it does not exist yet when its trust is written.
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

/** Trusts people of the account whom their own permissions let take the role; with a second factor where it says so. */
export function peopleTrust(account: string, secondFactor: boolean): TrustStatement {
  return {
    Sid: secondFactor ? "PeopleWithASecondFactor" : "PeopleOfTheAccount",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "sts:AssumeRole",
    ...(secondFactor ? { Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } } } : {}),
  };
}

/** Trusts an AWS service, for this account's resources only. */
export function serviceTrust(account: string, service: string): TrustStatement {
  return {
    Sid: "ServiceOfThisAccount",
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}
