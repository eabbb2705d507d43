/** Policies of KMS keys: account and deploy role administer a key, and whoever else may use one is named with a condition. */

import { policyJson, type TrustStatement } from "./iam";

/** One service or role that may use a key. Without a condition a service could use it for any account's data. */
export type KeyUse = Required<Pick<TrustStatement, "Sid" | "Principal" | "Action" | "Condition">>;

/** What `kms.Key` and `kms.Alias` call on a key that exists. */
export const KEY_WRITES = [
  "kms:CancelKeyDeletion",
  "kms:CreateAlias",
  "kms:DeleteAlias",
  "kms:DisableKey",
  "kms:EnableKey",
  "kms:EnableKeyRotation",
  "kms:PutKeyPolicy",
  "kms:ScheduleKeyDeletion",
  "kms:TagResource",
  "kms:UntagResource",
  "kms:UpdateAlias",
  "kms:UpdateKeyDescription",
] as const;

/** What AWS requires of a caller that gives a key to a service: it describes the key, then gives the service a grant. */
export const KEY_HANDOVER = ["kms:CreateGrant", "kms:DescribeKey"] as const;

/** Who administers a key. */
export interface KeyAdministration {
  /** Account number of twelve digits. */
  readonly account: string;
  /** Role that makes, changes and deletes the key; KMS refuses one that does not exist. */
  readonly administratorArn: string;
  /** Whether the administrator gives the key to a service that uses it by a grant. @default false */
  readonly handsOver?: boolean;
}

/** What encrypting and decrypting takes. */
export const CRYPTOGRAPHY = ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:DescribeKey"];

/**
 * The policy as JSON. Its first statement is AWS's default one: without it a mistake in the others could leave a key
 * that nobody may repair (https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html). The second
 * names the administrator, because permissions by tag count only some minutes after a key has its tags: the calls right
 * after CreateKey would be refused (https://docs.aws.amazon.com/kms/latest/developerguide/tag-authorization.html). In the
 * policy of a key, `*` is that key.
 */
export function keyPolicy(by: KeyAdministration, uses: readonly KeyUse[] = []): string {
  const administration: readonly TrustStatement[] = [
    {
      Sid: "AccountAdministers",
      Effect: "Allow",
      Principal: { AWS: `arn:aws:iam::${by.account}:root` },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "DeployRoleAdministers",
      Effect: "Allow",
      Principal: { AWS: by.administratorArn },
      Action: [...KEY_WRITES, ...(by.handsOver === true ? KEY_HANDOVER : [])],
      Resource: "*",
    },
  ];
  const statements = uses.map(({ Sid, Principal, Action, Condition }): TrustStatement => ({
    Sid,
    Effect: "Allow",
    Principal,
    Action,
    Resource: "*",
    Condition,
  }));
  return policyJson([...administration, ...statements]);
}
