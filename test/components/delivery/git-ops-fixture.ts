/** GitOps with what it needs around it, in memory: Argo CD, the mesh's kinds, and the credential of the repository. */
import * as kubernetes from "@pulumi/kubernetes";
import { chartRelease } from "../../../components/charts/chart-release";
import { ArgoCd } from "../../../components/delivery/argo-cd";
import { GitOps, type GitOpsArgs } from "../../../components/delivery/git-ops";
import { PrometheusOperatorCrds } from "../../../components/delivery/prometheus-operator-crds";
import { kubernetesPackage } from "../../../sandbox/cloud/kubernetes/package";
import lock from "../../../stacks/env.lock.json";
import { accountWith, joinNodes, KUBECONFIG } from "../../sandbox/cloud/kubernetes/fixture";
import { type Graph, graphOf } from "../../support/graph";

const { charts } = lock;
const freezes = {
  timeZone: "UTC",
  freezes: [{ on: "every-week", weekday: "sunday", at: "22:00", hours: 4, reason: "The weekly backup runs." }],
} as const;

function program(args: Partial<GitOpsArgs> = {}): void {
  const opts = { providers: [new kubernetes.Provider("inside", { kubeconfig: KUBECONFIG })] };
  const monitoringCrds = new PrometheusOperatorCrds(
    "crds",
    { chart: charts["prometheus-operator-crds"], profile: "dev" },
    opts,
  );
  const mesh = new kubernetes.core.v1.Namespace(
    "mesh",
    { metadata: { name: "istio-system" } },
    { provider: opts.providers[0] },
  );
  const kinds = chartRelease(
    "istio-base",
    { pin: charts["istio-base"], namespace: mesh.metadata.name, values: {} },
    { provider: opts.providers[0] },
  );
  const argoCd = new ArgoCd(
    "argo-cd",
    {
      chart: charts["argo-cd"],
      profile: "dev",
      host: "argocd.example.com",
      gatewayRef: kinds.name.apply(() => "istio-ingress/public"),
      monitoringCrds,
    },
    opts,
  );
  const [provider] = opts.providers;
  const secrets = new kubernetes.core.v1.ConfigMap("external-secrets", {}, { provider });
  const metadata = { namespace: argoCd.namespaceName };
  const repositoryCredential = new kubernetes.core.v1.Secret(
    "credential",
    { metadata },
    { provider, dependsOn: secrets },
  );
  new GitOps(
    "git-ops",
    {
      argoCd,
      argoCdNamespace: argoCd.namespaceName,
      environment: "prod",
      repositoryUrl: "https://github.com/example/shop.git",
      revision: "main",
      repositoryCredential,
      applications: ["shop", "basket"],
      freezes,
      ...args,
    },
    opts,
  );
}

/** Declares it. @param args over those of a project with two applications. */
export function declareGitOps(args: Partial<GitOpsArgs> = {}): Promise<Graph> {
  const account = accountWith();
  joinNodes(account);
  return graphOf(() => program(args), { account, packages: [kubernetesPackage(account)] });
}
