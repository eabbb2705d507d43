/** Example of Monitoring: production's, which pages through PagerDuty. */
import type * as kubernetes from "@pulumi/kubernetes";
import type { Addons } from "../../../../components/cluster/addons";
import { ON_CALL_SECRET, type PlatformSecrets } from "../../../../components/cluster/platform-secrets";
import type { PrometheusOperatorCrds } from "../../../../components/delivery/prometheus-operator-crds";
import { Monitoring } from "../../../../components/observability/monitoring";
import lock from "../../../../stacks/env.lock.json";

/** What monitoring refers to. */
interface Around {
  readonly monitoringCrds: PrometheusOperatorCrds;
  readonly addons: Addons;
  readonly secrets: PlatformSecrets;
}

export function monitoring(inside: kubernetes.Provider, { monitoringCrds, addons, secrets }: Around): Monitoring {
  const { name: secretName, key: secretKey } = ON_CALL_SECRET;
  const secret = secrets.onCall;
  return new Monitoring(
    "blue-monitoring",
    {
      kubectlImage: "registry.k8s.io/kubectl:v1.35.8",
      chart: lock.charts["kube-prometheus-stack"],
      profile: "production",
      namespace: monitoringCrds.namespaceName,
      monitoringCrds,
      grafanaAdmin: secrets.grafanaAdmin,
      storageClass: addons.storageClass,
      onCall: secret && { tool: "pagerduty", secretName, secretKey, secret },
      cluster: "fridayproof-prod-blue",
      queriedFrom: ["argo-rollouts"],
      runbookBaseUrl: "https://github.com/example/fridayproof/blob/main",
    },
    { providers: [inside] },
  );
}
