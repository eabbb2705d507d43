/** What runs once ends, and runs once: jobs, cron jobs and migrations. */
import { workloadLimits } from "../../limits/workloads";
import { readSchedule } from "@fridayproof/components/core";
import { isDescriptor } from "../../kit/reading/cron";
import type { Field } from "../../kit/reading/field";
import { type Finding, nameOr, violation } from "../../kit/finding/finding";
import { containersIn } from "../../kit/kubernetes/pods";
import { either, example, fix, remove, set, together } from "../../kit/finding/remedy";
import type { Resource, Stack } from "../../kit/reading/resource";
import { surgeOf } from "../../kit/kubernetes/surge";
import { types } from "../../kit/reading/types";
import { floorOf, runTemplate } from "../../kit/kubernetes/workloads";

/** Where the spec of the jobs stands. */
function jobOf(resource: Resource): Field {
  if (resource.is(types.cronJob)) return resource.at("spec", "jobTemplate", "spec");
  return resource.is(types.scaledJob) ? resource.at("spec", "jobTargetRef") : resource.at("spec");
}

/** Whether a job ends by itself, however its process behaves. */
function ends(job: Field): boolean {
  return job.at("activeDeadlineSeconds").isSet() || job.at("template", "spec", "activeDeadlineSeconds").isSet();
}

/** Seconds that stand for what only the job's own runs say. */
const longest = 600;
/** Seconds after which the controller looks again: with less it may never start a run. Source: Kubernetes, CronJob. */
const lookedAt = 10;
/** Seconds in which it comes by several times. */
const soonEnough = 200;

/** A job has a deadline and few retries. */
export function* checkJob(resource: Resource): Iterable<Finding> {
  const job = jobOf(resource);
  const [retries, most] = [job.at("backoffLimit"), workloadLimits.jobRetriesAtMost.value];
  const count = retries.number() ?? 0;
  if (count > most) {
    yield violation(resource, {
      at: retries.path,
      got: `${count} retries${ends(job) ? "" : ", and no deadline"}`,
      expected: `at most ${most}`,
      fix: ends(job)
        ? set(retries, most)
        : example(
            together([set(retries, most), set(job.at("activeDeadlineSeconds"), longest)]),
            "the longest that it may take",
          ),
    });
  } else if (!ends(job) && !resource.is(types.cronJob)) {
    yield violation(resource, {
      at: job.at("activeDeadlineSeconds").path,
      got: "nothing: a process that hangs runs for ever",
      expected: "a deadline",
      fix: example(set(job.at("activeDeadlineSeconds"), longest), "the longest that it may take"),
      advisory: true,
    });
  }
}

/** A cron job does not meet itself, and a run that is late or hangs is given up. */
export function* checkCronJob(cronJob: Resource): Iterable<Finding> {
  const policy = cronJob.at("spec", "concurrencyPolicy");
  const overlaps = (policy.text() ?? "Allow") === "Allow";
  const bounded = ends(jobOf(cronJob));
  const late = cronJob.at("spec", "startingDeadlineSeconds");
  const seconds = late.number();
  if (seconds !== undefined && seconds < lookedAt) {
    const later = either(fix`${set(late, soonEnough)} or more`, remove(late));
    yield violation(cronJob, {
      at: late.path,
      got: `${seconds} s to start`,
      expected: "time to start: the controller looks every 10 s",
      fix: later,
    });
  }
  if (overlaps && !bounded) {
    yield violation(cronJob, {
      at: policy.path,
      got: `${policy.isSet() ? "Allow" : "nothing, which means Allow"}, beside jobs without a deadline`,
      expected: "runs that do not pile up",
      fix: example(
        together([set(policy, "Forbid"), set(jobOf(cronJob).at("activeDeadlineSeconds"), longest)]),
        "the longest that a run may take",
      ),
    });
  } else if (!bounded) {
    yield violation(cronJob, {
      at: jobOf(cronJob).at("activeDeadlineSeconds").path,
      got: "nothing: a run that hangs keeps all later ones away",
      expected: "a deadline",
      fix: example(set(jobOf(cronJob).at("activeDeadlineSeconds"), longest), "less than the time between two runs"),
      advisory: true,
    });
  }
}

/** The API takes a schedule that no day meets, and the job never runs. */
export function* checkSchedule(cronJob: Resource): Iterable<Finding> {
  const field = cronJob.at("spec", "schedule");
  const text = field.text();
  const read = text === undefined || isDescriptor(text) ? undefined : readSchedule(text);
  if (read === undefined || "schedule" in read || read.never !== true) return;
  yield violation(cronJob, {
    at: field.path,
    got: "a schedule that no day meets",
    expected: read.expected,
    fix: example(set(field, "0 3 * * *"), "the days that are meant"),
  });
}

/** Words by which a command says that it changes a schema. */
const migrates =
  /\b(migrat(e|es|ion|ions)|flyway|liquibase|alembic|goose|dbmate|atlas|db[:-]?migrate|db[:-]?upgrade)\b/i;
/** Words by which it says that it only waits for one. */
const waits = /\b(wait|await|check|status|verify|validate|show|pending)/i;

/** Every pod of a release runs its init containers: a migration among them runs once for each, at the same time. */
export function* checkMigration(stack: Stack, workload: Resource): Iterable<Finding> {
  const pods = floorOf(stack, workload);
  if (pods + surgeOf(workload, pods) <= 1) return;
  for (const { part, field } of containersIn(runTemplate(stack, workload).at("spec"))) {
    if (part !== "init") continue;
    const name = field.at("name").text();
    const words = [name ?? "", ...field.at("command").texts(), ...field.at("args").texts()].join(" ");
    if (!migrates.test(words) || waits.test(words)) continue;
    yield violation(workload, {
      at: field.path,
      got: `a migration in the init container ${nameOr(name, "(unnamed)")}, which every pod of a release runs`,
      expected: "a migration that runs once, before the release",
      fix: "make it a Job with argocd.argoproj.io/hook: PreSync, and keep the schema fit for both versions",
      advisory: true,
    });
  }
}
