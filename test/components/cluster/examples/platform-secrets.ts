/** Example of PlatformSecrets: production's, all kept in Secrets Manager. */
import type * as kubernetes from "@pulumi/kubernetes";
import type { Addons } from "../../../../components/cluster/addons";
import { PlatformSecrets } from "../../../../components/cluster/platform-secrets";
import type { PrometheusOperatorCrds } from "../../../../components/delivery/prometheus-operator-crds";

export function platformSecrets(
  inside: kubernetes.Provider,
  addons: Addons,
  monitoringCrds: PrometheusOperatorCrds,
): PlatformSecrets {
  return new PlatformSecrets(
    "blue-secrets",
    {
      profile: "production",
      storeName: addons.secretStoreName,
      monitoringNamespace: monitoringCrds.namespaceName,
      argoCdNamespace: "argocd",
      singleSignOn: true,
      privateRepository: true,
    },
    { providers: [inside] },
  );
}
