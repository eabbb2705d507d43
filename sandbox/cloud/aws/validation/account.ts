/** What the whole account decides: names that are one space for it, what waits for its deletion. */
import { PENDING } from "../object/side-effects";
import type { Check } from "./rule";

const BUCKET = "aws:s3/bucket:Bucket";
/** Checks of rules.yaml, by name. */
export const ACCOUNT_CHECKS: Readonly<Record<string, Check>> = {
  keyPendingDeletion(ctx) {
    const key = ctx.text("targetKeyId") || ctx.text("primaryKeyArn");
    const pending = ctx.caller.account.all(PENDING).find(({ outputs }) => outputs.id === key || outputs.arn === key);
    return pending && { key: pending.outputs.arn };
  },
  bucketName: (ctx) => ctx.caller.account.find(BUCKET, ctx.text("bucket")) !== undefined,
  recordExists(ctx) {
    const exists = ctx.caller.account.find(ctx.type, ctx.fill("=recordId"), "global") !== undefined;
    return exists && ctx.inputs.allowOverwrite !== true && { fqdn: ctx.fill("=fqdn") };
  },
  secretPendingDeletion: (ctx) =>
    ctx.near(PENDING).some(({ outputs }) => outputs.type === ctx.type && outputs.name === ctx.text("name")),
};
