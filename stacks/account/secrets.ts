/** Secrets of the environments: the foundation owns their names and copies, people write their values. */
import type { AppSpec } from "@fridayproof/components/plan";
import { dataLimits } from "@fridayproof/components/core/limits";
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { ownSpec } from "../environments/application-specs";
import { failoverPairs } from "../environments/pairs";
import type { EnvironmentInput } from "../environments/schema";
import { secretNames } from "../environments/secret-names";
import { ENVIRONMENT_TAG, secretsPrefix } from "../inputs/conventions";

/** A secret of an environment. */
export interface OwnedSecret {
  /** Environment that the name belongs to; of a pair the primary. */
  readonly environment: string;
  /** Without the environment's prefix, such as `on-call`, or `shop/database` of an application. */
  readonly name: string;
  readonly region: string;
  /** Region of the replica, which reads the copy by the same name; none without one. */
  readonly copyRegion?: string;
}

/** The committed spec. @throws RunError where there is none, or it cannot be read: a sentence for whoever wrote it. */
function committed(application: string): AppSpec {
  try {
    return ownSpec(application);
  } catch (error) {
    throw error instanceof Error ? new pulumi.RunError(error.message) : error;
  }
}

/** Every secret that an environment reads, once: whatever follows another environment reads that one's. */
export function ownedSecrets(
  all: readonly EnvironmentInput[],
  spec: (application: string) => AppSpec = committed,
): readonly OwnedSecret[] {
  const replicas = new Map(failoverPairs(all).map(({ primary, replica }) => [primary.name, replica.region]));
  const own = all.filter(({ follows }) => follows === undefined);
  return own.flatMap((environment) =>
    secretNames(environment, spec).map((name) => ({
      environment: environment.name,
      name,
      region: environment.region,
      copyRegion: replicas.get(environment.name),
    })),
  );
}

/**
 * Declares them. No key is named, so each region's own `aws/secretsmanager` encrypts what lies there: it is in every region,
 * nobody can delete it, and who reads a secret needs no permission on it. Values are no part of any state.
 */
export function declareSecrets(
  {
    secrets,
    protect,
    tags,
  }: { secrets: readonly OwnedSecret[]; protect: boolean; tags: Readonly<Record<string, string>> },
  providers: ReadonlyMap<string, aws.Provider>,
): void {
  for (const { environment, name, region, copyRegion } of secrets) {
    const logicalName = `secret-${environment}-${name}`;
    new aws.secretsmanager.Secret(
      logicalName,
      {
        name: `${secretsPrefix(environment)}${name}`,
        description: `${name} of ${environment}${copyRegion === undefined ? "" : " and of what stands in for it"}; its value is written by people`,
        ...(copyRegion === undefined ? {} : { replicas: [{ region: copyRegion }] }),
        recoveryWindowInDays: dataLimits.secretRecovery.value,
        // The deploy role's permission on it goes by the environment.
        tags: { ...tags, [ENVIRONMENT_TAG]: environment, Name: logicalName },
      },
      { provider: providers.get(region), protect },
    );
  }
}
