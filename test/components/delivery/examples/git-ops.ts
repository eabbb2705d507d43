/** Example of GitOps: one application, and no deployments while the weekly backup runs. */
import type * as kubernetes from "@pulumi/kubernetes";
import type { PlatformSecrets } from "../../../../components/cluster/platform-secrets";
import type { ArgoCd } from "../../../../components/delivery/argo-cd";
import { GitOps } from "../../../../components/delivery/git-ops";

export function gitOps(inside: kubernetes.Provider, argoCd: ArgoCd, secrets: PlatformSecrets): GitOps {
  return new GitOps(
    "blue-git-ops",
    {
      argoCd: argoCd.release,
      secrets: [secrets.oidcSecret, secrets.notificationsSecret],
      argoCdNamespace: argoCd.namespaceName,
      environment: "prod",
      repositoryUrl: "https://github.com/example/fridayproof.git",
      revision: "main",
      repositoryCredential: secrets.repositoryCredential,
      applications: ["shop"],
      freezes: {
        timeZone: "Europe/Berlin",
        freezes: [{ on: "every-week", weekday: "sunday", at: "22:00", hours: 4, reason: "The weekly backup runs." }],
      },
    },
    { providers: [inside] },
  );
}
