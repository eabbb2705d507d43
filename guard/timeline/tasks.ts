/** What there is to make, and what each thing waits for: of a state all of it, of a plan what it makes anew. */
import { isStackType, nameOf, splitReference } from "@fridayproof/components/core";
import { isMap, type Values } from "../verdict/plans/values";
import { type Duration, durationOf, phaseDuration } from "./durations";
import { type Layer, layerOf } from "./layers";
import { chosenPools, type Placement, type Pool, poolOf } from "./placement";
import { TimelineError } from "./timeline-error";

/** A row of a state, or of what a preview makes. */
export interface TimedRow extends Values {
  readonly urn: string;
  readonly type: string;
  readonly inputs?: Values;
}

/** One thing to make. */
export interface Task {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly duration: Duration;
  /** What it waits for, by id. */
  readonly needs: readonly string[];
  readonly layer: Layer;
  /** Of what is ready only when pods run: where they do. */
  readonly pods?: Placement;
  /** Of a node group: which pool it is a part of. */
  readonly pool?: Pool;
}

const RELEASE = "kubernetes:helm.sh/v3:Release";
const ROOT = "kubernetes:argoproj.io/v1alpha1:ApplicationSet";
const BINDING = "kubernetes:elbv2.k8s.aws/v1beta1:TargetGroupBinding";
const NODE_GROUP = "aws:eks/nodeGroup:NodeGroup";

/** Charts of definitions alone. */
const WITHOUT_PODS: ReadonlySet<string> = new Set(["base", "istio-base", "prometheus-operator-crds"]);

/** Add-ons that run on every node and so are there before the first one: EKS does not wait for their pods. */
const DAEMONS: ReadonlySet<string> = new Set(["eks-pod-identity-agent", "kube-proxy", "vpc-cni"]);

const WORKLOAD = /^kubernetes:(?:apps\/v1:(?:Deployment|StatefulSet)|batch\/v1:Job|core\/v1:Pod)$/;

function chartOf({ type, inputs }: TimedRow): string | undefined {
  const chart = type === RELEASE ? inputs?.["chart"] : undefined;
  return typeof chart === "string" ? chart.split("/").at(-1) : undefined;
}

function hasPods(row: TimedRow): boolean {
  const chart = chartOf(row);
  if (row.type === RELEASE) return chart === undefined || !WITHOUT_PODS.has(chart);
  if (row.type === "aws:eks/addon:Addon") return !DAEMONS.has(String(row.inputs?.["addonName"]));
  return WORKLOAD.test(row.type);
}

const strings = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];

/** Everything that a row waits for: Pulumi registers a child only when its parent has an id. */
function needsOf({ dependencies, propertyDependencies, provider, parent }: TimedRow): readonly string[] {
  const properties = isMap(propertyDependencies) ? Object.values(propertyDependencies).flatMap(strings) : [];
  const reference = typeof provider === "string" ? [splitReference(provider).urn] : [];
  return [...strings(dependencies), ...properties, ...reference, ...(typeof parent === "string" ? [parent] : [])];
}

/** Whether a row is a node group. */
export const isNodeGroup = ({ type }: TimedRow): boolean => type === NODE_GROUP;

/** Whether a row is what Argo CD deploys all applications from. */
export const isApplicationRoot = ({ type }: TimedRow): boolean => type === ROOT;

function taskOf(row: TimedRow): Task {
  const { urn, type, inputs = {} } = row;
  return {
    id: urn,
    name: nameOf(urn),
    type,
    duration: durationOf(type, row["custom"] === true, inputs),
    needs: needsOf(row),
    layer: layerOf(urn, chartOf(row)),
    ...(hasPods(row) && { pods: chosenPools(inputs) }),
    ...(type === NODE_GROUP && { pool: poolOf(inputs) }),
  };
}

function phase(name: string, of: string, needs: readonly string[], pods: Placement): Task {
  const duration = phaseDuration(name);
  const id = `phase:${name} ${of}`;
  return {
    id,
    name: `${name} (${nameOf(of)})`,
    type: `phase:${name}`,
    duration,
    needs,
    layer: "applications",
    pods,
  };
}

/** What no resource waits for: the first sync of Argo CD's applications, and targets that answer the load balancer. */
function phasesOf(rows: readonly TimedRow[]): readonly Task[] {
  const gatewaysBeside = ({ parent }: TimedRow): readonly string[] =>
    rows.filter((row) => chartOf(row) === "gateway" && row["parent"] === parent).map(({ urn }) => urn);
  return rows.flatMap((row) => {
    if (row.type === ROOT) return [phase("first-sync", row.urn, [row.urn], "every")];
    return row.type === BINDING ? [phase("targets-healthy", row.urn, [row.urn, ...gatewaysBeside(row)], [])] : [];
  });
}

/** Tasks in an order in which each comes after what it waits for, which is among them. @throws TimelineError where there is none. */
function inOrder(tasks: readonly Task[]): readonly Task[] {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const [done, open] = [new Set<string>(), new Set<string>()];
  const ordered: Task[] = [];
  for (const task of tasks) {
    const stack = [task];
    while (stack.length > 0) {
      const next = stack.at(-1) as Task;
      const waiting = done.has(next.id) ? [] : next.needs.filter((id) => !done.has(id));
      if (waiting.length === 0 || done.has(next.id)) {
        stack.pop();
        if (!done.has(next.id)) ordered.push(next);
        done.add(next.id);
        open.delete(next.id);
        continue;
      }
      open.add(next.id);
      const circle = waiting.find((id) => open.has(id));
      if (circle !== undefined)
        throw new TimelineError(
          `${next.name} and ${byId.get(circle)?.name ?? circle} wait for each other: the file is damaged.`,
        );
      stack.push(...waiting.map((id) => byId.get(id) as Task));
    }
  }
  return ordered;
}

/**
 * Groups of one pool that stand roll one after another, and a state says so; made anew they start together, as
 * `components/cluster/node-pool.ts` makes them.
 */
function withoutNeighbours(tasks: readonly Task[]): readonly Task[] {
  const pools = new Map(tasks.flatMap(({ id, pool }) => (pool === undefined ? [] : [[id, JSON.stringify(pool)]])));
  return tasks.map((task) => {
    const own = pools.get(task.id);
    return own === undefined ? task : { ...task, needs: task.needs.filter((id) => pools.get(id) !== own) };
  });
}

/**
 * The tasks of these rows, each after what it waits for; what is not among them stands already.
 * @param inTurn whether the groups of a pool wait for each other.
 * @throws TimelineError where two wait for each other, or nothing is to be made.
 */
export function tasksOf(rows: readonly TimedRow[], inTurn = false): readonly Task[] {
  const resources = rows.filter(({ type }) => !isStackType(type));
  if (resources.length === 0) throw new TimelineError("nothing is created or replaced, so there is no time to report.");
  const ids = new Set(resources.map(({ urn }) => urn));
  const own = resources.map(taskOf);
  const tasks = [...(inTurn ? own : withoutNeighbours(own)), ...phasesOf(resources)].map((task) => ({
    ...task,
    needs: [...new Set(task.needs)].filter((id) => ids.has(id) && id !== task.id),
  }));
  return inOrder(tasks);
}
