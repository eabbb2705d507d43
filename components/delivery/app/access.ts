/** What the application is in the cluster, and the secrets that it reads. */
import { applicationLimits } from "../../core/limits/application";
import { applicationStore } from "../../core/namespaces";
import { duration } from "../../core/units";
import { databaseSecrets } from "./database";
import { type Manifest, manifest } from "./manifest";
import { secretName } from "./pods";
import type { AppSpec } from "./spec";

/** Before the migration and the workload, which need them. */
const first = { "argocd.argoproj.io/sync-wave": "-2" } as const;

/** The account of the pods; it has no rights and its token is not mounted. */
export const serviceAccount = (spec: AppSpec): Manifest =>
  manifest(spec, "v1", "ServiceAccount", spec.name, { automountServiceAccountToken: false }, first);

/** The Secret, from the store that can read this application's part of AWS Secrets Manager and nothing else. */
export function externalSecret(spec: AppSpec): readonly Manifest[] {
  const entries = Object.entries({ ...databaseSecrets(spec), ...spec.secrets });
  if (entries.length === 0) return [];
  return [
    manifest(
      spec,
      "external-secrets.io/v1",
      "ExternalSecret",
      secretName(spec),
      {
        spec: {
          refreshInterval: duration(applicationLimits.secretRefresh),
          secretStoreRef: { kind: "ClusterSecretStore", name: applicationStore(spec.name) },
          // Gone from AWS by mistake must not mean gone from under running pods.
          target: { name: secretName(spec), creationPolicy: "Owner", deletionPolicy: "Retain" },
          data: entries.map(([secretKey, { secret, property }]) => ({
            secretKey,
            remoteRef: { key: secret, property },
          })),
        },
      },
      first,
    ),
  ];
}
