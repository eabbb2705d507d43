/** Domains of OpenSearch. */
import { isAbsent } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, unknown, worstOf } from "../core/condition";
import { inBlock } from "../core/lists";

/** A domain's endpoint: under which name, and whether without TLS. */
function searchEndpoint({ resource, row }: Context): Outcome {
  const at = inBlock(resource, "domainEndpointOptions");
  const own = at("before", "customEndpoint");
  const renamed =
    !isAbsent(own) && own !== at("after", "customEndpoint") ? [downtime(`${String(own)} no longer leads there`)] : [];
  const secure =
    at("before", "enforceHttps") !== true && at("after", "enforceHttps") === true
      ? [unknown("who calls without TLS is refused from now on")]
      : [];
  return worstOf([...renamed, ...secure, degrades(row.when)]);
}

/** Conditions about search domains. */
export const search: Conditions = {
  searchEndpoint,
};
