/** The Secrets that the platform's own add-ons start with, before any of them does. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import * as random from "@pulumi/random";
import type { Profile } from "../charts/chart-values";
import { guardedNamespace } from "../charts/guarded-namespace";
import { clusterLimits } from "../core/limits/cluster";
import { externalSecret, type ExternalSecretArgs } from "./external-secret";

/** Arguments of {@link PlatformSecrets}. */
export interface PlatformSecretsArgs {
  /** `production`: all of it from Secrets Manager; `dev`: Grafana's password is drawn here. */
  readonly profile: Profile;
  /** Name of the ClusterSecretStore: `Addons.secretStoreName`. */
  readonly storeName: pulumi.Input<string>;
  /** Namespace of the monitoring add-ons, as PrometheusOperatorCrds made it. */
  readonly monitoringNamespace: pulumi.Input<string>;
  /** Name of Argo CD's namespace, which is made here: its Secrets come before its release. */
  readonly argoCdNamespace: string;
  /** Whether a service outside waits for signs of life, whose URL Alertmanager needs; not in `dev`. @default false */
  readonly deadMansSwitch?: boolean;
  /** Whether people log in through an issuer, whose client secret Argo CD needs. */
  readonly singleSignOn: boolean;
  /** Whether the Git repository is private. */
  readonly privateRepository: boolean;
}

/** The account that the values of Grafana's chart read. */
const GRAFANA_ADMIN = { name: "grafana-admin", user: "admin-user", password: "admin-password" } as const;

/** Key of the on-call tool's Secret: an integration key or a webhook's URL. */
export const ON_CALL_SECRET = { name: "on-call", key: "credential" } as const;

/** Key of the dead man's switch's Secret: the URL that is called. */
export const DEAD_MANS_SWITCH_SECRET = { name: "dead-mans-switch", key: "url" } as const;

/** Raw resources of {@link PlatformSecrets}. */
export interface PlatformSecretsNodes {
  /** Namespace of Argo CD. */
  readonly argoCdNamespace: kubernetes.core.v1.Namespace;
  /** What copies Secrets out of Secrets Manager. */
  readonly externalSecrets: readonly kubernetes.apiextensions.CustomResource[];
  /** The administrator of Grafana in `dev`; undefined where it is one of `externalSecrets`. */
  readonly drawnGrafanaAdmin: kubernetes.core.v1.Secret | undefined;
}

/**
 * Secrets of Grafana, Alertmanager and Argo CD. In `dev` Grafana's password is random and in the state, encrypted: that
 * environment has to come up on an account in which nobody has put anything yet, and shows nothing to anybody. It has
 * no pages and no notifications either, so nothing else is needed there.
 *
 * @example
 * ```typescript
 * new PlatformSecrets(
 *   "blue-secrets",
 *   {
 *     profile: "production",
 *     storeName: addons.secretStoreName,
 *     monitoringNamespace: monitoringCrds.namespaceName,
 *     argoCdNamespace: "argocd",
 *     singleSignOn: true,
 *     privateRepository: true,
 *   },
 *   { providers: [inside] },
 * );
 * ```
 */
export class PlatformSecrets extends pulumi.ComponentResource {
  /** Namespace of Argo CD. */
  public readonly argoCdNamespaceName: pulumi.Output<string>;
  /** What makes Secret `grafana-admin` in the monitoring namespace. */
  public readonly grafanaAdmin: pulumi.Resource;
  /** What makes Secret `on-call` in the monitoring namespace; absent in `dev`. */
  public readonly onCall?: pulumi.Resource;
  /** What makes Secret `dead-mans-switch` in the monitoring namespace; absent unless asked for. */
  public readonly deadMansSwitch?: pulumi.Resource;
  /** What makes Secret `argocd-oidc`; absent without single sign-on. */
  public readonly oidcSecret?: pulumi.Resource;
  /** What makes Secret `argocd-notifications-secret`; absent in `dev`. */
  public readonly notificationsSecret?: pulumi.Resource;
  /** What makes the Secret that Argo CD reads the repository with; absent for a public one. */
  public readonly repositoryCredential?: pulumi.Resource;

  readonly #nodes: PlatformSecretsNodes;

  constructor(name: string, args: PlatformSecretsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:cluster:PlatformSecrets", name, {}, opts);

    const argoCd = guardedNamespace(
      `${name}-argocd-namespace`,
      { namespace: args.argoCdNamespace, enforce: "restricted" },
      { parent: this },
    );
    this.argoCdNamespaceName = argoCd.metadata.name;
    const externalSecrets: kubernetes.apiextensions.CustomResource[] = [];
    const fromAws = (secret: Omit<ExternalSecretArgs, "storeName">) => {
      const all = { ...secret, storeName: args.storeName };
      const copied = externalSecret(`${name}-${secret.key}`, all, { parent: this });
      externalSecrets.push(copied);
      return copied;
    };
    const inArgoCd = argoCdSecrets(this.argoCdNamespaceName);
    const inMonitoring = monitoringSecrets(args.monitoringNamespace);
    const drawn = args.profile === "production" ? undefined : this.drawnGrafanaAdmin(name, args);
    this.grafanaAdmin = drawn ?? fromAws(inMonitoring.grafanaAdmin);
    if (args.profile === "production") {
      this.onCall = fromAws(inMonitoring.onCall);
      if (args.deadMansSwitch === true) this.deadMansSwitch = fromAws(inMonitoring.deadMansSwitch);
      this.notificationsSecret = fromAws(inArgoCd.notifications);
    }
    if (args.singleSignOn) this.oidcSecret = fromAws(inArgoCd.oidc);
    if (args.privateRepository) this.repositoryCredential = fromAws(inArgoCd.repository);
    this.#nodes = { argoCdNamespace: argoCd, externalSecrets, drawnGrafanaAdmin: drawn };
    this.registerOutputs({ argoCdNamespaceName: this.argoCdNamespaceName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): PlatformSecretsNodes {
    return this.#nodes;
  }

  private drawnGrafanaAdmin(name: string, args: PlatformSecretsArgs): kubernetes.core.v1.Secret {
    const password = new random.RandomPassword(
      `${name}-grafana-admin-password`,
      { length: clusterLimits.drawnPassword.value },
      { parent: this },
    );
    return new kubernetes.core.v1.Secret(
      `${name}-grafana-admin`,
      {
        metadata: { name: GRAFANA_ADMIN.name, namespace: args.monitoringNamespace },
        stringData: { [GRAFANA_ADMIN.user]: "admin", [GRAFANA_ADMIN.password]: password.result },
      },
      { parent: this },
    );
  }
}

function monitoringSecrets(namespace: pulumi.Input<string>) {
  return {
    grafanaAdmin: {
      namespace,
      secretName: GRAFANA_ADMIN.name,
      key: GRAFANA_ADMIN.name,
      properties: [GRAFANA_ADMIN.user, GRAFANA_ADMIN.password],
    },
    onCall: {
      namespace,
      secretName: ON_CALL_SECRET.name,
      key: ON_CALL_SECRET.name,
      properties: [ON_CALL_SECRET.key],
    },
    deadMansSwitch: {
      namespace,
      secretName: DEAD_MANS_SWITCH_SECRET.name,
      key: DEAD_MANS_SWITCH_SECRET.name,
      properties: [DEAD_MANS_SWITCH_SECRET.key],
    },
  };
}

function argoCdSecrets(namespace: pulumi.Input<string>) {
  return {
    oidc: {
      namespace,
      secretName: "argocd-oidc",
      key: "argocd-oidc",
      properties: ["clientSecret"],
      // Without it Argo CD does not look into the Secret.
      labels: { "app.kubernetes.io/part-of": "argocd" },
    },
    notifications: {
      namespace,
      secretName: "argocd-notifications-secret",
      key: "argocd-notifications",
      // What the notifier in Argo CD's values reads.
      properties: ["webhook-url"],
    },
    repository: {
      namespace,
      secretName: "argocd-repository",
      key: "argocd-repository",
      properties: ["type", "url", "username", "password"],
      labels: { "argocd.argoproj.io/secret-type": "repository" },
    },
  };
}
