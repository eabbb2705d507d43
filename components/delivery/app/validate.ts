/** What a spec may not say: everything that a controller would refuse, or that could never end well, with its place. */
import type { Problem } from "../../core/checks";
import { applicationLimits } from "../../core/limits/application";
import { nameProblems } from "../../core/names";
import { reservedApplications } from "../../core/namespaces";
import { databaseProblems } from "./database";
import { gateProblems } from "./detection";
import { entryProblems } from "./entries";
import { agentProblems, flagProblems } from "./flags";
import { imageProblems } from "./image";
import { lockVariable } from "./jobs";
import { isRollout } from "./manifest";
import { portProblem } from "./ports";
import { replicaBounds } from "./scaling";
import { sessionProblems } from "./sessions";
import type { AppPlatform, AppSpec } from "./spec";
import { shapeProblems } from "./spec-shape";
import { sizeProblems } from "./sizes";
import { SIZE, stateProblems } from "./state";

const DIGEST = /^sha256:[0-9a-f]{64}$/;
const ENVIRONMENT_VARIABLE = /^[A-Za-z_][A-Za-z0-9_]*$/;
const CPU = /^(?!0+(\.0+)?m?$)(\d+m|\d+(\.\d+)?)$/;

function nameProblem(spec: AppSpec): Problem[] {
  const problems = nameProblems("application", "name", spec.name);
  if (problems.length > 0 || !reservedApplications.includes(spec.name)) return problems;
  const allowed = "a name that no part of the platform has: it is the application's namespace and host name";
  return [{ path: "name", got: spec.name, allowed, fix: "Give it another name." }];
}

function pathProblem(path: string, value: string): Problem[] {
  // The smoke test gives it to curl, which takes brackets and braces for many addresses, and sends what it gets: a letter
  // outside of ASCII would be no HTTP (RFC 3986, pchar and query).
  if (/^\/[\w.~!$&'()*+,;=:@%/?-]*$/.test(value)) return [];
  return [
    {
      path,
      got: value,
      allowed:
        "a path that begins with / and has only characters of a URL: no space, bracket, brace, # or letter with an accent",
      fix: `Write it as it is requested, such as "/ready".`,
    },
  ];
}

/** Overload makes readiness fail as it should; the same check as liveness would then restart every pod. */
function probeProblems({ readinessPath, livenessPath }: AppSpec): Problem[] {
  if (livenessPath !== readinessPath) return [];
  const allowed = "a path other than readinessPath: with the same, what it depends on would restart every pod";
  const fix = "Give one that returns 200 while the process works, whatever it depends on.";
  return [{ path: "livenessPath", got: livenessPath, allowed, fix }];
}

function replicaProblems({ replicas }: AppSpec): Problem[] {
  const floor = applicationLimits.replicasFloor.value;
  const { min, max } = replicaBounds(replicas);
  const at = (field: string): string => (typeof replicas === "object" ? `replicas.${field}` : "replicas");
  if (!Number.isInteger(min) || min < floor) {
    const fix = `Write ${floor} or more: with one pod every eviction is an outage.`;
    return [{ path: at("min"), got: min, allowed: `a whole number from ${floor}`, fix }];
  }
  if (Number.isInteger(max) && max >= min) return [];
  return [
    { path: at("max"), got: max, allowed: `a whole number from min, which is ${min}`, fix: "Raise max, or lower min." },
  ];
}

function resourceProblems({ resources }: AppSpec): Problem[] {
  if (resources === undefined) return [];
  const problems: Problem[] = [];
  if (!CPU.test(resources.cpu)) {
    const fix = `Write "250m" for a quarter of a core.`;
    problems.push({
      path: "resources.cpu",
      got: resources.cpu,
      allowed: "cores above 0, or thousandths of one with m",
      fix,
    });
  }
  if (!SIZE.test(resources.memory)) {
    const fix = `Write "256Mi": 256m would be a quarter of a byte, and 256 that many bytes.`;
    problems.push({
      path: "resources.memory",
      got: resources.memory,
      allowed: "a whole number above 0 with Mi or Gi",
      fix,
    });
  }
  return problems;
}

/** Linux takes no longer text for one variable, and none with a character of the value 0. */
function valueProblems({ env = {} }: AppSpec): Problem[] {
  const most = applicationLimits.longestVariable.value;
  return Object.entries(env)
    .filter(([name, value]) => value.includes("\0") || Buffer.byteLength(`${name}=${value}`) >= most)
    .map(([name, value]) => ({
      path: `env.${name}`,
      got: `${value.length} characters`,
      allowed: `less than ${most} bytes with its name, and no character of the value 0`,
      fix: "Put it into a file of the image, or into a store that calls names.",
    }));
}

function variableProblems(spec: AppSpec): Problem[] {
  const { env = {}, secrets = {} } = spec;
  const named = (field: string, names: readonly string[]): Problem[] =>
    names
      .filter((name) => !ENVIRONMENT_VARIABLE.test(name))
      .map((name) => ({
        path: `${field}.${name}`,
        got: name,
        allowed: "letters, digits and underscores, with no digit first",
        fix: "Rename the variable.",
      }));
  const twice = Object.keys(secrets)
    .filter((name) => Object.hasOwn(env, name))
    .map((name) => ({
      path: `secrets.${name}`,
      got: name,
      allowed: "a name that env does not have: the later of the two would win silently",
      fix: `Remove env.${name}, or rename one of them.`,
    }));
  const taken = Object.entries(spec.migration === undefined ? {} : { env, secrets })
    .filter(([, variables]) => Object.hasOwn(variables, lockVariable))
    .map(([field]) => ({
      path: `${field}.${lockVariable}`,
      got: lockVariable,
      allowed: "another name: migration sets this one",
      fix: "Rename it.",
    }));
  return [...taken, ...named("env", Object.keys(env)), ...named("secrets", Object.keys(secrets)), ...twice];
}

/** Fields that only a gate or a smoke test reads. */
const GATED = ["businessMetrics", "journeys", "objectives"] as const;

/** A rolling update has no steps: what only a gate could do would be left out silently. */
function rollingProblems(spec: AppSpec): Problem[] {
  const isSet = (field: (typeof GATED)[number]): boolean =>
    field === "objectives" ? spec.objectives === "strict" : (spec[field] ?? []).length > 0;
  const gatedFields = GATED.filter(isSet);
  if (isRollout(spec) || gatedFields.length === 0) return [];
  const allowed = `canary or blueGreen, because a rolling update has no gates and no smoke test for ${gatedFields.join(" and ")}`;
  const fix = `Take canary or blueGreen, or leave ${gatedFields.join(" and ")} out.`;
  return [{ path: "strategy", got: spec.strategy, allowed, fix }];
}

/** Digest of an image; undefined where it has none. */
const digestOf = (image: string): string | undefined => image.split("@")[1];

function undoProblems({ image, undo }: AppSpec): Problem[] {
  if (undo === undefined) return [];
  const problems: Problem[] = [];
  if (!DIGEST.test(undo.of) || undo.of === undo.to) {
    const fix = "Let `npx fridayproof undo` write it.";
    const allowed = "the digest that is taken back, sha256: with 64 hexadecimal digits, and not undo.to";
    problems.push({ path: "undo.of", got: undo.of, allowed, fix });
  }
  if (undo.to === digestOf(image)) return problems;
  const fix = "Take `undo` out: it was for that release, and this one would leave its gates out.";
  return [...problems, { path: "undo.to", got: undo.to, allowed: "the digest of image", fix }];
}

/** What the environment lacks, or gives wrongly, for this application. */
function platformProblems(spec: AppSpec, platform: AppPlatform): Problem[] {
  const { curlImage, flagAgentImage } = platform;
  return [
    ...agentProblems(spec, platform),
    ...imageProblems("platform.curlImage", curlImage),
    ...(flagAgentImage === undefined ? [] : imageProblems("platform.flagAgentImage", flagAgentImage)),
  ];
}

/** Everything wrong with a spec, whatever the environment. */
export function specProblems(spec: AppSpec): Problem[] {
  const shape = shapeProblems(spec);
  // What follows reads the fields as their types say they are.
  if (shape.length > 0) return shape;
  const problems = [
    ...nameProblem(spec),
    ...imageProblems("image", spec.image),
    ...portProblem("port", spec.port),
    ...portProblem("metricsPort", spec.metricsPort),
    ...pathProblem("readinessPath", spec.readinessPath),
    ...pathProblem("livenessPath", spec.livenessPath),
    ...probeProblems(spec),
    ...(spec.journeys ?? []).flatMap((path, index) => pathProblem(`journeys[${index}]`, path)),
    ...replicaProblems(spec),
    ...resourceProblems(spec),
    ...variableProblems(spec),
    ...valueProblems(spec),
    ...entryProblems(spec),
    ...rollingProblems(spec),
    ...undoProblems(spec),
    ...sessionProblems(spec),
    ...stateProblems(spec),
    ...flagProblems(spec),
    ...databaseProblems(spec),
    ...gateProblems(spec),
  ];
  // A size is measured only where all have the form of one.
  return problems.length > 0 ? problems : sizeProblems(spec);
}

/** Everything wrong with a spec in an environment; empty when its application can be released. */
export function appProblems(spec: AppSpec, platform: AppPlatform): Problem[] {
  const problems = specProblems(spec);
  return problems.length > 0 ? problems : platformProblems(spec, platform);
}
