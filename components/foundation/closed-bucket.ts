/** A private bucket: access by its policy alone, versions, encryption, no public access, no ACLs. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { foundationLimits } from "../core/limits/foundation";

/** Arguments of {@link closedBucket}. */
export interface ClosedBucketArgs {
  /** Name, one space for all accounts. */
  readonly bucket: string;
  /** Policy as JSON. */
  readonly policy: string;
  /** ARN of the key; S3's own key when absent. */
  readonly keyArn?: pulumi.Input<string>;
  /** What is removed, and when. */
  readonly rules: aws.types.input.s3.BucketLifecycleConfigurationRule[];
  /** Pulumi's protection. False while the foundation is torn down: then the content goes with the bucket. */
  readonly protect: boolean;
  /** Tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** The rule that removes versions which have been replaced, and uploads that never ended. */
export const oldVersions: aws.types.input.s3.BucketLifecycleConfigurationRule = {
  id: "old-versions",
  status: "Enabled",
  filter: { prefix: "" },
  noncurrentVersionExpiration: { noncurrentDays: foundationLimits.oldStates.value },
  abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
};

/** A closed bucket. */
export interface ClosedBucket {
  readonly bucket: aws.s3.Bucket;
  /** Its name, known once its policy stands: what writes to it comes after. */
  readonly bucketName: pulumi.Output<string>;
}

/** Declares the bucket and its settings. */
export function closedBucket(name: string, args: ClosedBucketArgs, opts: pulumi.CustomResourceOptions): ClosedBucket {
  const { keyArn, policy, protect, rules, tags } = args;
  const bucketResource = new aws.s3.Bucket(
    name,
    { bucket: args.bucket, forceDestroy: !protect, tags },
    { ...opts, protect },
  );
  const bucket = bucketResource.id;
  const encryption =
    keyArn === undefined ? { sseAlgorithm: "AES256" } : { sseAlgorithm: "aws:kms", kmsMasterKeyId: keyArn };
  const closed = new aws.s3.BucketPublicAccessBlock(
    `${name}-closed`,
    { bucket, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true },
    opts,
  );
  new aws.s3.BucketOwnershipControls(
    `${name}-ownership`,
    { bucket, rule: { objectOwnership: "BucketOwnerEnforced" } },
    opts,
  );
  const versions = new aws.s3.BucketVersioning(
    `${name}-versions`,
    { bucket, versioningConfiguration: { status: "Enabled" } },
    opts,
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    { bucket, rules: [{ applyServerSideEncryptionByDefault: encryption, bucketKeyEnabled: keyArn !== undefined }] },
    opts,
  );
  // S3 refuses a rule about old versions on a bucket that keeps none.
  new aws.s3.BucketLifecycleConfiguration(`${name}-lifecycle`, { bucket, rules }, { ...opts, dependsOn: [versions] });
  // S3 refuses two changes of access to one bucket at the same moment (OperationAborted).
  const opened = new aws.s3.BucketPolicy(`${name}-policy`, { bucket, policy }, { ...opts, dependsOn: [closed] });
  return { bucket: bucketResource, bucketName: opened.bucket };
}
