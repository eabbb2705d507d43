/** HorizontalPodAutoscalers and targets of Application Auto Scaling. */
import { quantityOf } from "../../effects/transitions";
import { numberAt, textAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe } from "../core/condition";
import { WORKLOADS } from "./workloads";

/** A lower minimum or maximum of pods: zero is an outage. */
function reserveFalls({ after, row }: Context): Outcome {
  return quantityOf(after) === 0 ? downtime(`none is left without load: ${row.when}`) : degrades(row.when);
}

function autoscaled({ index, resource, row, after }: Context): Outcome {
  const current = numberAt(resource.before, "status.currentReplicas");
  const target = textAt(resource.after, "spec.scaleTargetRef.name");
  const workload = index.plan.resources.find(
    ({ type, after: values }) =>
      WORKLOADS.test(type) && target !== undefined && textAt(values, "metadata.name") === target,
  );
  const running = current ?? numberAt(workload?.before, "spec.replicas");
  return running !== undefined && Number(after) >= running
    ? safe(`${running} run now, which stays below it`)
    : degrades(row.when);
}

/** Conditions about autoscalers. */
export const autoscalers: Conditions = {
  autoscaled,
  reserveFalls,
};
