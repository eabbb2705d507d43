/** Rule surge-only-update. */
import { amountOf, written } from "../kit/amount";
import { type Finding, shown, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { resourceRule } from "../kit/rule";
import { types } from "../kit/types";

/** A release never has fewer pods than before it. */
export const surgeOnlyUpdate = resourceRule({
  id: "surge-only-update",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "A release that stops old pods before new ones are ready.",
  prevents: "A dip of capacity in the middle of every release: at peak, an outage.",
  source: "EKS best practices, Applications, rollbacks; Argo Rollouts, canary",
  settings: {},
  kinds: [types.deployment, types.rollout],
  limits:
    "StatefulSets cannot surge and are left out. A rollout with trafficRouting always runs both versions in full.",
  examples: {
    bad: "strategy: {}   # unset maxUnavailable means 25%",
    good: "strategy: { type: RollingUpdate, rollingUpdate: { maxSurge: 25%, maxUnavailable: 0 } }",
  },
  check: (workload) => (workload.is(types.rollout) ? judgeRollout(workload) : judgeDeployment(workload)),
});

function* judgeDeployment(deployment: Resource): Iterable<Finding> {
  const strategy = deployment.at("spec", "strategy");
  const type = strategy.at("type").text() ?? "RollingUpdate";
  if (type !== "RollingUpdate") {
    const fix = "set strategy.type: RollingUpdate";
    yield violation(deployment, { at: strategy.at("type").path, got: shown(type), wanted: "RollingUpdate", fix });
    return;
  }
  yield* judge(deployment, strategy.at("rollingUpdate"), "25%");
}

function* judgeRollout(rollout: Resource): Iterable<Finding> {
  const strategy = rollout.at("spec", "strategy");
  const canary = strategy.at("canary");
  if (strategy.at("blueGreen").isSet() || canary.at("trafficRouting").isSet()) return;
  yield* judge(rollout, canary, "1 or more");
}

function* judge(workload: Resource, update: ReturnType<Resource["at"]>, unset: string): Iterable<Finding> {
  const field = update.at("maxUnavailable");
  const most = amountOf(field);
  if (most?.value === 0) return;
  yield violation(workload, {
    at: field.path,
    got: most === undefined ? `nothing, which means ${unset}` : written(most),
    wanted: "0",
    fix: "set maxUnavailable: 0 and maxSurge above 0",
  });
}
