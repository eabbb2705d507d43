/** Example of Gateway: the blue cluster's, in the blue target group. */
import type * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import type { Addons } from "../../../../components/cluster/addons";
import type { Cluster } from "../../../../components/cluster/cluster";
import type { PrometheusOperatorCrds } from "../../../../components/delivery/prometheus-operator-crds";
import type { FrontDoor } from "../../../../components/traffic/front-door";
import { Gateway } from "../../../../components/traffic/gateway";
import lock from "../../../../stacks/env.lock.json";

/** What the gateway refers to. */
interface Around {
  readonly cluster: Cluster;
  readonly door: FrontDoor;
  readonly addons: Addons;
  readonly monitoringCrds: PrometheusOperatorCrds;
}

export function gateway(provider: aws.Provider, inside: kubernetes.Provider, around: Around): Gateway {
  const { charts } = lock;
  return new Gateway(
    "blue-gateway",
    {
      baseChart: charts["istio-base"],
      istiodChart: charts.istiod,
      gatewayChart: charts["istio-gateway"],
      profile: "production",
      domain: "example.com",
      hosts: {
        "istio-ingress": ["health.us-east-1.example.com"],
        argocd: ["argocd.example.com"],
        shop: ["shop.example.com", "shop.us-east-1.example.com"],
      },
      region: "us-east-1",
      targetGroupArn: around.door.blueTargetGroupArn,
      loadBalancerSecurityGroupId: around.door.securityGroupId,
      clusterSecurityGroupId: around.cluster.nodeSecurityGroupId,
      loadBalancerController: around.addons.loadBalancerController,
      metricsServer: around.addons.metricsServer,
      monitoringCrds: around.monitoringCrds,
      protect: true,
    },
    { providers: [provider, inside] },
  );
}
