/** What the API server has against a Job. Source: pkg/apis/batch/validation, validateJobSpec. */
import type { Violation } from "../../kit/finding/finding";
import { set } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";

/** Violations of the job's failure policy: only a pod that is never restarted has an exit code. */
export function* jobViolations(job: Resource): Iterable<Violation> {
  const spec = job.is(types.cronJob) ? job.at("spec", "jobTemplate", "spec") : job.at("spec");
  const policy = spec.at("template", "spec", "restartPolicy");
  if (!spec.at("podFailurePolicy").isSet() || policy.text() === "Never") return;
  yield {
    at: policy.path,
    got: "pods that are restarted, beside a podFailurePolicy",
    expected: "Never: the API refuses it otherwise",
    fix: set(policy, "Never"),
  };
}
