/** S3 buckets and their settings; bucket names are one space for all accounts and regions. */
import { nameLimits } from "../../../../components/core/limits";
import type { AwsType } from "./entry";

/** A setting of a bucket: its id is the bucket. */
function setting(file: string, more: Partial<AwsType> = {}): AwsType {
  return { source: `s3/${file}.go`, forceNew: ["bucket"], id: "{bucket}", references: { bucket: "bucket" }, ...more };
}

/** Entries. */
export const S3: Readonly<Record<string, AwsType>> = {
  "aws:s3/bucket:Bucket": {
    source: "s3/bucket.go",
    forceNew: ["bucket", "bucketNamespace", "bucketPrefix", "objectLockEnabled"],
    id: "{bucket}",
    arn: "arn:aws:s3:::{bucket}",
    autoname: { property: "bucket", max: nameLimits.s3Bucket.value },
    defaults: { forceDestroy: false },
    naming: {
      property: "bucket",
      min: 3,
      max: nameLimits.s3Bucket.value,
      pattern: /^(?!xn--|sthree-|\d+\.\d+\.\d+\.\d+$)[a-z0-9](?!.*\.\.)[a-z0-9.-]*[a-z0-9]$/,
      code: "InvalidBucketName",
      message: "The specified bucket is not valid: '{name}' (3 to {max} lower-case letters, digits, dots and hyphens)",
      source: nameLimits.s3Bucket.source,
    },
    outputs: {
      bucketDomainName: "{bucket}.s3.amazonaws.com",
      bucketRegion: "{region}",
      bucketRegionalDomainName: "{bucket}.s3.{region}.amazonaws.com",
      hostedZoneId: (made) => (made.region === "us-east-1" ? "Z3AQBSTGFYJSTF" : "Z3BJ6K6RIION7M"),
      objectLockEnabled: (made) => made.inputs.objectLockEnabled ?? false,
    },
  },
  "aws:s3/bucketPolicy:BucketPolicy": setting("bucket_policy"),
  "aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock": setting("bucket_public_access_block"),
  "aws:s3/bucketServerSideEncryptionConfiguration:BucketServerSideEncryptionConfiguration": setting(
    "bucket_server_side_encryption_configuration",
    {
      forceNew: ["bucket", "expectedBucketOwner"],
      references: { bucket: "bucket", "rules.applyServerSideEncryptionByDefault.kmsMasterKeyId": "key" },
    },
  ),
  "aws:s3/bucketVersioning:BucketVersioning": setting("bucket_versioning", {
    forceNew: ["bucket", "expectedBucketOwner"],
  }),
  "aws:s3/bucketLifecycleConfiguration:BucketLifecycleConfiguration": setting("bucket_lifecycle_configuration", {
    forceNew: ["bucket", "expectedBucketOwner"],
    outputs: {
      transitionDefaultMinimumObjectSize: (made) =>
        made.inputs.transitionDefaultMinimumObjectSize ?? "all_storage_classes_128K",
    },
  }),
  "aws:s3/bucketOwnershipControls:BucketOwnershipControls": setting("bucket_ownership_controls"),
};
