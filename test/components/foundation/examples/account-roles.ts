/** Example of AccountRoles: an account with one environment, deployed from one repository. */
import type * as aws from "@pulumi/aws";
import { AccountRoles } from "../../../../components/foundation/account-roles";
import { githubIdentity } from "../../../../components/foundation/github-identity";

export function accountRoles(provider: aws.Provider): AccountRoles {
  const issuer = "token.actions.githubusercontent.com";
  const identity = githubIdentity("github", { issuer }, { provider });
  const workflow = {
    providerArn: `arn:aws:iam::000000000000:oidc-provider/${issuer}`,
    issuer,
    repository: "example/fridayproof",
    subject: "repo:example/fridayproof",
    branch: "main",
  };
  return new AccountRoles(
    "roles",
    {
      scope: {
        account: "000000000000",
        regions: ["us-east-1"],
        parts: ["network", "front-door", "blue", "green"],
        trafficParts: ["network", "front-door", "blue", "green"],
        platform: "fridayproof",
        environments: ["prod"],
        environmentTag: "fridayproof.dev/environment",
        stateBuckets: ["fridayproof-state-000000000000-us-east-1"],
        stateKeyAlias: "alias/fridayproof-state",
        managedPolicies: ["arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy"],
      },
      zoneIds: ["Z0123456789ABCDEFGHIJ"],
      names: {
        deploy: "fridayproof-deploy",
        preview: "fridayproof-preview",
        ecrPush: "fridayproof-ecr-push",
        readOnly: "fridayproof-read-only",
        breakGlass: "fridayproof-break-glass",
      },
      trust: {
        deploy: { ...workflow, contexts: ["environment:production"], workflows: ["deploy.yml"] },
        preview: { ...workflow, contexts: ["environment:preview"] },
        ecrPush: { ...workflow, contexts: ["ref:refs/heads/main"], workflows: ["release.yml"] },
      },
      provider: identity,
      repositories: ["fridayproof/*"],
    },
    { providers: [provider] },
  );
}
