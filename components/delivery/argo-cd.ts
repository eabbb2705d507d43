/** Argo CD: pulls what applications declare into the cluster. */
import * as pulumi from "@pulumi/pulumi";
import { type ChartPin, chartRelease } from "../charts/chart-release";
import type { Profile } from "../charts/chart-values";
import { guardedNamespace } from "../charts/guarded-namespace";
import { type Problem, throwProblems } from "../core/checks";
import { argoCdValues } from "./argo-cd-values";

/** Arguments of {@link ArgoCd}. */
export interface ArgoCdArgs {
  /** Row `argo-cd` of the lock file. */
  readonly chart: ChartPin;
  /** `production`: high availability and single sign-on; `dev`: one of each and the local admin. */
  readonly profile: Profile;
  /** Host name of Argo CD's own pages, such as `argocd.example.com`. */
  readonly host: string;
  /** What brings the ServiceMonitor kind; the release waits for it, as the chart would drop its monitors in silence. */
  readonly monitoringCrds: pulumi.Resource;
  /** OIDC issuer, an https URL. Required in profile `production`, which has no local admin. */
  readonly ssoIssuer?: string;
  /** Client id that the issuer knows Argo CD by. Required in profile `production`. */
  readonly ssoClientId?: string;
}

function problemsOf(args: ArgoCdArgs): readonly Problem[] {
  const problems: Problem[] = [];
  for (const path of ["ssoIssuer", "ssoClientId"] as const) {
    if (args[path] === undefined && args.profile === "production") {
      problems.push({
        path,
        got: undefined,
        allowed: "a value in profile production: its local admin is off, so nobody could log in",
        fix: "Register Argo CD with your identity provider and give what it answers.",
      });
    }
  }
  if (args.ssoIssuer !== undefined && !args.ssoIssuer.startsWith("https://")) {
    problems.push({
      path: "ssoIssuer",
      got: args.ssoIssuer,
      allowed: "an https URL",
      fix: "Give the issuer's https URL.",
    });
  }
  return problems;
}

/** Argo CD in its own namespace; it owns applications, never add-ons. */
export class ArgoCd extends pulumi.ComponentResource {
  /** Namespace of Argo CD, where Applications live. */
  public readonly namespaceName: pulumi.Output<string>;
  /** Helm's name of the release, known once Argo CD is ready. */
  public readonly releaseName: pulumi.Output<string>;

  /** @throws Error listing every argument that would leave Argo CD without a way to log in. */
  constructor(name: string, args: ArgoCdArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`ArgoCd "${name}"`, problemsOf(args));
    super("fridayproof:delivery:ArgoCd", name, {}, opts);

    const namespace = guardedNamespace(
      `${name}-namespace`,
      { namespace: args.chart.namespace, enforce: "baseline" },
      { parent: this },
    );
    const release = chartRelease(
      `${name}-release`,
      { pin: args.chart, namespace: namespace.metadata.name, values: argoCdValues(args) },
      { parent: this, dependsOn: [args.monitoringCrds] },
    );

    this.namespaceName = namespace.metadata.name;
    this.releaseName = release.name;
    this.registerOutputs({ namespaceName: this.namespaceName, releaseName: this.releaseName });
  }
}
