/** Admission webhooks. */
import { isMap, listAt } from "../../plans/values";
import { type Conditions, degrades, safe, unknown } from "../core/condition";
import { isNewCluster } from "./new-cluster";

/** Conditions about admission webhooks. */
export const webhooks: Conditions = {
  failsClosed: (context) => {
    if (isNewCluster(context)) return safe("its cluster is new: nobody is served by it yet");
    const policies = listAt(context.resource.after, "webhooks")
      .filter(isMap)
      .map((hook) => hook["failurePolicy"] ?? hook["failure_policy"]);
    return policies.length > 0 && policies.every((policy) => policy === "Ignore")
      ? degrades(`requests pass a webhook that fails: ${context.row.when}`)
      : unknown(context.row.when);
  },
};
