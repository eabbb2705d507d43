/** Rule min-ready. */
import { workloadLimits } from "../../limits/workloads";
import { valueOr } from "../../kit/reading/field";
import { violation } from "../../kit/finding/finding";
import { fix, set } from "../../kit/finding/remedy";
import { isRouted, routing, targetsOf } from "../../kit/network/routes";
import { eachResource, stackRule, reportUnreadable } from "../../kit/rule/rule";
import { readNamedService, servicesOf } from "../../kit/network/serving";
import { quantity } from "../../kit/rule/settings";
import { types } from "../../kit/reading/types";

/** A new pod shows for a while that it works. */
export const minReady = stackRule({
  id: "min-ready",
  group: "zero-downtime",
  level: "advisory",
  forbids: "A serving workload whose new pods count as released the moment they are ready.",
  prevents: "A version that fails on its first requests replaces the whole fleet, pod by pod.",
  source: "Kubernetes, Deployments, min ready seconds",
  settings: { least: quantity(workloadLimits.minReadyAtLeast, "lower", { minimum: 0 }) },
  limits: "Checked for workloads behind a route, and for a stated 0; Rollouts have their analysis instead.",
  examples: { bad: "spec: { replicas: 3, template: … }   # minReadySeconds is 0", good: "minReadySeconds: 10" },
  *check(stack, { least }) {
    yield* reportUnreadable(stack.of(types.service), readNamedService);
    yield* reportUnreadable(stack.of(...routing), targetsOf);
    yield* eachResource(stack.of(types.deployment, types.statefulSet), function* (workload) {
      const field = workload.at("spec", "minReadySeconds");
      const seconds = field.number() ?? 0;
      const services = servicesOf(stack, workload);
      const routed = services.some((service) => valueOr(() => isRouted(stack, service), false));
      if (seconds >= least || (!routed && !(services.length > 0 && field.isSet() && seconds === 0))) return;
      const got = field.isSet() ? `${seconds} s` : "nothing, which means 0 s";
      yield violation(workload, {
        at: field.path,
        got,
        expected: `at least ${least} s`,
        fix: fix`${set(field, least)}`,
      });
    });
  },
});
