/** One key of KMS as the platform has them: it rotates, can be had back for as long as KMS allows, and has an alias. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { clusterLimits } from "../core/limits/cluster";
import { physicalName } from "../core/names";

/** What a key is made from. */
export interface AliasedKeyArgs {
  readonly description: string;
  /** Its policy, as JSON. */
  readonly policy: pulumi.Input<string>;
  /** Parts of the alias; the first begins with `alias/`. */
  readonly alias: readonly string[];
  /** Pulumi's protection on the key. */
  readonly protect: boolean;
  /** Tags of the key, beside its name. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Declares the key, and its alias under the key's name with `-alias`. */
export function aliasedKey(
  name: string,
  { description, policy, alias, protect, tags }: AliasedKeyArgs,
  parent: pulumi.Resource,
): aws.kms.Key {
  const key = new aws.kms.Key(
    name,
    {
      description,
      enableKeyRotation: true,
      rotationPeriodInDays: clusterLimits.kmsRotation.value,
      deletionWindowInDays: clusterLimits.kmsDeletionWindow.value,
      policy,
      tags: { ...tags, Name: name },
    },
    { parent, protect },
  );
  new aws.kms.Alias(`${name}-alias`, { name: physicalName("kmsAlias", alias), targetKeyId: key.keyId }, { parent });
  return key;
}
