/** The account's trail: who called which AWS API, in every region, with log file validation, which shows a changed record. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { foundationLimits } from "../core/limits/foundation";
import { closedBucket, oldVersions } from "./closed-bucket";
import { policyJson, tlsOnly } from "../aws/iam";

/** Arguments of {@link Trail}. */
export interface TrailArgs {
  /** Account number of twelve digits. */
  readonly account: string;
  /** Region of the trail itself; it records all. */
  readonly region: string;
  /** Name of the trail. */
  readonly trailName: string;
  /** Name of the bucket. */
  readonly bucket: string;
  /** Pulumi's protection of the bucket. */
  readonly protect: boolean;
  /** Tags of everything here. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * CloudTrail writes for this trail only, and no access without TLS.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function trailBucketPolicy({ account, region, trailName, bucket }: Omit<TrailArgs, "protect">): string {
  const Principal = { Service: "cloudtrail.amazonaws.com" };
  const own = { "aws:SourceArn": `arn:aws:cloudtrail:${region}:${account}:trail/${trailName}` };
  return policyJson([
    {
      Sid: "TrailLooks",
      Effect: "Allow",
      Principal,
      Action: "s3:GetBucketAcl",
      Resource: `arn:aws:s3:::${bucket}`,
      Condition: { StringEquals: own },
    },
    {
      Sid: "TrailWrites",
      Effect: "Allow",
      Principal,
      Action: "s3:PutObject",
      Resource: `arn:aws:s3:::${bucket}/AWSLogs/${account}/*`,
      Condition: { StringEquals: { ...own, "s3:x-amz-acl": "bucket-owner-full-control" } },
    },
    tlsOnly(`arn:aws:s3:::${bucket}`),
  ]);
}

/** Raw resources of {@link Trail}. */
export interface TrailNodes {
  /** The trail. */
  readonly trail: aws.cloudtrail.Trail;
  /** The bucket that it writes to. */
  readonly bucket: aws.s3.Bucket;
}

/**
 * Trail and bucket; the policy stands before the trail, or CloudTrail refuses the bucket.
 *
 * @example
 * ```typescript
 * new Trail(
 *   "trail",
 *   {
 *     account: "000000000000",
 *     region: "us-east-1",
 *     trailName: "fridayproof",
 *     bucket: "fridayproof-trail-000000000000",
 *     protect: true,
 *   },
 *   { providers: [provider] },
 * );
 * ```
 */
export class Trail extends pulumi.ComponentResource {
  /** ARN of the trail. */
  public readonly trailArn: pulumi.Output<string>;
  /** Name of the bucket. */
  public readonly bucketName: pulumi.Output<string>;

  readonly #nodes: TrailNodes;

  /** Declares both. */
  constructor(name: string, args: TrailArgs, opts?: pulumi.ComponentResourceOptions) {
    super("fridayproof:foundation:Trail", name, {}, opts);

    const { bucket, protect, tags } = args;
    const days = foundationLimits.trailRetention.value;
    const expire = { id: "expire", status: "Enabled", filter: { prefix: "" }, expiration: { days } };
    const { bucket: logs, bucketName } = closedBucket(
      `${name}-bucket`,
      { bucket, policy: trailBucketPolicy(args), rules: [expire, oldVersions], protect, tags },
      { parent: this },
    );
    this.bucketName = bucketName;
    const trail = new aws.cloudtrail.Trail(
      `${name}-of-all-regions`,
      {
        name: args.trailName,
        s3BucketName: this.bucketName,
        isMultiRegionTrail: true,
        includeGlobalServiceEvents: true,
        enableLogFileValidation: true,
        tags,
      },
      { parent: this },
    );
    this.trailArn = trail.arn;
    this.#nodes = { trail, bucket: logs };
    this.registerOutputs({ trailArn: this.trailArn, bucketName: this.bucketName });
  }

  /** The raw resources, to read what the outputs do not say. */
  public get nodes(): TrailNodes {
    return this.#nodes;
  }
}
