/** VPC endpoints: traffic that they take, and what is left without them. */
import { isAbsent, listAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { deletedOwners, named } from "../core/related";

function endpointTakes({ index, resource, row }: Context): Outcome {
  if (index.isNew(resource, "vpcId")) return safe("its network is new");
  const takes =
    valueAt(resource.after, "privateDnsEnabled") === true || listAt(resource.after, "routeTableIds").length > 0;
  return takes ? unknown(row.when) : safe("no name and no route leads to it yet");
}

const NAT = "aws:ec2/natGateway:NatGateway";

const INTERNET_ROUTES = [NAT, "aws:ec2/internetGateway:InternetGateway"];

/** A deleted endpoint: whether its traffic has another route. */
function otherWay(context: Context): Outcome {
  const { index, resource, row } = context;
  if (deletedOwners(context, "vpcId").length > 0) return safe("its network is deleted too; see its own verdict");
  const bound = index.plan.resources.filter(
    ({ operation, after }) => operation !== "delete" && JSON.stringify(after ?? {}).includes("aws:sourceVpce"),
  );
  if (bound.length > 0) return downtime(`${named(bound)} allows only requests through an endpoint: ${row.when}`);
  const network = valueAt(resource.before, "vpcId");
  const gateways = index.plan.resources.filter(
    ({ type, operation, before }) =>
      INTERNET_ROUTES.includes(type) &&
      operation !== "delete" &&
      operation !== "create" &&
      (isAbsent(valueAt(before, "vpcId")) || valueAt(before, "vpcId") === network),
  );
  if (gateways.some(({ type }) => type === NAT))
    return degrades(`${named(gateways)} is another route, through public addresses: ${row.when}`);
  return index.plan.hasUnchanged && gateways.length === 0
    ? downtime(`no other route to the internet is in this plan: ${row.when}`)
    : unknown(row.when);
}

/** Conditions about VPC endpoints. */
export const vpcEndpoints: Conditions = {
  endpointTakes,
  otherWay,
};
