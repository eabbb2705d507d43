/** Every AWS type that the sandbox knows, by Pulumi token. */
import { APPCONFIG } from "./appconfig";
import { CERTIFICATES } from "./acm";
import { CODE } from "./code";
import { EC2 } from "./ec2";
import { EKS } from "./eks";
import type { AwsType } from "./entry";
import { IAM } from "./iam";
import { KMS } from "./kms";
import { LB } from "./lb";
import { OBSERVE } from "./observe";
import { ROUTE53 } from "./route53";
import { S3 } from "./s3";
import { SECURITY_GROUPS } from "./security-groups";

/** Token to entry. */
export const AWS_TYPES: Readonly<Record<string, AwsType>> = {
  ...EC2,
  ...SECURITY_GROUPS,
  ...IAM,
  ...KMS,
  ...EKS,
  ...LB,
  ...S3,
  ...ROUTE53,
  ...CERTIFICATES,
  ...OBSERVE,
  ...CODE,
  ...APPCONFIG,
};
