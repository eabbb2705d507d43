/** Example of ArgoCd: production's, with single sign-on. */
import type * as kubernetes from "@pulumi/kubernetes";
import type { PlatformSecrets } from "../../../../components/cluster/platform-secrets";
import { ArgoCd } from "../../../../components/delivery/argo-cd";
import type { PrometheusOperatorCrds } from "../../../../components/delivery/prometheus-operator-crds";
import type { Gateway } from "../../../../components/traffic/gateway";
import lock from "../../../../stacks/env.lock.json";

export function argoCd(
  inside: kubernetes.Provider,
  monitoringCrds: PrometheusOperatorCrds,
  secrets: PlatformSecrets,
  gateway: Gateway,
): ArgoCd {
  return new ArgoCd(
    "blue-argo-cd",
    {
      chart: lock.charts["argo-cd"],
      profile: "production",
      host: "argocd.example.com",
      gatewayRef: gateway.gatewayRef,
      monitoringCrds,
      ssoIssuer: "https://login.example.com",
      ssoClientId: "argocd-prod",
      namespace: secrets.argoCdNamespaceName,
      oidcSecret: secrets.oidcSecret,
      notificationsSecret: secrets.notificationsSecret,
    },
    { providers: [inside] },
  );
}
