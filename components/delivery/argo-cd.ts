/** Argo CD: pulls what applications declare into the cluster. */
import type * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type ChartPin, chartRelease } from "../charts/chart-release";
import type { Profile } from "../charts/chart-values";
import { guardedNamespace } from "../charts/guarded-namespace";
import { ingressPolicy } from "../charts/ingress-policy";
import { type Problem, throwProblems } from "../core/checks";
import { argoCdRoute } from "./argo-cd-route";
import { argoCdValues } from "./argo-cd-values";

/** Arguments of {@link ArgoCd}. */
export interface ArgoCdArgs {
  /** Row `argo-cd` of the lock file. */
  readonly chart: ChartPin;
  /** `production`: high availability and single sign-on; `dev`: one of each and the local admin. */
  readonly profile: Profile;
  /** Host name of Argo CD's own pages, such as `argocd.example.com`. */
  readonly host: string;
  /** The gateway that the host is routed by: `Gateway.gatewayRef`, known once the kinds of routes exist. */
  readonly gatewayRef: pulumi.Input<string>;
  /** What brings the ServiceMonitor kind; the release waits for it, as the chart would drop its monitors in silence. */
  readonly monitoringCrds: pulumi.Resource;
  /** Nodes and name resolution that its pods need; edges only. @default none: whatever the provider waits for */
  readonly runsOn?: readonly pulumi.Resource[];
  /**
   * OIDC issuer, an https URL. Required in profile `production`, which has no local admin.
   * @default none: the local admin logs in
   */
  readonly ssoIssuer?: string;
  /** Argo CD's client id at the issuer. Required in profile `production`. @default none */
  readonly ssoClientId?: string;
  /** Namespace of Argo CD, of whoever also puts the Secrets there. @default one that is made here */
  readonly namespace?: pulumi.Input<string>;
  /**
   * What makes Secret `argocd-oidc` with key `clientSecret`. Required where people log in through the issuer. Argo CD
   * reads it when it comes; its host has no route before.
   * @default none
   */
  readonly oidcSecret?: pulumi.Resource;
  /**
   * What makes Secret `argocd-notifications-secret`. Required in profile `production`, which has notifications. They
   * begin when it comes: give it to whatever makes applications, too.
   * @default none
   */
  readonly notificationsSecret?: pulumi.Resource;
}

function problemsOf(args: ArgoCdArgs): readonly Problem[] {
  const problems: Problem[] = [];
  for (const path of ["ssoIssuer", "ssoClientId"] as const) {
    if (args[path] === undefined && args.profile === "production") {
      problems.push({
        path,
        got: undefined,
        allowed: "a value in profile production: its local admin is off, so no one could log in",
        fix: "Register Argo CD with your identity provider and set the client that it issues.",
      });
    }
  }
  if (args.oidcSecret === undefined && args.ssoIssuer !== undefined) {
    problems.push({
      path: "oidcSecret",
      got: undefined,
      allowed: "the resource that makes Secret argocd-oidc",
      fix: "Declare the ExternalSecret of the issuer's client secret and give it here.",
    });
  }
  if (args.notificationsSecret === undefined && args.profile === "production") {
    problems.push({
      path: "notificationsSecret",
      got: undefined,
      allowed: "the resource that makes Secret argocd-notifications-secret",
      fix: "Declare the ExternalSecret of the notification token and give it here.",
    });
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

/** Raw resources of {@link ArgoCd}. */
export interface ArgoCdNodes {
  /** The release. */
  readonly release: kubernetes.helm.v3.Release;
  /** The VirtualService of its host. */
  readonly route: kubernetes.apiextensions.CustomResource;
}

/**
 * Argo CD in its own namespace; it owns applications, never add-ons.
 *
 * @example
 * ```typescript
 * new ArgoCd(
 *   "blue-argo-cd",
 *   {
 *     chart: lock.charts["argo-cd"],
 *     profile: "production",
 *     host: "argocd.example.com",
 *     gatewayRef: gateway.gatewayRef,
 *     monitoringCrds,
 *     ssoIssuer: "https://login.example.com",
 *     ssoClientId: "argocd-prod",
 *     namespace: secrets.argoCdNamespaceName,
 *     oidcSecret: secrets.oidcSecret,
 *     notificationsSecret: secrets.notificationsSecret,
 *   },
 *   { providers: [inside] },
 * );
 * ```
 */
export class ArgoCd extends pulumi.ComponentResource {
  /** Namespace of Argo CD, where Applications live. */
  public readonly namespaceName: pulumi.Output<string>;
  /** The release: brings the kinds, and must outlive every Application. */
  public readonly release: pulumi.Resource;
  /** Helm's name of the release, known once Argo CD is ready. */
  public readonly releaseName: pulumi.Output<string>;

  readonly #nodes: ArgoCdNodes;

  /** @throws Error listing every argument that would leave Argo CD without a way to log in. */
  constructor(name: string, args: ArgoCdArgs, opts?: pulumi.ComponentResourceOptions) {
    throwProblems(`ArgoCd "${name}"`, problemsOf(args));
    super("fridayproof:delivery:ArgoCd", name, {}, opts);

    this.namespaceName = pulumi.output(args.namespace ?? this.ownNamespace(name, args));
    // In dev the chart itself guards its one Redis.
    if (args.profile === "production") {
      const pods = { label: "app", values: ["redis-ha", "redis-ha-haproxy"] };
      const from = [this.namespaceName];
      ingressPolicy(`${name}-redis-ingress`, { namespace: this.namespaceName, pods, from }, { parent: this });
    }
    const release = chartRelease(
      `${name}-release`,
      { pin: args.chart, namespace: this.namespaceName, values: argoCdValues(args) },
      // Not behind its Secrets, which it reads when they come (decision 78).
      { parent: this, dependsOn: [args.monitoringCrds, ...(args.runsOn ?? [])] },
    );

    const { gatewayRef, host } = args;
    const route = argoCdRoute(
      `${name}-route`,
      { namespace: args.chart.namespace, host, gatewayRef },
      // No route to a page where no one can log in.
      { parent: this, dependsOn: args.oidcSecret === undefined ? [release] : [release, args.oidcSecret] },
    );

    this.release = release;
    this.releaseName = release.name;
    this.#nodes = { release, route };
    this.registerOutputs({ namespaceName: this.namespaceName, releaseName: this.releaseName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): ArgoCdNodes {
    return this.#nodes;
  }

  private ownNamespace(name: string, args: ArgoCdArgs): pulumi.Output<string> {
    const labelled = { namespace: args.chart.namespace, enforce: "restricted" } as const;
    return guardedNamespace(`${name}-namespace`, labelled, { parent: this }).metadata.name;
  }
}
