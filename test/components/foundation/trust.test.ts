/** Who may take a role: documents as a whole, because one loose condition opens an account. */
import { describe, expect, test } from "vitest";
import { githubTrust, peopleTrust, selfTrust, serviceTrust } from "../../../components/foundation/trust";

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

  test("of the deploy role in itself, of people with a second factor, of services for this account only", () => {
    const root = { AWS: "arn:aws:iam::111122223333:root" };
    expect(selfTrust("111122223333", deployRole)).toMatchObject({
      Principal: root,
      Condition: { ArnEquals: { "aws:PrincipalArn": deployRole } },
    });
    expect(peopleTrust("111122223333", true)).toMatchObject({
      Principal: root,
      Condition: { Bool: { "aws:MultiFactorAuthPresent": "true" } },
    });
    expect(peopleTrust("111122223333", false)).not.toHaveProperty("Condition");
    expect(serviceTrust("111122223333", "codebuild.amazonaws.com")).toMatchObject({
      Principal: { Service: "codebuild.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    });
  });
});
