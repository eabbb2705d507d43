/** Example of PrometheusOperatorCrds: the kinds of the blue cluster. */
import type * as kubernetes from "@pulumi/kubernetes";
import { PrometheusOperatorCrds } from "../../../../components/delivery/prometheus-operator-crds";
import lock from "../../../../stacks/env.lock.json";

export function monitoringCrds(inside: kubernetes.Provider): PrometheusOperatorCrds {
  return new PrometheusOperatorCrds(
    "blue-monitoring-crds",
    { chart: lock.charts["prometheus-operator-crds"], profile: "production" },
    { providers: [inside] },
  );
}
