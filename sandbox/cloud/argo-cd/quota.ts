/** ResourceQuotas of a namespace: whether what stands in it, and runs twice during a release, fits. */
import { parseQuantity } from "@fridayproof/components/core";
import { isObject, type PropertyMap } from "../../property/values";
import { valuesAt } from "../../property/paths";
import type { CloudObject } from "../account/account";
import type { Cluster } from "../kubernetes/cluster";
import { kindOf, pluralOf } from "../kubernetes/kinds";

const QUOTA = "kubernetes:core/v1:ResourceQuota";
const WORKLOADS = ["Deployment", "Rollout", "StatefulSet"];
/** A text that is no quantity is neither above nor below another. */
const quantity = (value: unknown): number => parseQuantity(String(value)) ?? Number.NaN;

const kindIn = ({ type }: CloudObject): string => kindOf(type).kind;

/** How many pods a workload has at most at once without being scaled up: a Rollout has those of both versions. */
function podsOf(workload: CloudObject, objects: readonly CloudObject[]): number {
  const [name] = valuesAt(workload.inputs, "metadata.name");
  const scaler = objects.find(
    (each) =>
      kindIn(each) === "HorizontalPodAutoscaler" &&
      valuesAt(each.inputs, "spec.scaleTargetRef.name").includes(name ?? ""),
  );
  const [replicas = 1] = [
    ...valuesAt(workload.inputs, "spec.replicas"),
    ...valuesAt(scaler?.inputs, "spec.minReplicas"),
  ];
  return Number(replicas) * (kindIn(workload) === "Rollout" ? 2 : 1);
}

/** What the pods of a namespace request, of one resource. */
function totalOf(objects: readonly CloudObject[], field: "requests" | "limits", resource: string): number {
  return objects
    .filter((each) => WORKLOADS.includes(kindIn(each)))
    .reduce((sum, workload) => {
      const each = valuesAt(workload.inputs, `spec.template.spec.containers.resources.${field}.${resource}`);
      return sum + podsOf(workload, objects) * each.reduce<number>((one, value) => one + quantity(value), 0);
    }, 0);
}

/** What is used of a quota's row; undefined for rows that nothing here counts. */
function used(row: string, objects: readonly CloudObject[]): number | undefined {
  const [field, resource = ""] = row.includes(".") ? row.split(".") : ["requests", row];
  if (row === "pods")
    return objects
      .filter((each) => WORKLOADS.includes(kindIn(each)))
      .reduce((sum, workload) => sum + podsOf(workload, objects), 0);
  if ((field === "requests" || field === "limits") && ["cpu", "memory"].includes(resource))
    return totalOf(objects, field, resource);
  const counted = row.startsWith("count/") ? row.slice("count/".length) : row;
  const kinds = objects.filter((each) => pluralOf(kindOf(each.type)) === counted);
  return row.startsWith("count/") || kinds.length > 0 ? kinds.length : undefined;
}

/** Rows of the namespace's quotas that are passed, as sentences. */
export function quotaProblems(namespace: string, cluster: Cluster): readonly string[] {
  const objects = cluster.objects().filter(({ id }) => id.startsWith(`${namespace}/`));
  return objects
    .filter(({ type }) => type === QUOTA)
    .flatMap(({ id, inputs }) => {
      const [hard] = valuesAt(inputs, "spec.hard");
      const rows: PropertyMap = isObject(hard) ? hard : {};
      return Object.entries(rows).flatMap(([row, bound]) => {
        const use = used(row, objects);
        if (use === undefined || !(use > quantity(bound))) return [];
        return [`ResourceQuota "${id}" allows ${row} ${String(bound)}, and a release needs ${use}.`];
      });
    });
}
