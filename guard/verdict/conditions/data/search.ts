/** Domains of OpenSearch. */
import { isAbsent } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, unknown, worstOf } from "../core/condition";
import { inBlock } from "../core/lists";

/** The endpoint of a domain: its name, and whether it requires TLS. */
function searchEndpoint({ resource, row }: Context): Outcome {
  const at = inBlock(resource, "domainEndpointOptions");
  const own = at("before", "customEndpoint");
  const renamed =
    !isAbsent(own) && own !== at("after", "customEndpoint") ? [downtime(`${String(own)} no longer leads there`)] : [];
  const secure =
    at("before", "enforceHttps") !== true && at("after", "enforceHttps") === true
      ? [unknown("clients without TLS are refused from now on")]
      : [];
  return worstOf([...renamed, ...secure, degrades(row.when)]);
}

/** Conditions about search domains. */
export const search: Conditions = {
  searchEndpoint,
};
