/** Secrets of the platform in a pair of regions: the foundation owns their names and copies, people write their values. */
import { platformSecretNames } from "@fridayproof/components/cluster";
import { dataLimits } from "@fridayproof/components/core/limits";
import * as aws from "@pulumi/aws";
import { failoverPairs } from "../environments/pairs";
import { platformSecretsChoice } from "../environments/platform-secrets";
import type { EnvironmentInput } from "../environments/schema";
import { ENVIRONMENT_TAG, secretsPrefix } from "../inputs/conventions";

/** A secret that has a copy. */
export interface CopiedSecret {
  /** Environment that the name belongs to: the primary. */
  readonly environment: string;
  readonly name: string;
  readonly region: string;
  /** Region of the replica, which reads the copy by the same name. */
  readonly copyRegion: string;
}

/** Secrets that two legs read. Those of an environment without a replica are made by whoever writes their values. */
export function copiedSecrets(all: readonly EnvironmentInput[]): readonly CopiedSecret[] {
  return failoverPairs(all).flatMap(({ primary, replica }) => {
    const { name: environment, region } = primary;
    const names = platformSecretNames(platformSecretsChoice(primary));
    return names.map((name) => ({ environment, name, region, copyRegion: replica.region }));
  });
}

/**
 * Declares them. No key is named, so each region's own `aws/secretsmanager` encrypts what lies there: it is in every region,
 * nobody can delete it, and who reads a secret needs no permission on it. Values are no part of any state.
 */
export function declareSecrets(
  {
    all,
    protect,
    tags,
  }: { all: readonly EnvironmentInput[]; protect: boolean; tags: Readonly<Record<string, string>> },
  providers: ReadonlyMap<string, aws.Provider>,
): void {
  for (const { environment, name, region, copyRegion } of copiedSecrets(all)) {
    const logicalName = `secret-${environment}-${name}`;
    new aws.secretsmanager.Secret(
      logicalName,
      {
        name: `${secretsPrefix(environment)}${name}`,
        description: `${name} of ${environment} and of what stands in for it; its value is written by people`,
        replicas: [{ region: copyRegion }],
        recoveryWindowInDays: dataLimits.secretRecovery.value,
        // The deploy role's permission on it goes by the environment.
        tags: { ...tags, [ENVIRONMENT_TAG]: environment, Name: logicalName },
      },
      { provider: providers.get(region), protect },
    );
  }
}
