/** How large the fields of a spec may be: what no node, no gate and no API server could ever take. */
import type { Problem } from "../../core/checks";
import { applicationSpecLimits } from "../../core/limits/application-spec";
import { clusterLimits } from "../../core/limits/cluster";
import { parseQuantity } from "../../core/quantity";
import { replicaBounds } from "./scaling";
import type { AppSpec } from "./spec";

const THOUSANDTHS = 1000;

/** Whether a quantity is more than another one; both have the form of one. */
function isMore(quantity: string, than: string): boolean {
  return (parseQuantity(quantity) ?? Number.NaN) > (parseQuantity(than) ?? Number.NaN);
}

function cpuProblems({ resources }: AppSpec): Problem[] {
  if (resources === undefined) return [];
  const { leastCpu, mostCpu } = applicationSpecLimits;
  const [least, most] = [`${leastCpu.value * THOUSANDTHS}m`, String(mostCpu.value)];
  if (!(isMore(least, resources.cpu) || isMore(resources.cpu, most))) return [];
  const allowed = `from ${least} to ${most} cores`;
  const fix = `Write "500m" for half a core: "500" is five hundred cores, for which there is no node.`;
  return [{ path: "resources.cpu", got: resources.cpu, allowed, fix }];
}

function memoryProblems({ resources }: AppSpec): Problem[] {
  if (resources === undefined) return [];
  const { leastMemory, mostMemory } = applicationSpecLimits;
  const [least, most] = [`${leastMemory.value}Mi`, `${mostMemory.value}Gi`];
  if (!(isMore(least, resources.memory) || isMore(resources.memory, most))) return [];
  const allowed = `from ${least} to ${most}`;
  const fix =
    "Write what the process uses, and a quarter more: with less it is killed, and with more there is no node.";
  return [{ path: "resources.memory", got: resources.memory, allowed, fix }];
}

function scratchProblems({ state = "none" }: AppSpec): Problem[] {
  const most = `${clusterLimits.nodeVolume.value}Gi`;
  if (state === "none" || !isMore(state.size, most)) return [];
  const allowed = `up to ${most}, the disk of a node`;
  return [{ path: "state.size", got: state.size, allowed, fix: "Keep large files in S3." }];
}

function replicaProblems({ replicas }: AppSpec): Problem[] {
  const { replicasCeiling } = applicationSpecLimits;
  const { max } = replicaBounds(replicas);
  if (!(max > replicasCeiling.value)) return [];
  const path = typeof replicas === "object" ? "replicas.max" : "replicas";
  const allowed = `up to ${replicasCeiling.value}: a release runs twice as many`;
  return [{ path, got: max, allowed, fix: "Give each pod more CPU, or split the application." }];
}

function rateProblems({ expectedRps = 0 }: AppSpec): Problem[] {
  const { expectedRpsAtMost } = applicationSpecLimits;
  if (!(expectedRps > expectedRpsAtMost.value)) return [];
  const allowed = `up to ${expectedRpsAtMost.value} requests in a second`;
  return [{ path: "expectedRps", got: expectedRps, allowed, fix: "Write requests in a second, not in a day." }];
}

/** Every text that is asked for as a path, by its place. */
function pathsOf({ readinessPath, livenessPath, journeys = [], sessions }: AppSpec): [string, string | undefined][] {
  return [
    ["readinessPath", readinessPath],
    ["livenessPath", livenessPath],
    ...journeys.map((path, index): [string, string] => [`journeys[${index}]`, path]),
    ["sessions.issuedBy", sessions?.issuedBy],
    ["sessions.readBy", sessions?.readBy],
  ];
}

function pathProblems(spec: AppSpec): Problem[] {
  const { longestPath } = applicationSpecLimits;
  return pathsOf(spec)
    .filter(([, value = ""]) => value.length > longestPath.value)
    .map(([path, value = ""]) => ({
      path,
      got: `${value.length} characters`,
      allowed: `up to ${longestPath.value} characters`,
      fix: "Shorten it.",
    }));
}

function journeyProblems({ journeys = [] }: AppSpec): Problem[] {
  const most = applicationSpecLimits.journeysAtMost.value;
  if (journeys.length <= most) return [];
  const allowed = `up to ${most} paths: the smoke test has to end before its deadline`;
  return [{ path: "journeys", got: `${journeys.length} paths`, allowed, fix: "Keep the paths that matter most." }];
}

/** The whole: the Rollout has every variable, and each of its ReplicaSets has all of them again. */
function wholeProblems(spec: AppSpec): Problem[] {
  const most = applicationSpecLimits.specBytes.value;
  const bytes = Buffer.byteLength(JSON.stringify(spec));
  if (bytes <= most) return [];
  const allowed = `up to ${most} bytes in all`;
  return [
    { path: "", got: `${bytes} bytes`, allowed, fix: "Put what is large into a file of the image, or into a store." },
  ];
}

/** What is too small or too large in a spec whose fields have their form. */
export function sizeProblems(spec: AppSpec): Problem[] {
  return [
    ...cpuProblems(spec),
    ...memoryProblems(spec),
    ...scratchProblems(spec),
    ...replicaProblems(spec),
    ...rateProblems(spec),
    ...pathProblems(spec),
    ...journeyProblems(spec),
    ...wholeProblems(spec),
  ];
}
