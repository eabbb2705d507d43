/** Jobs of an application, field by field: the migration before a release, and what runs by the clock. */
import { expect, test } from "vitest";
import type { AppSpec } from "../../../../components/delivery/app/spec";
import { cronJobs, migration } from "../../../../components/delivery/app/jobs";
import { smallest, undo } from "./spec-fixture";

const labels = { "app.kubernetes.io/name": "shop" };

/** The pod of such a Job, with what differs of its container. */
const pod = (container: object) => ({
  metadata: { labels: { "fridayproof.dev/job": "work" } },
  spec: {
    restartPolicy: "Never",
    serviceAccountName: "shop",
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [
      {
        image: smallest.image,
        resources: { requests: { cpu: "250m", memory: "256Mi" }, limits: { memory: "256Mi" } },
        securityContext: {
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ["ALL"] },
        },
        ...container,
      },
    ],
  },
});

test("a migration is a hook of the synchronization, a wave before the workload, with one attempt and the key of its lock", () => {
  const env = [{ name: "MIGRATION_LOCK_KEY", value: "614493177267365920" }];
  expect(migration({ ...smallest, migration: ["/migrate"] })).toEqual([
    {
      apiVersion: "batch/v1",
      kind: "Job",
      metadata: {
        name: "shop-migration",
        namespace: "shop",
        labels,
        annotations: {
          "argocd.argoproj.io/hook": "Sync",
          "argocd.argoproj.io/hook-delete-policy": "BeforeHookCreation",
          "argocd.argoproj.io/sync-wave": "-1",
        },
      },
      spec: {
        backoffLimit: 0,
        activeDeadlineSeconds: 900,
        template: pod({ name: "migration", command: ["/migrate"], env }),
      },
    },
  ]);
});

test.each<[string, AppSpec]>([
  ["a spec without one", smallest],
  ["an undo", { ...smallest, migration: ["/migrate"], undo }],
])("%s runs no migration", (_title, spec) => {
  expect(migration(spec)).toEqual([]);
});

test("what runs by the clock runs once at a time, in UTC, and ends", () => {
  const job = { name: "clean", schedule: "0 3 * * *", command: ["/app", "clean"] };
  expect(cronJobs({ ...smallest, jobs: [job] })).toEqual([
    {
      apiVersion: "batch/v1",
      kind: "CronJob",
      metadata: { name: "shop-clean", namespace: "shop", labels },
      spec: {
        schedule: "0 3 * * *",
        timeZone: "Etc/UTC",
        concurrencyPolicy: "Forbid",
        startingDeadlineSeconds: 300,
        jobTemplate: {
          spec: {
            backoffLimit: 2,
            activeDeadlineSeconds: 3600,
            template: pod({ name: "clean", command: ["/app", "clean"] }),
          },
        },
      },
    },
  ]);
  expect(cronJobs(smallest)).toEqual([]);
});

test("a Job has the variables and the folder of the application", () => {
  const [made] = cronJobs({
    ...smallest,
    env: { LOG_LEVEL: "info" },
    state: { scratch: "/tmp", size: "64Mi" },
    jobs: [{ name: "clean", schedule: "0 3 * * *", command: ["/app"] }],
  });
  expect(made?.spec).toMatchObject({
    jobTemplate: {
      spec: {
        template: {
          spec: {
            containers: [{ env: [{ name: "LOG_LEVEL", value: "info" }], volumeMounts: [{ mountPath: "/tmp" }] }],
            volumes: [{ emptyDir: { sizeLimit: "64Mi" } }],
          },
        },
      },
    },
  });
});
