/** The public and the private endpoint of the cluster's API. */
import { listAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { setChange } from "../core/lists";

const INTERNET = ["0.0.0.0/0", "::/0"];

function publicEndpointOff({ resource, row }: Context): Outcome {
  const isPrivate = valueAt(resource.after, "vpcConfig.endpointPrivateAccess") === true;
  return isPrivate
    ? degrades(`the public endpoint of the API is switched off: ${row.when}`)
    : downtime(`the public endpoint is switched off and the private one is off too: ${row.when}`);
}

function privateEndpointOff({ resource, row }: Context): Outcome {
  const open = listAt(resource.after, "vpcConfig.publicAccessCidrs");
  return open.length === 0 || open.some((cidr) => INTERNET.includes(String(cidr)))
    ? degrades(`nodes now use the public endpoint, which the internet may reach: ${row.when}`)
    : unknown(row.when);
}

function accessNarrower(context: Context): Outcome {
  const change = setChange(context);
  if (change === undefined) return unknown(context.row.when);
  if (change.lost === 0) return safe("only more networks may reach the API");
  const isPrivate = valueAt(context.resource.after, "vpcConfig.endpointPrivateAccess") === true;
  return isPrivate ? degrades(context.row.when) : unknown(context.row.when);
}

/** Conditions about API endpoints. */
export const apiEndpoints: Conditions = {
  publicEndpointOff,
  privateEndpointOff,
  accessNarrower,
};
