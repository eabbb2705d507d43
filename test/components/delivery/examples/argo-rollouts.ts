/** Example of ArgoRollouts: the blue cluster's controller and release gates. */
import type * as kubernetes from "@pulumi/kubernetes";
import { ArgoRollouts } from "../../../../components/delivery/argo-rollouts";
import type { PrometheusOperatorCrds } from "../../../../components/delivery/prometheus-operator-crds";
import lock from "../../../../stacks/env.lock.json";

export function argoRollouts(inside: kubernetes.Provider, monitoringCrds: PrometheusOperatorCrds): ArgoRollouts {
  return new ArgoRollouts(
    "blue-argo-rollouts",
    { chart: lock.charts["argo-rollouts"], profile: "production", monitoringCrds },
    { providers: [inside] },
  );
}
