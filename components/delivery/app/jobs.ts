/** Work beside the serving pods: the migration before a release, and what runs by the clock. */
import { createHash } from "node:crypto";
import { applicationLimits } from "../../core/limits/application";
import { closedContainer, closedPod } from "../closed-pod";
import { databaseLabels } from "./database";
import { type Manifest, manifest } from "./manifest";
import { environment, resources } from "./pods";
import type { AppSpec, ScheduledJob } from "./spec";
import { scratchMounts, scratchVolumes } from "./state";

/** Variable of the migration's container that holds the key of its lock. */
export const lockVariable = "MIGRATION_LOCK_KEY";

/** Labels of a Job's pods: never those of the serving pods, or Services would send requests to them. */
export const jobLabels = (of: "release" | "work"): Readonly<Record<string, string>> => ({ "fridayproof.dev/job": of });

/**
 * Key of the advisory lock that a migration takes in its database, a whole number of eight bytes as PostgreSQL's
 * `pg_try_advisory_lock` takes it: by the application's name, so that both clusters and every retry take the same one.
 */
function migrationLock({ name }: AppSpec): string {
  return createHash("sha256").update(`fridayproof/migration/${name}`).digest().readBigInt64BE().toString();
}

/** Name of the migration's Job. */
export const migrationName = ({ name }: Pick<AppSpec, "name">): string => `${name}-migration`;

type Variables = ReturnType<typeof environment>;

function pod(spec: AppSpec, name: string, command: readonly string[], more: Variables = []) {
  const env = [...environment(spec), ...more];
  return {
    metadata: { labels: { ...jobLabels("work"), ...databaseLabels(spec) } },
    spec: {
      restartPolicy: "Never",
      serviceAccountName: spec.name,
      automountServiceAccountToken: false,
      securityContext: closedPod,
      containers: [
        {
          name,
          image: spec.image,
          command,
          ...(env.length > 0 && { env }),
          resources: resources(spec),
          securityContext: closedContainer,
          ...scratchMounts(spec),
        },
      ],
      ...scratchVolumes(spec),
    },
  };
}

/**
 * The migration, once for each synchronization and before the workload: a wave later, Argo CD waits for it. Not a
 * PreSync hook: that would run before the account, the network policy and the secret that the Job needs are there.
 */
export function migration(spec: AppSpec): readonly Manifest[] {
  // The version before has no newer migrations, and one that fails would hold the undo up.
  if (spec.migration === undefined || spec.undo !== undefined) return [];
  const body = {
    spec: {
      backoffLimit: 0,
      activeDeadlineSeconds: applicationLimits.migrationDeadline.value,
      template: pod(spec, "migration", spec.migration, [{ name: lockVariable, value: migrationLock(spec) }]),
    },
  };
  const hook = {
    "argocd.argoproj.io/hook": "Sync",
    "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
    "argocd.argoproj.io/sync-wave": "-1",
  };
  return [manifest(spec, "batch/v1", "Job", migrationName(spec), body, hook)];
}

function cronJob(spec: AppSpec, { name, schedule, command }: ScheduledJob): Manifest {
  return manifest(spec, "batch/v1", "CronJob", `${spec.name}-${name}`, {
    spec: {
      schedule,
      timeZone: "Etc/UTC",
      // Two at a time would do the work twice.
      concurrencyPolicy: "Forbid",
      startingDeadlineSeconds: applicationLimits.jobStartDeadline.value,
      jobTemplate: {
        spec: {
          backoffLimit: applicationLimits.jobRetries.value,
          activeDeadlineSeconds: applicationLimits.jobDeadline.value,
          template: pod(spec, name, command),
        },
      },
    },
  });
}

/** What runs by the clock. */
export const cronJobs = (spec: AppSpec): readonly Manifest[] => (spec.jobs ?? []).map((job) => cronJob(spec, job));
