/** KMS keys, replicas and aliases. */
import { nameLimits } from "../../../../components/core/limits";
import type { Making } from "../making";
import type { AwsType } from "./entry";

const API = "https://docs.aws.amazon.com/kms/latest/APIReference";
const ARN = "arn:aws:kms:{region}:{account}";
const DEFAULTS = { bypassPolicyLockoutSafetyCheck: false };

function keyId(made: Making): string {
  const digits = made.hash(32);
  if (made.inputs.multiRegion === true) return `mrk-${digits}`;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Entries. */
export const KMS: Readonly<Record<string, AwsType>> = {
  "aws:kms/key:Key": {
    source: "kms/key.go",
    forceNew: ["customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"],
    id: keyId,
    arn: `${ARN}:key/{id}`,
    defaults: { ...DEFAULTS, customerMasterKeySpec: "SYMMETRIC_DEFAULT", isEnabled: true, keyUsage: "ENCRYPT_DECRYPT" },
    outputs: {
      keyId: "{id}",
      enableKeyRotation: (made) => made.inputs.enableKeyRotation ?? false,
      multiRegion: (made) => made.inputs.multiRegion ?? false,
      policy: (made) => made.inputs.policy ?? `{"Version":"2012-10-17","Id":"key-default-1"}`,
      rotationPeriodInDays: (made) => (made.inputs.enableKeyRotation === true ? 365 : 0),
    },
  },
  "aws:kms/replicaKey:ReplicaKey": {
    source: "kms/replica_key.go",
    forceNew: ["primaryKeyArn"],
    id: (made) => made.text("primaryKeyArn").split("/")[1] ?? "",
    arn: `${ARN}:key/{id}`,
    defaults: { ...DEFAULTS, enabled: true },
    references: { primaryKeyArn: "anyRegionKey" },
    outputs: { keyId: "{id}", keySpec: "SYMMETRIC_DEFAULT", keyUsage: "ENCRYPT_DECRYPT", keyRotationEnabled: true },
  },
  "aws:kms/alias:Alias": {
    source: "kms/alias.go",
    forceNew: ["name", "namePrefix"],
    id: "{name}",
    arn: `${ARN}:{name}`,
    autoname: { prefix: "alias/", max: nameLimits.kmsAlias.value },
    naming: {
      max: nameLimits.kmsAlias.value,
      pattern: /^alias\/(?!aws\/)[\w/-]+$/,
      code: "ValidationException",
      message:
        "Alias '{name}' is refused: it must begin with alias/ (not alias/aws/) and hold up to {max} of letters, digits, / _ -",
      source: nameLimits.kmsAlias.source,
    },
    unique: {
      by: ["name"],
      code: "AlreadyExistsException",
      message: "An alias with the name arn:aws:kms:{region}:{account}:{name} already exists",
      source: `${API}/API_CreateAlias.html`,
    },
    references: { targetKeyId: "key" },
    outputs: {
      targetKeyArn: (made) =>
        made.text("targetKeyId").startsWith("arn:") ? made.text("targetKeyId") : made.fill(`${ARN}:key/{targetKeyId}`),
    },
  },
};
