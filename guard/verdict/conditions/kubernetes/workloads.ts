/** Deployments and Rollouts: rollouts, pod labels, selectors. */
import { quantityOf } from "../../effects/transitions";
import { isAbsent, isMap, listAt, numberAt, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe } from "../core/condition";

/** A workload under a new name: whether the run waits until its pods are ready. */
function newOneAwaited({ resource, row }: Context): Outcome {
  const isSkipped =
    valueAt(resource.after, "metadata.annotations.pulumi.com/skipAwait") === "true" ||
    valueAt(resource.after, "waitForRollout") === false;
  return isSkipped ? downtime(`the run does not wait until the new pods are ready: ${row.when}`) : degrades(row.when);
}

/** Types of workloads with a pod template. */
export const WORKLOADS = /^kubernetes:(apps\/[^:]+:(Deployment|StatefulSet|DaemonSet)|argoproj\.io\/[^:]+:Rollout)$/;

/** Kubernetes' default for maxUnavailable, in percent. */
const DEFAULT_SHARE = 25;

const PERCENT = 100;

function shareOf(value: unknown, replicas: number): number {
  const share = quantityOf(value) ?? DEFAULT_SHARE;
  const isShare = isAbsent(value) || (typeof value === "string" && value.endsWith("%"));
  return isShare ? Math.floor((replicas * share) / PERCENT) : share;
}

/** Labels of the pods of a workload. */
export function podLabelsOf(values: Values | undefined): Values {
  const labels = valueAt(values, "spec.template.metadata.labels");
  return isMap(labels) ? labels : {};
}

/** Whether a selector finds pods with these labels; one without terms matches none here. */
export function selects(selector: unknown, labels: Values): boolean {
  const terms = isMap(selector) ? Object.entries(selector) : [];
  return terms.length > 0 && terms.every(([key, value]) => labels[key] === value);
}

/** Claims that the pods of a workload mount. */
export function claimsOf(values: Values | undefined): readonly string[] {
  return listAt(values, "spec.template.spec.volumes").flatMap(
    (volume) => textAt(isMap(volume) ? volume : undefined, "persistentVolumeClaim.claimName") ?? [],
  );
}

/** A resource that only one pod can use at a time: a port of the node, or a volume of one node. */
function heldByOne({ index, resource }: Context): string | undefined {
  const spec = valueAt(resource.after, "spec.template.spec");
  if (!isMap(spec)) return undefined;
  const isHostPort = [...listAt(spec, "containers.ports"), ...listAt(spec, "container.port")].some(
    (port) => isMap(port) && (numberAt(port, "hostPort") ?? 0) > 0,
  );
  if (isHostPort || valueAt(spec, "hostNetwork") === true) return "a port of the node";
  const [claim] = claimsOf(resource.after);
  if (claim === undefined) return undefined;
  const own = index.plan.resources.find(
    ({ type, after }) =>
      type === "kubernetes:core/v1:PersistentVolumeClaim" && textAt(after, "metadata.name") === claim,
  );
  return listAt(own?.after, "spec.accessModes").includes("ReadWriteMany") ? undefined : `the volume of ${claim}`;
}

/** The effect of a new template on the running pods. */
export function rollout(context: Context): Outcome {
  const { resource, row } = context;
  const strategy = textAt(resource.after, "spec.strategy.type") ?? "RollingUpdate";
  const replicas = numberAt(resource.after, "spec.replicas") ?? 1;
  if (replicas === 0 && numberAt(resource.before, "spec.replicas") === 0) return safe("no pod of it runs");
  if (strategy === "Recreate")
    return downtime(`the strategy is Recreate: all old pods end before a new one starts. ${row.when}`);
  const away = shareOf(valueAt(resource.after, "spec.strategy.rollingUpdate.maxUnavailable"), replicas);
  const containers = listAt(resource.after, "spec.template.spec.containers").filter(isMap);
  const isProbed =
    containers.length > 0 && containers.some((container) => !isAbsent(valueAt(container, "readinessProbe")));
  if (away >= replicas) return downtime(`maxUnavailable takes all ${replicas} pods at once: ${row.when}`);
  const held = heldByOne(context);
  if (held !== undefined && away === 0)
    return degrades(`the rollout may make no progress: a new pod needs ${held}, which the old one uses. ${row.when}`);
  if (away === 0 && isProbed)
    return safe("new pods are ready before old ones are deleted (a readiness probe, no pod unavailable)");
  const why = isProbed
    ? `up to ${away} of ${replicas} pods are away`
    : "without a readiness probe a new pod counts as ready at once";
  return degrades(`${why}: ${row.when}`);
}

/** A resumed rollout applies the pending template. */
function paused(context: Context): Outcome {
  return context.after === true ? safe("no rollout starts until it is resumed; pods run on") : rollout(context);
}

/** Conditions about workloads. */
export const workloads: Conditions = {
  rollout,
  newOneAwaited,
  paused,
};
