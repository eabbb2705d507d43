/** Add-ons of EKS. */
import type { Resource } from "../../plans/change";
import { textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { minorsUp } from "./versions";

/** The name of an add-on, such as `vpc-cni`. */
export const addonName = (resource: Resource): string | undefined =>
  textAt(resource.after ?? resource.before, "addonName");

function kubeProxySkew({ index, resource, after, row }: Context): Outcome {
  const cluster = index
    .ofType("aws:eks/cluster:Cluster")
    .find((one) => textAt(one.after, "name") === textAt(resource.after, "clusterName"));
  const gap = minorsUp({ before: textAt(cluster?.after, "version"), after });
  if (gap === undefined) return unknown(row.when);
  return gap > 0
    ? downtime(`${row.when} (it is newer than its cluster)`)
    : gap < -1
      ? unknown(row.when)
      : degrades(`node by node; ${row.when}`);
}

/** Settings of an add-on that were changed by hand. */
function handsOverwritten({ resource, row }: Context): Outcome {
  const isUpdated = resource.paths.some(({ segments }) =>
    /^(addon_?version|configuration_?values|service_?account_?role_?arn|pod_?identity_?associations?)$/i.test(
      segments[0] ?? "",
    ),
  );
  return isUpdated ? unknown(row.when) : safe("nothing else of the add-on changes: it applies from its next update on");
}

/** Conditions about add-ons. */
export const addons: Conditions = {
  kubeProxySkew,
  addonLeaves: ({ resource, row }) =>
    valueAt(resource.before, "preserve") === true ? degrades(row.when) : downtime(row.when),
  handsOverwritten,
};
