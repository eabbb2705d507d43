/** What an environment is: plain data, checked as a whole before anything is declared. */
import {
  instanceTypeProblems,
  type Problem,
  reservedApplications,
  throwProblems,
  under,
} from "@fridayproof/components/core";
import { clusterLimits } from "@fridayproof/components/core/limits";
import {
  applicationFlagProblems,
  colors,
  nodePoolSizeProblems,
  subnetPlanProblems,
  weightProblems,
  zoneShareProblems,
} from "@fridayproof/components/plan";
import { architectureProblems } from "./architectures";
import { capacityProblems } from "./capacity";
import { environmentDatabaseProblems } from "./database";
import { identityOf } from "./identity";
import { type Environment, type EnvironmentInput, environmentSchema } from "./schema";
import { schemaProblems } from "../inputs/schema-problems";
import { nodeMinorProblems } from "./node-minors";
import { poolSize, standbyProblems } from "./standby";

function slotProblems(environment: Environment): Problem[] {
  const declared = colors.filter((color) => environment.slots[color] !== undefined);
  const problems = [...weightProblems(environment.weights)];
  if (declared.length === 0) {
    problems.push({ path: "slots", got: {}, allowed: "blue, green or both", fix: "Declare at least one slot." });
  }
  for (const color of declared.filter((each) => environment.weights[each] > 0)) {
    if (environment.slots[color]?.retiring !== true) continue;
    problems.push({
      path: `slots.${color}.retiring`,
      got: true,
      allowed: `false, because weights.${color} is ${environment.weights[color]}`,
      fix: "Shift the traffic away first.",
    });
  }
  for (const color of colors.filter((each) => environment.weights[each] > 0 && !declared.includes(each))) {
    problems.push({
      path: `weights.${color}`,
      got: environment.weights[color],
      allowed: `0, because there is no slot ${color}`,
      fix: `Declare slots.${color} and bring it up first: its share of the traffic would get 503.`,
    });
  }
  return [...problems, ...nodeMinorProblems(environment), ...shiftReasonProblems(environment)];
}

/** A reason left in the file would also allow the next large change of the weights. */
function shiftReasonProblems({ weights, shiftReason }: Environment): Problem[] {
  if (shiftReason === undefined || colors.every((color) => shiftReason.weights[color] === weights[color])) return [];
  const fix = "Remove shiftReason, or give the reason for these weights.";
  const allowed = `blue ${weights.blue} and green ${weights.green}, the weights that it explains`;
  return [{ path: "shiftReason.weights", got: shiftReason.weights, allowed, fix }];
}

/** Zones to remove must exist, must not be the control plane's, and enough zones must remain. */
function retiringZoneProblems({ zones, controlPlaneZones, retiringZones = [] }: Environment): Problem[] {
  const staying = zones.filter((zone) => !retiringZones.includes(zone));
  const problems = retiringZones.flatMap((zone, index): Problem[] => {
    const path = `retiringZones[${index}]`;
    if (!zones.includes(zone))
      return [{ path, got: zone, allowed: "one of zones", fix: "Leave it out: the zone is gone already." }];
    const fix = "Choose another zone: EKS keeps the control plane's zones for life.";
    return controlPlaneZones.includes(zone)
      ? [{ path, got: zone, allowed: "a zone that is none of controlPlaneZones", fix }]
      : [];
  });
  const { zonesAtLeast } = clusterLimits;
  if (retiringZones.length === 0 || staying.length >= zonesAtLeast.value) return problems;
  const allowed = `zones of which ${zonesAtLeast.value} or more stay`;
  return [...problems, { path: "retiringZones", got: retiringZones, allowed, fix: "Add a zone first." }];
}

function poolProblems(environment: Environment): Problem[] {
  const names = Object.keys(environment.pools);
  const problems = Object.entries(environment.pools).flatMap(([name, { size, instanceType }]) => [
    ...under(`pools.${name}`, [
      ...nodePoolSizeProblems("size", size),
      ...zoneShareProblems("size", size, environment.zones.length),
      ...instanceTypeProblems("instanceType", instanceType),
    ]),
    ...(environment.standby?.nodes?.[name] === undefined
      ? []
      : nodePoolSizeProblems(`standby.nodes.${name}`, poolSize(environment, name), { standsBy: true })),
  ]);
  if (!names.includes(environment.systemPool)) {
    problems.push({
      path: "systemPool",
      got: environment.systemPool,
      allowed: `one of ${names.join(", ")}`,
      fix: "Name the pool that runs the add-ons, or their pods stay pending.",
    });
  }
  return problems;
}

function applicationProblems({ gitOps: { applications, apex } }: Environment): Problem[] {
  const problems: Problem[] = [];
  applications.forEach((application, index) => {
    if (!reservedApplications.includes(application)) return;
    const fix = "Give it another name: its namespace, or its host name, is the platform's.";
    problems.push({
      path: `gitOps.applications[${index}]`,
      got: application,
      allowed: `a name other than ${reservedApplications.join(", ")}`,
      fix,
    });
  });
  if (apex !== undefined && !applications.includes(apex)) {
    const fix = "Name it in applications too: only an application with a namespace here can respond.";
    problems.push({ path: "gitOps.apex", got: apex, allowed: "one of gitOps.applications", fix });
  }
  return problems;
}

function flagProblems({ flags = {}, gitOps: { applications }, ...names }: Environment): Problem[] {
  const without = Object.keys(flags).filter((application) => !applications.includes(application));
  return [
    ...without.map((application) => ({
      path: `flags.${application}`,
      got: application,
      allowed: "one of gitOps.applications",
      fix: "Name it in applications too: only an application with pods here can read them.",
    })),
    ...under("flags", applicationFlagProblems(identityOf(names), flags)),
  ];
}

function productionProblems({ profile, sso, onCall, deadMansSwitch }: Environment): Problem[] {
  if (profile === "dev") {
    const fix = "Leave it out: profile dev has no Alertmanager that could call.";
    return deadMansSwitch === true ? [{ path: "deadMansSwitch", got: true, allowed: "false in profile dev", fix }] : [];
  }
  const problems: Problem[] = [];
  if (sso === undefined) {
    const fix = "Name issuer and client id: in profile production Argo CD has no local administrator.";
    problems.push({ path: "sso", got: undefined, allowed: "issuer and clientId", fix });
  }
  if (onCall === undefined) {
    const fix = "Name the tool, and put its credential into Secrets Manager: an alert without a receiver pages no one.";
    problems.push({ path: "onCall", got: undefined, allowed: "pagerduty or webhook", fix });
  }
  return problems;
}

/** Everything that is wrong with an environment; empty when nothing is. */
export function environmentProblems(input: unknown): Problem[] {
  const parsed = environmentSchema.safeParse(input, { reportInput: true });
  if (!parsed.success) return schemaProblems(parsed.error, "Correct the value in the environment's file in stacks/.");
  const environment = parsed.data;
  return [
    ...subnetPlanProblems(environment),
    ...slotProblems(environment),
    ...retiringZoneProblems(environment),
    ...poolProblems(environment),
    ...standbyProblems(environment),
    ...architectureProblems(environment),
    ...capacityProblems(environment),
    ...environmentDatabaseProblems(environment),
    ...applicationProblems(environment),
    ...flagProblems(environment),
    ...productionProblems(environment),
  ];
}

/**
 * The environment, checked.
 * @throws ProblemsError listing everything that is wrong with it.
 */
export function environment(input: EnvironmentInput): Environment {
  throwProblems(`environment "${input.name}"`, environmentProblems(input));
  return environmentSchema.parse(input);
}
