/** Rule scale-down-slowly. */
import { workloadLimits } from "../../limits/workloads";
import type { Field } from "../../kit/reading/field";
import { violation } from "../../kit/finding/finding";
import { fix, remove } from "../../kit/finding/remedy";
import { resourceRule } from "../../kit/rule/rule";
import { scalers } from "../../kit/kubernetes/scaling";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";

/** An autoscaler does not follow every dip. */
export const scaleDownSlowly = resourceRule({
  id: "scale-down-slowly",
  group: "zero-downtime",
  level: "mandatory",
  forbids: "An autoscaler that takes pods away as soon as they are idle.",
  prevents: "A pause of seconds halves the fleet, and the next wave meets pods that are still starting.",
  source: "Kubernetes, Horizontal Pod Autoscaling, stabilization window (300 s by default)",
  settings: {
    window: quantity(workloadLimits.scaleDownWindowAtLeast, "lower", { minimum: 0 }),
    share: quantity(workloadLimits.shrinkAtMost, "higher", { minimum: 1, maximum: 100 }),
  },
  resourceTypes: scalers,
  examples: {
    bad: "behavior: { scaleDown: { stabilizationWindowSeconds: 0 } }",
    good: "behavior: { scaleDown: { stabilizationWindowSeconds: 300 } }",
  },
  *check(autoscaler, { window, share }) {
    const holder = autoscaler.is(types.scaledObject)
      ? autoscaler.at("spec", "advanced", "horizontalPodAutoscalerConfig")
      : autoscaler.at("spec");
    const down = holder.at("behavior", "scaleDown");
    const field = down.at("stabilizationWindowSeconds");
    const seconds = field.number() ?? window;
    if (seconds >= window || down.at("selectPolicy").text() === "Disabled" || isGentle(down, share)) return;
    yield violation(autoscaler, {
      at: field.path,
      got: `${seconds} s, and all idle pods at once`,
      expected: `at least ${window} s, or policies that take a pod or ${share}% in a minute`,
      fix: fix`${remove(field)}, which means 300 s`,
    });
  },
});

const minute = 60;

/** Whether every policy takes few pods in a minute; without one all idle pods go. */
function isGentle(down: Field, share: number): boolean {
  const policies = down.at("policies").list();
  return (
    policies.length > 0 &&
    policies.every((policy) => {
      const perMinute = ((policy.at("value").number() ?? 0) * minute) / (policy.at("periodSeconds").number() ?? minute);
      return perMinute <= (policy.at("type").text() === "Pods" ? 1 : share);
    })
  );
}
