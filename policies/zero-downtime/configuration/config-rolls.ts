/** Rule config-rolls. */
import { certain, eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { readAutoscaler, scalers } from "../../kit/kubernetes/scaling";
import { types } from "../../kit/reading/types";
import { running, workloadsOf } from "../../kit/kubernetes/workloads";
import { checkRefresh, reading } from "./external-secrets";
import { changingKey, checkConfiguration } from "./configuration";
import { checkCronJob, checkJob, checkMigration, checkSchedule } from "./jobs";

/** What changes behaviour is a release, and what runs once ends. */
export const configRolls = stackRule({
  id: "config-rolls",
  group: "zero-downtime",
  level: "mandatory",
  forbids:
    "Configuration that changes without a release or never arrives, a migration in every pod, and jobs without an end or without a start.",
  prevents:
    "A change that no gate checks and that each pod takes over when it happens to restart; jobs that pile up until nothing else is scheduled.",
  source:
    "Kubernetes, ConfigMaps (mounted ones are updated, environment and subPath are not), Jobs and CronJobs; kustomize, generatorOptions",
  settings: {},
  limits:
    "Checked where the ConfigMap or Secret stands beside the workload. Volumes that are mounted whole follow a change by themselves. That a command migrates is taken from its words, and blocks nothing.",
  examples: {
    bad: "envFrom: [{ configMapRef: { name: shop-config } }]   # and nothing that changes with it",
    good: "envFrom: [{ configMapRef: { name: shop-config-5t9hk2m7gd } }]   # from a configMapGenerator",
  },
  *check(stack) {
    yield* reportUnreadable(stack.of(types.configMap, types.opaqueSecret), changingKey);
    yield* reportUnreadable(stack.of(...scalers), readAutoscaler);
    yield* eachResource(stack.of(...running), (workload) => checkConfiguration(stack, workload));
    yield* eachResource(workloadsOf(stack), (workload) => checkMigration(stack, workload));
    yield* eachResource(stack.of(types.job, types.cronJob, types.scaledJob), checkJob);
    yield* eachResource(stack.of(types.cronJob), checkCronJob);
    yield* certain(eachResource(stack.of(types.cronJob), checkSchedule));
    yield* certain(eachResource(stack.of(...reading), checkRefresh));
  },
});
