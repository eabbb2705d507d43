/** The bucket that the load balancer writes its access logs to. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { policyJson, tlsOnly } from "../aws/iam";

/** Arguments of {@link accessLogBucket}. */
export interface AccessLogArgs {
  /** Account of the load balancer. */
  readonly accountId: string;
  /** Region of the load balancer; the bucket has to be in the same one. */
  readonly region: string;
  /** Days after which a log is removed. */
  readonly retentionDays: number;
  /** True while the environment is torn down: logs go with the bucket, or it could not be deleted. */
  readonly forceDestroy: boolean;
  /** Tags. */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Who may write: AWS's log delivery, for load balancers of this account and region only; nobody without TLS. */
function bucketPolicy(bucketArn: string, { accountId, region }: AccessLogArgs): string {
  const loadBalancers = `arn:aws:elasticloadbalancing:${region}:${accountId}:loadbalancer/*`;
  return policyJson([
    {
      Sid: "LoadBalancerWritesLogs",
      Effect: "Allow",
      Principal: { Service: "logdelivery.elasticloadbalancing.amazonaws.com" },
      Action: "s3:PutObject",
      Resource: `${bucketArn}/AWSLogs/${accountId}/*`,
      Condition: { ArnLike: { "aws:SourceArn": loadBalancers } },
    },
    tlsOnly(bucketArn),
  ]);
}

/**
 * Declares bucket, encryption, lifecycle and policy, and returns the bucket's name as the policy's output: AWS writes a
 * test object when logging is switched on, so a load balancer that comes before the policy is refused.
 */
export function accessLogBucket(name: string, args: AccessLogArgs, parent: pulumi.Resource): pulumi.Output<string> {
  const bucket = new aws.s3.Bucket(
    name,
    { forceDestroy: args.forceDestroy, tags: { ...args.tags, Name: name } },
    { parent },
  );
  const closed = new aws.s3.BucketPublicAccessBlock(
    `${name}-closed`,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  );
  new aws.s3.BucketServerSideEncryptionConfiguration(
    `${name}-encryption`,
    // Log delivery supports no other encryption than S3's own keys.
    { bucket: bucket.id, rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }] },
    { parent },
  );
  new aws.s3.BucketLifecycleConfiguration(
    `${name}-lifecycle`,
    {
      bucket: bucket.id,
      rules: [{ id: "expire", status: "Enabled", filter: { prefix: "" }, expiration: { days: args.retentionDays } }],
    },
    { parent },
  );
  const policy = new aws.s3.BucketPolicy(
    `${name}-policy`,
    { bucket: bucket.id, policy: bucket.arn.apply((arn) => bucketPolicy(arn, args)) },
    // S3 refuses two changes of access to one bucket at the same moment (OperationAborted).
    { parent, dependsOn: [closed] },
  );
  return policy.bucket;
}
