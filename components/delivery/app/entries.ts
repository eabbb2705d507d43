/** What the lists of a spec may not hold: jobs, numbers of the business, callees and callers, each by its name. */
import type { Problem } from "../../core/checks";
import { parseCidr } from "../../core/cidr";
import { applicationLimits } from "../../core/limits/application";
import { nameLimits } from "../../core/limits/names";
import { nameProblems } from "../../core/names";
import { isCron } from "./cron";
import { migrationName } from "./jobs";
import { closesWhatItOpens, placeholdersIn } from "./metric-query";
import type { AppSpec, Callee } from "./spec";
import { portProblem } from "./ports";

/** Templates that the platform names itself, behind the application's name. */
const TAKEN = /^(smoke|load-(lead|gate|bake))$/;

/** The second and each further of equal names: the later object would take the place of the earlier. */
function twice(path: (index: number) => string, names: readonly string[]): Problem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: path(index), got: name, allowed: "each name once", fix: "Rename it, or remove it." }],
  );
}

/** A Job's name is a label of its pods, where Kubernetes takes no longer one. */
function migrationProblems(spec: AppSpec): Problem[] {
  const most = nameLimits.kubernetesLabel.value;
  const full = migrationName(spec);
  if (spec.migration === undefined || full.length <= most) return [];
  const allowed = `up to ${most} characters as <name>-migration, which the Job of the migration is called`;
  return [{ path: "name", got: full, allowed, fix: "Shorten the name." }];
}

function jobProblems({ name: application, jobs = [] }: AppSpec): Problem[] {
  const most = applicationLimits.cronJobName.value;
  const at = (index: number): string => `jobs[${index}].name`;
  return [
    ...jobs.flatMap(({ name }, index) => nameProblems("kubernetesLabel", at(index), name)),
    ...twice(
      at,
      jobs.map(({ name }) => name),
    ),
    ...jobs.flatMap(({ name }, index) => {
      const full = `${application}-${name}`;
      if (full.length <= most) return [];
      const allowed = `up to ${most} characters as ${application}-<name>, which the CronJob is called`;
      return [{ path: at(index), got: full, allowed, fix: "Shorten it." }];
    }),
    ...jobs.flatMap(({ schedule }, index) => {
      if (isCron(schedule)) return [];
      const allowed =
        "a cron expression of five fields: minute, hour, day, month, day of the week; some day must meet it";
      return [{ path: `jobs[${index}].schedule`, got: schedule, allowed, fix: 'Write "0 3 * * *" for 03:00 UTC.' }];
    }),
  ];
}

function metricProblems({ businessMetrics = [] }: AppSpec): Problem[] {
  const at = (index: number): string => `businessMetrics[${index}].name`;
  return [
    ...businessMetrics.flatMap(({ name }, index) => nameProblems("kubernetesLabel", at(index), name)),
    ...twice(
      at,
      businessMetrics.map(({ name }) => name),
    ),
    ...businessMetrics.flatMap(({ name }, index) => {
      if (!TAKEN.test(name)) return [];
      const allowed =
        "a name other than smoke, load-lead, load-gate and load-bake, which the platform's own tests have";
      return [{ path: at(index), got: name, allowed, fix: "Rename it." }];
    }),
    ...businessMetrics.flatMap(({ atLeast }, index) => {
      if (atLeast > 0 && atLeast <= 1) return [];
      const fix = "Write 0.9 for at most a tenth less than the serving version has.";
      return [{ path: `businessMetrics[${index}].atLeast`, got: atLeast, allowed: "a ratio above 0, up to 1", fix }];
    }),
    ...businessMetrics.flatMap(({ query }, index) => {
      const names = placeholdersIn(query);
      if (names.includes("canary") && names.every((name) => name === "canary" || name === "stable")) return [];
      const allowed =
        "a query with {{canary}} for the new version's Service, and no other name in double braces than {{stable}}";
      const fix = "Select the new version's series by {{canary}}: without it both versions are counted.";
      return [{ path: `businessMetrics[${index}].query`, got: query, allowed, fix }];
    }),
    ...businessMetrics.flatMap(({ query }, index) => {
      if (closesWhatItOpens(query)) return [];
      const allowed =
        "PromQL that closes every quote and bracket that it opens and has no comment: the gate stands around it";
      const fix = "Try it in Prometheus first: one that it cannot read sends every release back.";
      return [{ path: `businessMetrics[${index}].query`, got: query, allowed, fix }];
    }),
  ];
}

function calleeProblems(callee: Callee, path: string): Problem[] {
  const port = portProblem(`${path}.port`, callee.port);
  if ("application" in callee)
    return [...nameProblems("kubernetesLabel", `${path}.application`, callee.application), ...port];
  if (parseCidr(callee.cidr) !== undefined) return port;
  const allowed = "a block of IPv4 addresses that begins with its first, such as 10.10.64.0/20";
  return [
    { path: `${path}.cidr`, got: callee.cidr, allowed, fix: "Write the block as the network's plan has it." },
    ...port,
  ];
}

/** Letters that AWS Secrets Manager takes in a name; a name with a colon would be an ARN. */
const SECRET_NAME = /^[A-Za-z0-9/_+=.@-]+$/;

/** What the store puts before each name: written too, it would stand there twice. */
const PREFIX = "fridayproof/";

function secretNameProblem(path: string, secret: string): Problem[] {
  if (SECRET_NAME.test(secret) && !secret.startsWith(PREFIX)) return [];
  const allowed = "letters, digits and / _ + = . @ -, without the prefix of environment and application";
  return [{ path, got: secret, allowed, fix: "Give the name, such as database, and not the ARN." }];
}

function secretProblems({ secrets = {}, database }: AppSpec): Problem[] {
  return [
    ...Object.entries(secrets).flatMap(([name, { secret }]) => secretNameProblem(`secrets.${name}.secret`, secret)),
    ...(database === undefined ? [] : secretNameProblem("database.secret", database.secret)),
  ];
}

/** What is wrong with the entries of a spec's lists. */
export function entryProblems(spec: AppSpec): Problem[] {
  const { calls = [], callers = [] } = spec;
  return [
    ...migrationProblems(spec),
    ...jobProblems(spec),
    ...metricProblems(spec),
    ...secretProblems(spec),
    ...calls.flatMap((callee, index) => calleeProblems(callee, `calls[${index}]`)),
    ...callers.flatMap((caller, index) => nameProblems("kubernetesLabel", `callers[${index}]`, caller)),
    ...twice((index) => `callers[${index}]`, callers),
  ];
}
