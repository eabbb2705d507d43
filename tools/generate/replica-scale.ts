/** Another state of the replica: its file and its policies, step by step, and what of the program each step changes. */
import { nodeGroupName, zoneOrder } from "@fridayproof/components/plan";
import type { ScaleRequest, ScaleStep } from "../../cli/context/hook-types";
import { prod } from "../../stacks/environments/prod";
import { replica, replicaChoice } from "../../stacks/environments/replica";
import { type ReplicaChoice, replicaOf, type ReplicaState } from "../../stacks/environments/replica-of";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { poolSize } from "../../stacks/environments/standby";
import { policyConfigFile } from "./policy-config";
import { REPLICA_FILE, type ReplicaStateFile, replicaStateFile } from "./replica-state";

/** One follows the other: nobody is sent to a leg that is small, and a leg is closed before it shrinks. */
const ORDER: readonly ReplicaState[] = ["standby", "scaled", "open"];

/** The replica as its file gives it in a state. */
export function replicaInState(state: ReplicaState): EnvironmentInput {
  return replicaOf(prod, { ...replicaChoice, state } as ReplicaChoice);
}

function goalOf({ stack, to, open }: ScaleRequest): ReplicaState {
  if (stack !== replica.name) throw new Error(`${stack} is no replica that can be scaled: allowed: ${replica.name}.`);
  if (to === prod.name) return open ? "open" : "scaled";
  if (to !== "standby") throw new Error(`--to: got "${to}"; allowed: ${prod.name}, standby.`);
  if (open) throw new Error("--open: a replica that stands by is not open; leave it out, or go to the primary's size.");
  if (replicaChoice.mode === "cold")
    throw new Error(
      `${REPLICA_FILE}: mode: got "cold"; allowed: "pilot". A cold replica does not stand by: destroy it.`,
    );
  return "standby";
}

const sizeText = (environment: EnvironmentInput, pool: string): string => {
  const { min, desired, max } = poolSize(environment, pool);
  return `${min}-${desired}-${max}`;
};

/** Logical names of all node groups. */
function nodeGroups({ slots, pools, zones, controlPlaneZones }: EnvironmentInput): readonly string[] {
  return Object.keys(slots).flatMap((color) =>
    Object.keys(pools).flatMap((pool) =>
      zoneOrder(zones, controlPlaneZones).map((zone) => nodeGroupName(`${color}-${pool}`, zone)),
    ),
  );
}

/** Every alarm of a leg sleeps while it stands by; which there are depends on what has been made there, a database among it. */
const ALARM = "aws:cloudwatch/metricAlarm:MetricAlarm";

/** What differs between two states. */
type Difference = Pick<ScaleStep, "targets" | "targetTypes" | "changes">;

/** What differs between standing by and the primary's size. */
function sizeChanges(before: EnvironmentInput, after: EnvironmentInput): Difference {
  const colors = Object.keys(after.slots);
  const pools = Object.keys(after.pools).filter((pool) => sizeText(before, pool) !== sizeText(after, pool));
  const runs = after.standby?.applications === "deployed";
  return {
    targets: [...nodeGroups(after), ...colors.map((color) => `${color}-git-ops-root`)],
    targetTypes: [],
    changes: [
      ...pools.map(
        (pool) => `pool ${pool}: ${sizeText(before, pool)} → ${sizeText(after, pool)} nodes (fewest-desired-most)`,
      ),
      runs ? "applications: deployed from Git; they get no traffic yet" : "applications: taken away",
    ],
  };
}

/** What differs between a leg that is closed and one that is open. */
function openingChanges(after: EnvironmentInput, opens: boolean): Difference {
  const colors = Object.keys(after.slots);
  return {
    targets: [
      // Their size does not change; from now on, or no longer, it is left to the autoscaler.
      ...nodeGroups(after),
      ...colors.flatMap((color) => [`${color}-gateway-health`, `${color}-monitoring-alerts`, `${color}-git-ops-root`]),
    ],
    targetTypes: [ALARM],
    changes: opens
      ? ["health check: 503 → 200", "alarms and alerts: enabled", "migrations and scheduled jobs: run"]
      : ["health check: 200 → 503", "alarms and alerts: disabled", "migrations and scheduled jobs: stopped"],
  };
}

function stepOf(file: ReplicaStateFile, from: ReplicaState, to: ReplicaState): ScaleStep {
  const [before, after] = [replicaInState(from), replicaInState(to)];
  const isOpening = from === "open" || to === "open";
  return {
    from,
    to,
    files: [file.inState(to), policyConfigFile(after)],
    ...(isOpening ? openingChanges(after, to === "open") : sizeChanges(before, after)),
  };
}

/** The steps from the state in the file; none where it is there already. @throws Error for what is no state, or where the file writes it another way. */
export function replicaScale(root: string, request: ScaleRequest): readonly ScaleStep[] {
  const goal = goalOf(request);
  const file = replicaStateFile(root);
  const { now } = file;
  const [at, end] = [ORDER.indexOf(now), ORDER.indexOf(goal)];
  const between = ORDER.slice(Math.min(at, end), Math.max(at, end) + 1);
  const way = at <= end ? between : between.toReversed();
  return way.slice(1).map((to, index) => stepOf(file, way[index] ?? now, to));
}
