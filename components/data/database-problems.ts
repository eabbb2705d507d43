/** What is wrong with a database, reported before anything is declared. */
import type { Problem } from "../core/checks";
import { dataLimits } from "../core/limits/data";
import type { RecoveryName } from "./recovery";

/** What decides whether a database can be. */
export interface DatabasePlan {
  /** Name in AWS. */
  readonly identifier: string;
  /** Such as `17.5`. */
  readonly engineVersion: string;
  /** Such as `db.r6g.large`. */
  readonly instanceClass: string;
  /** Zones of its subnets, and those of them that have an instance. */
  readonly zones: readonly string[];
  readonly instances: number;
  /** Days of automated backups. */
  readonly backupDays: number;
  readonly recovery: RecoveryName;
  readonly role: "primary" | "secondary";
  /** Weekly and daily window, UTC. */
  readonly maintenanceWindow: string;
  readonly backupWindow: string;
}

const IDENTIFIER = /^[a-z](?:-?[a-z0-9]){0,62}$/;
const CLASS = /^db\.[a-z0-9-]+\.[a-z0-9]+$/;
const VERSION = /^\d{2}\.\d{1,2}$/;
const TIME = String.raw`([01]\d|2[0-3]):([0-5]\d)`;
const DAY = "(?:mon|tue|wed|thu|fri|sat|sun)";
const DAILY = new RegExp(`^${TIME}-${TIME}$`);
const WEEKLY = new RegExp(`^${DAY}:${TIME}-${DAY}:${TIME}$`);
const MINUTES = 60;
const HOURS = 24;
const MINUTES_OF_DAY = HOURS * MINUTES;

function formProblem(path: string, got: string, form: RegExp, allowed: string): Problem[] {
  return form.test(got) ? [] : [{ path, got, allowed, fix: "Write it in that form." }];
}

function rangeProblem(path: string, got: number, least: number, most: number, fix: string): Problem[] {
  if (Number.isInteger(got) && got >= least && got <= most) return [];
  return [{ path, got, allowed: `a whole number from ${least} to ${most}`, fix }];
}

/** Minutes of the day from and to, of a window of either form; one over midnight ends on the next day. */
function minutesOf(window: string, form: RegExp): readonly [number, number] | undefined {
  const [, fromHour, from, toHour, to] = (form.exec(window) ?? []).map(Number);
  if (fromHour === undefined || from === undefined || toHour === undefined || to === undefined) return undefined;
  const [begin, end] = [fromHour * MINUTES + from, toHour * MINUTES + to];
  return [begin, end > begin ? end : end + MINUTES_OF_DAY];
}

/** RDS backs up every day, so the day of the maintenance does not count. */
function windowProblems({ backupWindow, maintenanceWindow }: DatabasePlan): Problem[] {
  const problems = [
    ...formProblem("backupWindow", backupWindow, DAILY, "hh:mm-hh:mm in UTC, such as 05:00-05:30"),
    ...formProblem(
      "maintenanceWindow",
      maintenanceWindow,
      WEEKLY,
      "ddd:hh:mm-ddd:hh:mm in UTC, such as tue:08:00-tue:08:30",
    ),
  ];
  const backup = minutesOf(backupWindow, DAILY);
  const maintenance = minutesOf(maintenanceWindow, WEEKLY);
  if (backup === undefined || maintenance === undefined) return problems;
  // One that lasts over midnight meets the other's of the day after, or of the day before.
  const meets = (shift: number): boolean => backup[0] + shift < maintenance[1] && maintenance[0] < backup[1] + shift;
  if (![-MINUTES_OF_DAY, 0, MINUTES_OF_DAY].some(meets)) return problems;
  const allowed = `a time that does not meet maintenanceWindow, ${maintenanceWindow}`;
  return [
    ...problems,
    { path: "backupWindow", got: backupWindow, allowed, fix: "Move one of them: RDS refuses both." },
  ];
}

function instanceProblems({ instances, zones, role, recovery }: DatabasePlan): Problem[] {
  const { instancesAtLeast, instancesAtMost, subnetZonesAtLeast } = dataLimits;
  // A secondary may stand without an instance until the day; its storage follows all the same.
  const least = role === "secondary" ? 0 : instancesAtLeast.value;
  const most = Math.min(instancesAtMost.value, zones.length);
  const problems = rangeProblem("instances", instances, least, most, "Name one zone for each instance, two or more.");
  if (zones.length < subnetZonesAtLeast.value)
    problems.push({
      path: "subnets",
      got: zones,
      allowed: `${subnetZonesAtLeast.value} zones or more`,
      fix: "Give the tier a subnet in another zone.",
    });
  if (role === "secondary" && recovery !== "global") {
    const fix = "Choose recovery global, or make it a primary.";
    problems.push({ path: "role", got: role, allowed: `primary, because recovery is ${recovery}`, fix });
  }
  return problems;
}

/** Everything that is wrong with a database; empty when nothing is. */
export function databaseProblems(plan: DatabasePlan): Problem[] {
  const identifier = "a letter, then up to 62 lower-case letters, digits and single dashes";
  return [
    ...formProblem("identifier", plan.identifier, IDENTIFIER, identifier),
    ...formProblem("engineVersion", plan.engineVersion, VERSION, "major and minor version, such as 17.5"),
    ...formProblem("instanceClass", plan.instanceClass, CLASS, "a class of RDS, such as db.r6g.large"),
    ...instanceProblems(plan),
    ...rangeProblem(
      "backupDays",
      plan.backupDays,
      1,
      dataLimits.backupDaysAtMost.value,
      "Keep copies for what is older.",
    ),
    ...windowProblems(plan),
  ];
}
