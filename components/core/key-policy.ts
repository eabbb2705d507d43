/** Policies of KMS keys: the account administers its keys, and whoever else may use one is named with a condition. */

/** One service or role that may use a key. */
export interface KeyUse {
  /** Name of the statement. */
  readonly sid: string;
  readonly principal: Readonly<Record<string, string>>;
  readonly actions: readonly string[];
  /** Without one a service could use the key for any account's data. */
  readonly condition: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What encrypting and decrypting takes. */
export const CRYPTOGRAPHY = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * The policy as JSON. Its first statement is AWS's default one: without it a mistake in the others could leave a key
 * that nobody may repair (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html). In the policy
 * of a key, `*` is that key.
 */
export function keyPolicy(account: string, uses: readonly KeyUse[] = []): string {
  const administration = {
    Sid: "AccountAdministers",
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "kms:*",
    Resource: "*",
  };
  const statements = uses.map(({ sid, principal, actions, condition }) => ({
    Sid: sid,
    Effect: "Allow",
    Principal: principal,
    Action: actions,
    Resource: "*",
    Condition: condition,
  }));
  return JSON.stringify({ Version: "2012-10-17", Statement: [administration, ...statements] });
}
