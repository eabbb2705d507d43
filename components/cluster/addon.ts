/** An EKS add-on of exactly the version that the lock file names. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { clusterLimits } from "../core/limits/cluster";
import { duration } from "../core/units";

/** Arguments of {@link clusterAddon}. */
export interface ClusterAddonArgs {
  readonly clusterName: pulumi.Input<string>;
  /** AWS's name of the add-on, such as `vpc-cni`. */
  readonly addon: string;
  /** Exact version, such as `v1.35.3-eksbuild.13`; a range would let an upgrade happen by itself. */
  readonly version: string;
  /** Settings by the add-on's own schema. */
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** Declares the add-on. Changes by hand in the cluster are overwritten. */
export function clusterAddon(name: string, args: ClusterAddonArgs, opts: pulumi.CustomResourceOptions): aws.eks.Addon {
  const timeout = duration(clusterLimits.addonCreate);
  return new aws.eks.Addon(
    name,
    {
      clusterName: args.clusterName,
      addonName: args.addon,
      addonVersion: args.version,
      configurationValues: args.settings === undefined ? undefined : JSON.stringify(args.settings),
      resolveConflictsOnCreate: "OVERWRITE",
      resolveConflictsOnUpdate: "OVERWRITE",
      tags: { ...args.tags },
    },
    { ...opts, customTimeouts: { create: timeout, update: timeout } },
  );
}
