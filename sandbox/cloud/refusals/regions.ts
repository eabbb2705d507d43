/** Row: an organisation policy denies calls to a region; global services are called in us-east-1. */
import type { Making } from "../aws/making";
import { serviceOf, WRITES, type Operation, type Refusal } from "./row";

/** Where IAM, Route 53 and CloudFront are written, whatever region the provider has. */
const GLOBAL_REGION = "us-east-1";

const VERBS: Readonly<Record<Operation, string>> = { create: "Create", update: "Modify", delete: "Delete" };

function denied(made: Making, operation: Operation): string | undefined {
  const region = made.scope === "global" ? GLOBAL_REGION : made.region;
  if (!made.caller.facts.deniedRegions.includes(region)) return undefined;
  const service = serviceOf(made.type).replace(/^vpc$/, "ec2").replace(/^lb$/, "elasticloadbalancing");
  const action = `${service}:${VERBS[operation]}${made.type.split(":").pop() ?? ""}`;
  return `User: ${made.caller.principal} is not authorized to perform: ${action} in ${region} with an explicit deny in a service control policy`;
}

function row(code: string, service: string, judges: (made: Making) => boolean): Refusal {
  return {
    rule: `denied region ${service}`,
    code,
    service,
    types: "all",
    operations: [...WRITES, "delete"],
    source: "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
    refuses: (made, operation) => (judges(made) ? denied(made, operation) : undefined),
  };
}

const isEc2 = (made: Making): boolean => /^aws:(ec2|vpc)\//.test(made.type);

/** Rows: EC2 has its own code for it. */
export const REGION_ROWS: readonly Refusal[] = [
  row("UnauthorizedOperation", "ec2", isEc2),
  row("AccessDenied", "any other", (made) => !isEc2(made)),
];
