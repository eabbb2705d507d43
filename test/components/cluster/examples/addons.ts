/** Example of Addons: what production's blue cluster runs beside applications. */
import type * as aws from "@pulumi/aws";
import type * as kubernetes from "@pulumi/kubernetes";
import { Addons } from "../../../../components/cluster/addons";
import type { Cluster } from "../../../../components/cluster/cluster";
import type { NodeAddons } from "../../../../components/cluster/node-addons";
import type { NodePool } from "../../../../components/cluster/node-pool";
import type { PrometheusOperatorCrds } from "../../../../components/delivery/prometheus-operator-crds";
import type { Keys } from "../../../../components/encryption/keys";
import type { Vpc } from "../../../../components/network/vpc";
import type { FrontDoor } from "../../../../components/traffic/front-door";
import lock from "../../../../stacks/env.lock.json";
import { clusterVersions, readLock } from "../../../../stacks/inputs/lock";

/** What the add-ons refer to. */
interface Around {
  readonly cluster: Cluster;
  readonly nodes: NodePool;
  readonly nodeAddons: NodeAddons;
  readonly keys: Keys;
  readonly network: Vpc;
  readonly door: FrontDoor;
  readonly monitoringCrds: PrometheusOperatorCrds;
}

export function addons(provider: aws.Provider, inside: kubernetes.Provider, around: Around): Addons {
  const versions = clusterVersions(readLock(), "1.35");
  return new Addons(
    "blue-platform",
    {
      charts: lock.charts,
      profile: "production",
      kubernetesVersion: versions.kubernetes,
      autoscalerImageTag: versions.autoscalerImage,
      ebsCsiVersion: versions.addons["aws-ebs-csi-driver"],
      clusterName: "fridayproof-prod-blue",
      clusterNameForPods: around.cluster.clusterNameForPods,
      pool: "system",
      nodes: around.nodes,
      nameResolution: around.nodeAddons,
      accountId: "000000000000",
      region: "us-east-1",
      vpcId: around.network.vpcId,
      targetGroupArn: around.door.blueTargetGroupArn,
      secretsPrefix: "fridayproof/prod/",
      volumesKeyArn: around.keys.volumesKeyArn,
      secretNamespaces: ["argocd", "monitoring"],
      monitoringCrds: around.monitoringCrds,
      protect: true,
    },
    { providers: [provider, inside] },
  );
}
