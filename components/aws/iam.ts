/** IAM documents as data, in the types of `@pulumi/aws`: written once and turned into JSON at the edge. */
import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

/** A value that nobody changes, down to the last list. */
type Fixed<T> = T extends readonly (infer Item)[]
  ? readonly Fixed<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Fixed<T[Key]> }
    : T;

/** Pulumi's type without outputs: what is known can be read and tested without running a program. */
type Known<T> = Fixed<pulumi.Unwrap<T>>;

/** Operator to condition key to accepted values. */
export type Conditions = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** One statement of an identity policy: what its owner may do. */
export interface Statement extends Known<aws.iam.PolicyStatement> {
  readonly Principal?: undefined;
  readonly Action: readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Conditions;
}

/** One statement of a policy on a resource, or of a role's trust: who may do it. */
export interface TrustStatement extends Known<aws.iam.PolicyStatement> {
  readonly Principal: "*" | Known<Exclude<aws.iam.Principal, string>>;
  readonly Action: string | readonly string[];
  readonly Condition?: Conditions;
}

/** A document whose values are all known. */
export interface PolicyDocument extends Known<aws.iam.PolicyDocument> {
  readonly Statement: readonly (Statement | TrustStatement)[];
}

/** The version of IAM's language; the older one has no variables. */
const Version = "2012-10-17";

/** The document of these statements. */
export function policyDocument<S extends Statement | TrustStatement>(Statement: readonly S[]) {
  return { Version, Statement } satisfies PolicyDocument;
}

/** The document as JSON, keys in the order in which they are written and without white space: IAM counts characters. */
export function policyJson(statements: readonly (Statement | TrustStatement)[]): string {
  return JSON.stringify(policyDocument(statements));
}

/** Trusts an AWS service, for this account's resources only: this prevents the confused-deputy problem. */
export function trustOfService(account: string, service: string): TrustStatement {
  return {
    Effect: "Allow",
    Principal: { Service: service },
    Action: "sts:AssumeRole",
    Condition: { StringEquals: { "aws:SourceAccount": account } },
  };
}

/** Refuses everything without TLS, to everybody: the statement that closes a bucket. */
export function tlsOnly(bucketArn: string): TrustStatement {
  return {
    Sid: "NobodyWithoutTls",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucketArn, `${bucketArn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
