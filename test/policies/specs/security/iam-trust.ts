/** Cases of the rule about trust and reach. */
import { iamTrustAndReach } from "../../../../policies/security/iam-trust-and-reach";
import type { Given } from "../../support/rule";
import { given, under, type Spec } from "../../support/spec";
import { doorCases } from "./iam-doors";
import { administratorCases } from "./iam-administrators";
import { nativeCases } from "./iam-native";

type Statement = Readonly<Record<string, unknown>>;
const document = (statement: Statement): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: { Effect: "Allow", ...statement } });
const role = (statement: Statement): Given => ({
  type: "aws:iam/role:Role",
  name: "r",
  props: { assumeRolePolicy: document({ Action: "sts:AssumeRole", ...statement }) },
});
const policy = (Action: unknown, Resource: unknown = "*", more: Statement = {}): Given => ({
  type: "aws:iam/policy:Policy",
  name: "p",
  props: { policy: document({ Action, Resource, ...more }) },
});
const on = (type: string, statement: Statement): Given => ({
  type,
  name: "x",
  props: { policy: document({ Action: "*", Resource: "*", ...statement }) },
});
const github = "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com";
const byGithub = (Condition: Statement): Given =>
  role({ Principal: { Federated: github }, Action: "sts:AssumeRoleWithWebIdentity", Condition });
const sub = (value: unknown, operator = "StringLike"): Statement => ({
  [operator]: { "token.actions.githubusercontent.com:sub": value },
});
const byProvider = (host: string, subject: string): Given =>
  role({
    Principal: { Federated: `arn:aws:iam::111122223333:oidc-provider/${host}` },
    Action: "sts:AssumeRoleWithWebIdentity",
    Condition: { StringEquals: { [`${host}:aud`]: "aws" }, StringLike: { [`${host}:sub`]: subject } },
  });
const foreign = (Condition?: Statement): Given =>
  role({ Principal: { AWS: "arn:aws:iam::464622532012:root" }, ...(Condition && { Condition }) });
const secret = "arn:aws:secretsmanager:us-east-1:1:secret";
const deploy = { AWS: "arn:aws:iam::111122223333:role/deploy" };

/** Cases of the rule about trust and reach. */
export const iamTrustSpecs: readonly Spec[] = [
  {
    rule: iamTrustAndReach,
    good: {
      "the stack's own account, another of one's own, and named people of a third": {
        ...under(
          { accounts: ["222222222222"] },
          role({ Principal: { AWS: "arn:aws:iam::111122223333:root" } }),
          role({ Principal: { AWS: "222222222222" } }),
          foreign({ StringEquals: { "sts:ExternalId": "c7" } }),
          foreign({ ArnLike: { "aws:PrincipalArn": "arn:aws:iam::464622532012:role/deploy-*" } }),
          foreign({ Bool: { "aws:MultiFactorAuthPresent": "true" } }),
        ),
        context: { account: "111122223333" },
      },
      "one organisation of HCP Terraform, and one group of GitLab": given(
        byProvider("app.terraform.io", "organization:acme:project:*:workspace:*:run_phase:*"),
        byProvider("gitlab.com", "project_path:acme/*:ref_type:branch:ref:main"),
      ),
      "one role, and a service": given(
        role({ Principal: deploy }),
        role({ Principal: { Service: "ec2.amazonaws.com" } }),
      ),
      "a subject with its owner": given(byGithub(sub("repo:acme/shop:environment:production", "StringEquals"))),
      "any branch of one repository": given(byGithub(sub(["repo:acme/shop:*"]))),
      "everybody in the name of one account, as SNS writes it": given(
        on("aws:sns/topicPolicy:TopicPolicy", {
          Principal: { AWS: "*" },
          Action: "sns:Publish",
          Resource: "arn:aws:sns:us-east-1:111122223333:alarms",
          Condition: { StringEquals: { "AWS:SourceOwner": "111122223333" } },
        }),
      ),
      "everybody of the organisation": given(
        role({ Principal: "*", Condition: { StringEquals: { "aws:PrincipalOrgID": "o-1" } } }),
      ),
      "roles of an account, and everybody who has one role": given(
        role({ Principal: { AWS: "arn:aws:iam::111122223333:role/deploy-*" } }),
        role({ Principal: "*", Condition: { ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/0a" } } }),
      ),
      "a topic for a service's alarms": given(
        on("aws:sns/topicPolicy:TopicPolicy", {
          Principal: { AWS: "*" },
          Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:us-east-1:111122223333:alarm:*" } },
        }),
      ),
      "a key whose account decides": given(
        on("aws:kms/key:Key", { Principal: { AWS: "arn:aws:iam::111122223333:root" }, Action: "kms:*" }),
      ),
      "a key through a service of the account": given(
        on("aws:kms/keyPolicy:KeyPolicy", {
          Principal: "*",
          Condition: { StringEquals: { "kms:CallerAccount": "111122223333" } },
        }),
      ),
      "a denial for everybody": given(on("aws:s3/bucketPolicy:BucketPolicy", { Effect: "Deny", Principal: "*" })),
      "single sign-on": given(
        role({
          Principal: { Federated: "arn:aws:iam::111122223333:saml-provider/acme" },
          Action: "sts:AssumeRoleWithSAML",
        }),
      ),
      "every repository of one owner": given(
        byGithub({
          ...sub("repo:*"),
          StringEquals: { "token.actions.githubusercontent.com:repository_owner": "acme" },
        }),
      ),
      "what the rule about wildcards refuses": given(policy("secretsmanager:*"), policy("**"), policy("kms:?*")),
      "secrets of one name": given(policy("secretsmanager:GetSecretValue", [`${secret}:shop-*`, `${secret}:role/*`])),
      "roles of one name": given(
        policy(
          "iam:PassRole",
          ["shop-*", "*-shop"].map((name) => `arn:aws:iam::1:role/${name}`),
        ),
      ),
      "secrets by tag": given(
        policy("secretsmanager:GetSecretValue", "*", {
          Condition: { StringEquals: { "aws:ResourceTag/team": "shop" } },
        }),
      ),
      "decrypting through a service": given(
        policy("kms:Decrypt", "arn:aws:kms:*:*:key/*", {
          Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } },
        }),
        policy("kms:Decrypt", "*", { Condition: { StringEquals: { "kms:EncryptionContext:app": "shop" } } }),
      ),
      ...doorCases.good,
      ...nativeCases.good,
      ...administratorCases.good,
    },
    bad: {
      "everybody takes a role": given(role({ Principal: "*" })),
      "everybody in a list": given(role({ Principal: { AWS: ["arn:aws:iam::1:root", "**"] } })),
      "everybody in a document that is no text": given({
        ...role({}),
        props: {
          assumeRolePolicy: { Statement: [{ Effect: "Allow", Principal: { AWS: "*" }, Action: "sts:AssumeRole" }] },
        },
      }),
      "everybody but one": given(on("aws:ecr/repositoryPolicy:RepositoryPolicy", { NotPrincipal: deploy })),
      "a condition that names everybody": given(
        role({ Principal: "*", Condition: { StringLike: { "aws:PrincipalArn": "*" } } }),
      ),
      "a condition that names everybody beside one": given(
        role({ Principal: "*", Condition: { StringLike: { "aws:PrincipalArn": ["arn:aws:iam::1:role/a", "**"] } } }),
      ),
      "a condition that need not hold": given(
        role({ Principal: "*", Condition: { StringEqualsIfExists: { "aws:PrincipalOrgID": "o-1" } } }),
      ),
      "a condition on something else": given(
        role({ Principal: "*", Condition: { Bool: { "aws:SecureTransport": "true" } } }),
      ),
      "all of another account": given(foreign(), {
        ...role({ Principal: { AWS: ["464622532012"] } }),
        name: "listed",
      }),
      "all of another account, by conditions that leave it open": {
        ...given(
          foreign({ StringLike: { "sts:ExternalId": "*" } }),
          foreign({ StringEqualsIfExists: { "sts:ExternalId": "c7" } }),
          foreign({ StringEquals: { "aws:PrincipalAccount": "464622532012" } }),
        ),
        context: { account: "111122223333" },
      },
      "any organisation of HCP Terraform, and those that begin alike": given(
        byProvider("app.terraform.io", "organization:*:project:*:workspace:*:run_phase:*"),
        byProvider("app.terraform.io", "organization:acm*:project:shop:workspace:prod:run_phase:apply"),
        byProvider("gitlab.com", "project_path:*/shop:ref_type:branch:ref:main"),
      ),
      "any organisation of HCP Terraform, by its audience alone": given(
        role({
          Principal: { Federated: "arn:aws:iam::111122223333:oidc-provider/app.terraform.io" },
          Action: "sts:AssumeRoleWithWebIdentity",
          Condition: { StringEquals: { "app.terraform.io:aud": "aws.workload.identity" } },
        }),
      ),
      "a bucket of everybody": given(on("aws:s3/bucketPolicy:BucketPolicy", { Principal: "*" })),
      "a key of everybody": given(on("aws:kms/key:Key", { Principal: { AWS: "*" } })),
      "a queue of everybody": given(on("aws:sqs/queue:Queue", { Principal: "*" })),
      "a secret of everybody": given(on("aws:secretsmanager/secretPolicy:SecretPolicy", { Principal: "*" })),
      "no subject": given(
        byGithub({ StringEquals: { "token.actions.githubusercontent.com:aud": "sts.amazonaws.com" } }),
      ),
      "a subject of anybody's": given(byGithub(sub("repo:*"))),
      "a subject without values": given(byGithub(sub([]))),
      "a subject that begins like many": given(byGithub(sub("acm*")), byGithub(sub("project_path*"))),
      "a subject that is a star": given(byGithub(sub(["*"]))),
      "one subject of two is open": given(byGithub(sub(["repo:acme/shop:*", "repo:*/deploy:*"]))),
      "a subject that need not be there": given(byGithub(sub("repo:acme/shop:*", "StringLikeIfExists"))),
      "every service account": given(
        role({
          Principal: { Federated: "arn:aws:iam::1:oidc-provider/oidc.eks.us-east-1.amazonaws.com/id/A" },
          Condition: { StringLike: { "oidc.eks.us-east-1.amazonaws.com/id/A:sub": "system:serviceaccount:*" } },
        }),
      ),
      "every secret": given(policy("secretsmanager:GetSecretValue")),
      "every secret by a wildcard": given(policy(["secretsmanager:Get*", "s3:ListBucket"])),
      "every secret by a wildcard in its service, and in front": given(
        policy("*:GetSecretValue"),
        policy("secretsmanager:*Value"),
      ),
      "every secret, by conditions on something else": given(
        policy("secretsmanager:GetSecretValue", "*", {
          Condition: { StringEquals: { "kms:ViaService": "ssm.us-east-1.amazonaws.com" } },
        }),
        policy("secretsmanager:GetSecretValue", "*", {
          Condition: { StringEqualsIfExists: { "aws:ResourceTag/team": "shop" } },
        }),
      ),
      "every role beside one": given(
        policy("sts:AssumeRole", ["arn:aws:iam::111122223333:role/a", "arn:aws:iam::111122223333:role/**"]),
      ),
      "every parameter": given(policy("ssm:getparameter*")),
      "every object": given(policy("s3:Get*", "arn:aws:s3:::*/*")),
      "every key of every account": given(policy("kms:Decrypt", "arn:aws:kms:*:*:key/*")),
      "every role of the account": given(policy("iam:PassRole", "arn:aws:iam::111122223333:role/*")),
      "all but one secret": given({
        type: "aws:iam/rolePolicy:RolePolicy",
        name: "p",
        props: { policy: document({ Action: "secretsmanager:GetSecretValue", NotResource: "arn:x" }) },
      }),
      "inline in a role": given({
        type: "aws:iam/role:Role",
        name: "r",
        props: { inlinePolicies: [{ name: "i", policy: document({ Action: "sts:AssumeRole", Resource: "*" }) }] },
      }),
      "secrets and roles at once": given(policy(["sts:AssumeRole", "iam:PassRole", "secretsmanager:GetSecretValue"])),
      ...doorCases.bad,
      ...nativeCases.bad,
      ...administratorCases.bad,
    },
  },
];
