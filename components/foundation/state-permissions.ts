/** What Pulumi needs of a state bucket and its key: to change states, or to read them and hold their lock. */
import { policyJson, type Statement, tlsOnly, type TrustStatement } from "../aws/iam";
import { regional, type Scope } from "./scope";

/** Where states are. */
export interface StateScope extends Scope {
  /** A bucket per region. */
  readonly stateBuckets: readonly string[];
  /** Alias of the key, the same in every region. */
  readonly stateKeyAlias: string;
}

const arnOf = (bucket: string): string => `arn:aws:s3:::${bucket}`;

function keyStatement(scope: StateScope, actions: readonly string[]): Statement {
  return {
    Sid: "StateKey",
    Effect: "Allow",
    Action: actions,
    Resource: regional(scope, "kms", ["key/*"]),
    Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": scope.stateKeyAlias } },
  };
}

/** Reads and writes states, history and locks. */
export function stateWriteStatements(scope: StateScope): Statement[] {
  return [
    {
      Sid: "StateObjects",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
      Resource: scope.stateBuckets.map((bucket) => `${arnOf(bucket)}/.pulumi/*`),
    },
    { Sid: "StateLists", Effect: "Allow", Action: ["s3:ListBucket"], Resource: scope.stateBuckets.map(arnOf) },
    keyStatement(scope, ["kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey"]),
  ];
}

/** Reads states. A preview takes the stack's lock as well, so locks, and nothing else, may be written. */
export function stateReadStatements(scope: StateScope): Statement[] {
  return [
    {
      Sid: "ReadStates",
      Effect: "Allow",
      Action: ["s3:GetObject"],
      Resource: scope.stateBuckets.map((bucket) => `${arnOf(bucket)}/.pulumi/*`),
    },
    {
      Sid: "HoldLocks",
      Effect: "Allow",
      Action: ["s3:DeleteObject", "s3:PutObject"],
      Resource: scope.stateBuckets.map((bucket) => `${arnOf(bucket)}/.pulumi/locks/*`),
    },
    { Sid: "StateLists", Effect: "Allow", Action: ["s3:ListBucket"], Resource: scope.stateBuckets.map(arnOf) },
    // GenerateDataKey, because a lock is an encrypted object like any other.
    keyStatement(scope, ["kms:Decrypt", "kms:GenerateDataKey"]),
  ];
}

/**
 * A state bucket's policy: TLS only, and nobody deletes the bucket or a version of a state.
 * @param locked false while the foundation is torn down.
 */
export function stateBucketPolicy(bucket: string, locked: boolean): string {
  const retained: TrustStatement = {
    Sid: "NobodyDeletesHistory",
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:DeleteBucket", "s3:DeleteObjectVersion"],
    Resource: [arnOf(bucket), `${arnOf(bucket)}/*`],
  };
  return policyJson([tlsOnly(arnOf(bucket)), ...(locked ? [retained] : [])]);
}
