/** What the whole account decides: regions denied to it, names that are one space for it, what waits for its deletion. */
import { PENDING } from "../object/side-effects";
import type { ResourceContext } from "../object/resource-context";
import { classOf, serviceOf, type Check, type Operation, type Params } from "./rule";

const BUCKET = "aws:s3/bucket:Bucket";
/** Where IAM, Route 53 and CloudFront are written, whatever region the provider has. */
const GLOBAL_REGION = "us-east-1";
const VERBS: Readonly<Record<Operation, string>> = { create: "Create", update: "Modify", delete: "Delete" };

const isEc2 = (ctx: ResourceContext): boolean => /^aws:(ec2|vpc)\//.test(ctx.type);

function denied(ctx: ResourceContext, operation: Operation): Params | false {
  const region = ctx.scope === "global" ? GLOBAL_REGION : ctx.region;
  const service = isEc2(ctx) ? "ec2" : serviceOf(ctx.type).replace(/^lb$/, "elasticloadbalancing");
  const action = `${service}:${VERBS[operation]}${classOf(ctx.type)}`;
  return ctx.caller.facts.deniedRegions.includes(region) && { principal: ctx.caller.principal, action, region };
}

/** Checks of rules.yaml, by name. EC2 has its own code for a denied region. */
export const ACCOUNT_CHECKS: Readonly<Record<string, Check>> = {
  deniedEc2Region: (ctx, operation) => isEc2(ctx) && denied(ctx, operation),
  deniedRegion: (ctx, operation) => !isEc2(ctx) && denied(ctx, operation),
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
