/** What the whole account decides: regions denied to it, names that are one space for it, what waits for its deletion. */
import { PENDING } from "../object/side-effects";
import type { ResourceContext } from "../object/resource-context";
import { classOf, serviceOf, type Check, type Operation, type Words } from "./row";

const BUCKET = "aws:s3/bucket:Bucket";
/** Where IAM, Route 53 and CloudFront are written, whatever region the provider has. */
const GLOBAL_REGION = "us-east-1";
const VERBS: Readonly<Record<Operation, string>> = { create: "Create", update: "Modify", delete: "Delete" };

const isEc2 = (ctx: ResourceContext): boolean => /^aws:(ec2|vpc)\//.test(ctx.type);

function denied(ctx: ResourceContext, operation: Operation): Words | false {
  const region = ctx.scope === "global" ? GLOBAL_REGION : ctx.region;
  const service = isEc2(ctx) ? "ec2" : serviceOf(ctx.type).replace(/^lb$/, "elasticloadbalancing");
  const action = `${service}:${VERBS[operation]}${classOf(ctx.type)}`;
  return ctx.caller.facts.deniedRegions.includes(region) && { principal: ctx.caller.principal, action, region };
}

/** Rows of rows.yaml, by name. EC2 has its own code for a denied region. */
export const ACCOUNT_CHECKS: Readonly<Record<string, Check>> = {
  deniedEc2Region: (made, operation) => isEc2(made) && denied(made, operation),
  deniedRegion: (made, operation) => !isEc2(made) && denied(made, operation),
  keyPendingDeletion(made) {
    const key = made.text("targetKeyId") || made.text("primaryKeyArn");
    const pending = made.caller.account.all(PENDING).find(({ outputs }) => outputs.id === key || outputs.arn === key);
    return pending && { key: pending.outputs.arn };
  },
  bucketName: (made) => made.caller.account.find(BUCKET, made.text("bucket")) !== undefined,
  recordExists(made) {
    const exists = made.caller.account.find(made.type, made.fill("=recordId"), "global") !== undefined;
    return exists && made.inputs.allowOverwrite !== true && { fqdn: made.fill("=fqdn") };
  },
  secretPendingDeletion: (made) =>
    made.near(PENDING).some(({ outputs }) => outputs.type === made.type && outputs.name === made.text("name")),
};
