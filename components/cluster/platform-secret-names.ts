/** Names of the secrets that the platform of an environment reads, without their prefix. */
import type { PlatformSecretsArgs } from "./platform-secrets";

/** What decides which there are. */
export type PlatformSecretsChoice = Pick<
  PlatformSecretsArgs,
  "deadMansSwitch" | "privateRepository" | "profile" | "singleSignOn"
>;

/** Every key in Secrets Manager that `PlatformSecrets` copies into the cluster. */
export function platformSecretNames(choice: PlatformSecretsChoice): readonly string[] {
  const isProduction = choice.profile === "production";
  const rows: readonly [name: string, isRead: boolean | undefined][] = [
    ["argocd-notifications", isProduction],
    ["argocd-oidc", choice.singleSignOn],
    ["argocd-repository", choice.privateRepository],
    ["dead-mans-switch", isProduction && choice.deadMansSwitch],
    ["grafana-admin", isProduction],
    ["on-call", isProduction],
  ];
  return rows.flatMap(([name, isRead]) => (isRead === true ? name : []));
}
