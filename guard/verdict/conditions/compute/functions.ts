/** Lambda functions. */
import { isAbsent, numberOf } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { inBlock, setChange } from "../core/lists";

/** -1 is without a limit. */
function concurrency({ before, after, row }: Context): Outcome {
  const [old, next] = [numberOf(before) ?? -1, isAbsent(after) ? -1 : numberOf(after)];
  if (next === undefined) return unknown(row.when);
  if (next === 0) return downtime(`0 stops the function: ${row.when}`);
  if (next === -1 || (old !== -1 && next >= old)) return safe("the limit rises or is removed");
  return degrades(row.when);
}

/** A function that moves to another network. */
function functionNetwork({ resource, row }: Context): Outcome {
  const at = inBlock(resource, "vpcConfig");
  const groups = setChange({ before: at("before", "securityGroupIds"), after: at("after", "securityGroupIds") });
  const subnets = setChange({ before: at("before", "subnetIds"), after: at("after", "subnetIds") });
  const isIn = !isAbsent(at("before", "subnetIds")) && !isAbsent(at("after", "subnetIds"));
  const hadIpv6 = at("before", "ipv6AllowedForDualStack") === true;
  const keepsIpv6 = !hadIpv6 || at("after", "ipv6AllowedForDualStack") === true;
  return isIn && keepsIpv6 && groups?.lost === 0 && subnets?.lost === 0 && subnets.won === 0
    ? safe("the function is in the same subnets and in more groups")
    : unknown(row.when);
}

/** Conditions about functions. */
export const functions: Conditions = {
  functionNetwork,
  concurrency,
};
