/** Example of PodIdentity: the shop's pods read one bucket. */
import type * as aws from "@pulumi/aws";
import type { Cluster } from "../../../../components/cluster/cluster";
import { PodIdentity } from "../../../../components/cluster/pod-identity";

export function shopIdentity(provider: aws.Provider, cluster: Cluster): PodIdentity {
  const policy = {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ["s3:GetObject"], Resource: "arn:aws:s3:::shop-pictures/*" }],
  };
  return new PodIdentity(
    "blue-shop-identity",
    {
      clusterName: cluster.clusterNameForPods,
      namespace: "shop",
      serviceAccount: "shop",
      policy: JSON.stringify(policy),
    },
    { providers: [provider] },
  );
}
