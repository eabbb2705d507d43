/** Volumes for pods: the EBS driver, and the class that claims get unless they name another. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { clusterAddon } from "./addon";
import { POOL_LABEL } from "./node-pool";
import { PodIdentity } from "./pod-identity";
import { blockStoragePolicy, type AccountRegion, VOLUME_CLUSTER_TAG, volumeKeyPolicy } from "./policy-documents";

/** What the driver and its class are made from. */
export interface BlockStorageArgs extends AccountRegion {
  /** Name of the cluster, part of names and conditions. */
  readonly clusterName: string;
  /** The same, known when pods of it can get credentials. */
  readonly clusterNameForPods: pulumi.Input<string>;
  /** Version of the add-on `aws-ebs-csi-driver`. */
  readonly ebsCsiVersion: string;
  /** Key that volumes are encrypted with. */
  readonly volumesKeyArn: pulumi.Input<string>;
  /** Name of the pool whose nodes run the driver's controller. */
  readonly pool: string;
  /** The pool: without nodes the controller stays pending. */
  readonly nodes: pulumi.Resource;
  /** CoreDNS: without names the controller reaches no AWS. */
  readonly nameResolution: pulumi.Resource;
  readonly tags?: Readonly<Record<string, string>>;
}

/** What the driver's controller may do, and when: its pods get credentials at their start only. */
export function driverIdentity(name: string, args: BlockStorageArgs, parent: pulumi.ComponentResource): PodIdentity {
  const key = pulumi.output(args.volumesKeyArn).apply((arn) => JSON.stringify(volumeKeyPolicy(arn, args)));
  return new PodIdentity(
    `${name}-ebs-csi`,
    {
      clusterName: args.clusterNameForPods,
      namespace: "kube-system",
      serviceAccount: "ebs-csi-controller-sa",
      policy: JSON.stringify(blockStoragePolicy(args.clusterName, args)),
      laterPolicies: { key },
      tags: args.tags,
    },
    { parent },
  );
}

/**
 * Declares driver and class. The class deletes a volume together with its claim, in every environment: what keeps data
 * is the claim, and whether claims outlive their StatefulSet is set there (`persistentVolumeClaimRetentionPolicy`).
 * A class cannot be changed, and that would not change the volumes made by it.
 * @param before what is there before the driver's pods start, besides the nodes: their rights, and time for these to count.
 * @returns StorageClass `gp3`, made after the driver that serves it and gone before it.
 */
export function blockStorage(
  name: string,
  args: BlockStorageArgs,
  parent: pulumi.ComponentResource,
  before: readonly pulumi.Resource[],
): kubernetes.storage.v1.StorageClass {
  const { clusterName } = args;
  const driver = clusterAddon(
    `${name}-aws-ebs-csi-driver`,
    {
      clusterName,
      addon: "aws-ebs-csi-driver",
      version: args.ebsCsiVersion,
      settings: {
        controller: {
          nodeSelector: { [POOL_LABEL]: args.pool },
          tolerations: [{ key: POOL_LABEL, operator: "Exists" }],
          // The driver's policy allows volumes with this tag only.
          extraVolumeTags: { [VOLUME_CLUSTER_TAG]: clusterName },
        },
      },
      tags: args.tags,
    },
    // Without nodes its pods stay pending, and the add-on with them; without names it deletes no volume.
    { parent, dependsOn: [args.nodes, args.nameResolution, ...before] },
  );
  return new kubernetes.storage.v1.StorageClass(
    `${name}-gp3`,
    {
      metadata: { name: "gp3", annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      provisioner: "ebs.csi.aws.com",
      // Without a key the driver takes AWS's own, which no policy of ours governs.
      parameters: { type: "gp3", encrypted: "true", kmsKeyId: args.volumesKeyArn },
      reclaimPolicy: "Delete",
      // A volume lives in one zone: it has to be made where its pod can run.
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
    },
    { parent, dependsOn: [driver] },
  );
}
