/** Rows: what a name may look like, and that nobody else has it. */
import { AWS_TYPES, type AwsType } from "../aws/entry";
import { PENDING } from "../aws/aftermath";
import type { Making } from "../aws/making";
import { sentence, serviceOf, WRITES, type Refusal } from "./row";

function misnamed(made: Making, naming: NonNullable<AwsType["naming"]>): string | undefined {
  const { property = "name", min = 1, max, pattern, message } = naming;
  const name = made.text(property);
  if (made.inputs[property] === undefined) return undefined;
  const fits = name.length >= min && name.length <= max && new RegExp(pattern).test(name);
  return fits ? undefined : sentence(made, message, { name, max });
}

function taken(made: Making, unique: NonNullable<AwsType["unique"]>): string | undefined {
  const valuesOf = (inputs: Making["inputs"]): string =>
    JSON.stringify(unique.by.map((property) => inputs[property] ?? null));
  if (unique.by.every((property) => made.inputs[property] === undefined)) return undefined;
  const mine = valuesOf(made.inputs);
  const holder = made.caller.account
    .all(made.type)
    .find(({ scope, inputs }) => scope === made.scope && valuesOf(inputs) === mine);
  return holder && sentence(made, unique.message);
}

const NAMING = Object.entries(AWS_TYPES).flatMap(([type, { naming }]): Refusal[] => {
  if (naming === undefined) return [];
  const { code, source } = naming;
  return [
    {
      rule: "naming",
      code,
      service: serviceOf(type),
      types: [type],
      operations: WRITES,
      source,
      refuses: (made) => misnamed(made, naming),
    },
  ];
});

const TAKEN = Object.entries(AWS_TYPES).flatMap(([type, { unique }]): Refusal[] => {
  if (unique === undefined) return [];
  const { code, source } = unique;
  return [
    {
      rule: "unique",
      code,
      service: serviceOf(type),
      types: [type],
      operations: ["create"],
      source,
      refuses: (made) => taken(made, unique),
    },
  ];
});

const BUCKET = "aws:s3/bucket:Bucket";
const RECORD = "aws:route53/record:Record";

/** Names whose space is wider than a region, or whose owner is not an object any more. */
const SPECIAL: readonly Refusal[] = [
  {
    rule: "bucket name",
    code: "BucketAlreadyOwnedByYou",
    service: "s3",
    types: [BUCKET],
    operations: ["create"],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html",
    refuses: (made) =>
      made.caller.account.find(BUCKET, made.text("bucket"))
        ? `Your previous request to create the named bucket succeeded and you already own it: ${made.text("bucket")}`
        : undefined,
  },
  {
    rule: "record exists",
    code: "InvalidChangeBatch",
    service: "route53",
    types: [RECORD],
    operations: ["create"],
    source: "https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeResourceRecordSets.html",
    refuses: (made) => {
      const exists = made.caller.account.find(RECORD, made.fill("=recordId"), "global");
      if (!exists || made.inputs.allowOverwrite === true) return undefined;
      return `[Tried to create resource record set [name='${made.fill("=fqdn")}.', type='${made.text("type")}'] but it already exists]`;
    },
  },
  {
    rule: "secret pending deletion",
    code: "InvalidRequestException",
    service: "secretsmanager",
    types: ["aws:secretsmanager/secret:Secret"],
    operations: ["create"],
    source: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/manage_delete-secret.html",
    refuses: (made) =>
      made.near(PENDING).some(({ outputs }) => outputs.type === made.type && outputs.name === made.text("name"))
        ? "You can't create this secret because a secret with this name is already scheduled for deletion."
        : undefined,
  },
];

/** Rows. */
export const NAME_ROWS: readonly Refusal[] = [...NAMING, ...TAKEN, ...SPECIAL];
