/** Cases of the rule about what the API server accepts: jobs, their schedules, and pods that end. */
import { but, digest } from "../../../support/fixtures";
import { given, object, type Spec } from "../../../support/spec";

const pod = "spec.template.spec";
const metadata = { name: "shop", namespace: "shop" };
/** As little as a container can say. */
const container = {
  name: "shop",
  image: `example.com/shop:1.4.2@${digest}`,
  ports: [{ name: "http", containerPort: 8080 }],
};
const cache = { name: "cache", mountPath: "/cache" };
const template = { spec: { restartPolicy: "Never", containers: [container] } };
const job = (changes: Readonly<Record<string, unknown>> = {}) =>
  but(object("batch/v1:Job", "once", { metadata, spec: { activeDeadlineSeconds: 600, template } }), changes);
const cronJob = (spec: object) =>
  object("batch/v1:CronJob", "nightly", {
    metadata,
    spec: {
      schedule: "0 3 * * *",
      concurrencyPolicy: "Forbid",
      jobTemplate: { spec: { activeDeadlineSeconds: 600, template } },
      ...spec,
    },
  });

const failing = { rules: [{ action: "FailJob", onExitCodes: { operator: "In", values: [42] } }] };

/** Cases of jobs. */
export const jobCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a job, and one that is tried again": given(job(), job({ [`${pod}.restartPolicy`]: "OnFailure" })),
    "schedules of all forms": given(
      ...["*/5 * * * mon-fri", "@daily", "@every 1h30m", "0 0 29 2 *", "0 3 31 2 *", undefined].map((schedule) =>
        cronJob({ schedule }),
      ),
      cronJob({ timeZone: "Europe/Berlin" }),
    ),
    "a job that counts exit codes of pods that are never restarted": given(job({ "spec.podFailurePolicy": failing })),
    "a pod that ends": given(
      object("core/v1:Pod", "once", { metadata, spec: { ...template.spec, activeDeadlineSeconds: 60 } }),
    ),
  },
  bad: {
    "a job that counts exit codes of pods that are restarted": given(
      job({ [`${pod}.restartPolicy`]: "OnFailure", "spec.podFailurePolicy": failing }),
    ),
    "a cron job that counts exit codes of pods that are restarted": given(
      cronJob({
        jobTemplate: {
          spec: {
            podFailurePolicy: failing,
            template: { spec: { restartPolicy: "OnFailure", containers: [container] } },
          },
        },
      }),
    ),
    "a mount in a CronJob's pod": given(
      cronJob({
        jobTemplate: {
          spec: {
            template: { spec: { restartPolicy: "Never", containers: [{ ...container, volumeMounts: [cache] }] } },
          },
        },
      }),
    ),
    "a job that is restarted always, and one that does not say": given(job({ [`${pod}.restartPolicy`]: "Always" }), {
      ...job({ [`${pod}.restartPolicy`]: undefined }),
      name: "silent",
    }),
    "minute 60": given(cronJob({ schedule: "60 3 * * *" })),
    "six fields": given(cronJob({ schedule: "0 0 3 * * *" })),
    "a word that is none": given(cronJob({ schedule: "@nightly" })),
    "a zone in the schedule, after a space": given(cronJob({ schedule: " TZ=Europe/Berlin 0 3 * * *" })),
    "a zone in the schedule": given(cronJob({ schedule: "CRON_TZ=Europe/Berlin 0 3 * * *" })),
    "a zone that nobody has": given(cronJob({ timeZone: "Europe/Nowhere" })),
  },
};
