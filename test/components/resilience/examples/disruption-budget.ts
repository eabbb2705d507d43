/** Example of DisruptionBudget: of the shop's three pods or more, one may be away. */
import type * as kubernetes from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import { DisruptionBudget } from "../../../../components/resilience/disruption-budget";

export function shopBudget(inside: kubernetes.Provider, namespace: pulumi.Input<string>): DisruptionBudget {
  return new DisruptionBudget(
    "shop",
    { namespace, selector: { "app.kubernetes.io/name": "shop" }, leastReplicas: 3, maxUnavailable: 1 },
    { providers: [inside] },
  );
}
