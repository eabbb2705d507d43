/** Whether the cluster or the namespace is created in the same plan: then it serves nobody yet. */
import { textAt } from "../../plans/values";
import { type Conditions, type Context, type Outcome, safe, unknown } from "../core/condition";
import { namespaceOf } from "./namespaces";

const CLUSTERS =
  /^(aws:eks\/cluster:Cluster|google_container_cluster|azurerm_kubernetes_cluster|digitalocean_kubernetes_cluster|kind_cluster)$/;

/** Whether the cluster is created in this plan. */
export function isNewCluster({ index, resource }: Pick<Context, "index" | "resource">): boolean {
  const provider = resource.provider === undefined ? undefined : index.byAddress.get(resource.provider);
  if (provider !== undefined) return provider.operation === "create";
  if (index.plan.tool === "pulumi") return false;
  const clusters = index.plan.resources.filter(({ type }) => CLUSTERS.test(type));
  return clusters.length > 0 && clusters.every(({ operation }) => operation === "create");
}

/** Whether the namespace is created in this plan. */
function isNewNamespace({ index, resource }: Context): boolean {
  const name = namespaceOf(index, resource, resource.after);
  const own = index.plan.resources.filter(
    ({ type, after }) => type === "kubernetes:core/v1:Namespace" && textAt(after, "metadata.name") === name,
  );
  return name !== undefined && own.length > 0 && own.every(({ operation }) => operation === "create");
}

/** An object that is created beside running ones may take over requests of theirs. */
function takesOver(context: Context): Outcome {
  if (isNewCluster(context)) return safe("its cluster is new: nobody is served by it yet");
  return isNewNamespace(context) ? safe("its namespace is new: nothing runs in it yet") : unknown(context.row.when);
}

/** Conditions about new clusters. */
export const newCluster: Conditions = {
  takesOver,
};
