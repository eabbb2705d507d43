/** Who may take a role: documents as a whole, because one loose condition opens an account. */
import { describe, expect, test } from "vitest";
import {
  githubTrust,
  namedTrust,
  peopleTrust,
  principalProblems,
  secondFactorTrust,
  selfTrust,
  serviceTrust,
  takesItself,
} from "../../../components/foundation/trust";

const root = { AWS: "arn:aws:iam::111122223333:root" };
const deployRole = "arn:aws:iam::111122223333:role/fridayproof-deploy";

describe("trust", () => {
  const github = {
    providerArn: "arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com",
    issuer: "token.actions.githubusercontent.com",
    repository: "my-org/my-platform",
    subject: "repo:my-org@1/my-platform@2",
    contexts: ["environment:production"],
    workflows: ["deploy.yml"],
    branch: "main",
  };

  test("goes to one workflow of one branch in one environment, each compared as a whole", () => {
    expect(githubTrust(github)).toEqual({
      Sid: "WorkflowsOfTheRepository",
      Effect: "Allow",
      Principal: { Federated: github.providerArn },
      Action: "sts:AssumeRoleWithWebIdentity",
      Condition: {
        StringEquals: {
          "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
          "token.actions.githubusercontent.com:sub": "repo:my-org@1/my-platform@2:environment:production",
          "token.actions.githubusercontent.com:job_workflow_ref":
            "my-org/my-platform/.github/workflows/deploy.yml@refs/heads/main",
        },
      },
    });
  });

  test("lists several workflows, and names none where only the environment counts", () => {
    const several = githubTrust({ ...github, workflows: ["mirror.yml", "release.yml"] });
    const key = "token.actions.githubusercontent.com:job_workflow_ref";
    expect(several.Condition?.StringEquals?.[key]).toEqual([
      "my-org/my-platform/.github/workflows/mirror.yml@refs/heads/main",
      "my-org/my-platform/.github/workflows/release.yml@refs/heads/main",
    ]);
    expect(githubTrust({ ...github, workflows: undefined }).Condition?.StringEquals).not.toHaveProperty(key);
  });

  test("of a role in itself comes with the role's own permission: one without the other is AccessDenied", () => {
    expect(selfTrust("111122223333", deployRole)).toEqual({
      Sid: "ItselfThroughTheProvider",
      Effect: "Allow",
      Principal: root,
      Action: "sts:AssumeRole",
      Condition: { ArnEquals: { "aws:PrincipalArn": deployRole } },
    });
    expect(takesItself(deployRole)).toEqual({
      Sid: "ItselfThroughTheProvider",
      Effect: "Allow",
      Action: ["sts:AssumeRole"],
      Resource: deployRole,
    });
  });

  test("goes to people of the account, to users with a second factor, to services for this account only", () => {
    expect(secondFactorTrust("111122223333")).toMatchObject({
      Principal: root,
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    });
    expect(peopleTrust("111122223333")).toMatchObject({ Principal: root });
    expect(peopleTrust("111122223333")).not.toHaveProperty("Condition");
    expect(serviceTrust("111122223333", "codebuild.amazonaws.com")).toMatchObject({
      Principal: { Service: "codebuild.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
  });

  test("names users, roles and permission sets by their ARNs, whose roles Identity Center makes under new names", () => {
    const named = (principals: string[]) => namedTrust("111122223333", "Bootstrap", principals);
    expect(named(["user/alice"])).toEqual({
      Sid: "Bootstrap",
      Effect: "Allow",
      Principal: root,
      Action: "sts:AssumeRole",
      Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::111122223333:user/alice" } },
    });
    expect(named(["role/admin", "permission-set/Administrators"]).Condition).toEqual({
      ArnLike: {
        "aws:PrincipalArn": [
          "arn:aws:iam::111122223333:role/admin",
          "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*AWSReservedSSO_Administrators_*",
        ],
      },
    });
  });

  test("takes no principal that others might turn out to be", () => {
    expect(principalProblems("deploy", ["user/alice", "role/path/admin", "permission-set/Admin"])).toEqual([]);
    const wrong = ["*", "role/*", "user/a?", "root", "arn:aws:iam::1:user/a", "role/"];
    expect(principalProblems("deploy", wrong).map(({ path, got }) => [path, got])).toEqual(
      wrong.map((got, index) => [`deploy[${index}]`, got]),
    );
    expect(principalProblems("deploy", ["*"])[0]).toEqual({
      path: "deploy[0]",
      got: "*",
      allowed: "user/<name>, role/<name> or permission-set/<name of a permission set of Identity Center>",
      fix: "Name one of them, without a wildcard: everyone it matches can assume the role.",
    });
  });
});
