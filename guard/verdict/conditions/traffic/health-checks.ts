/** Health checks of target groups and records. */
import type { Resource } from "../../plans/change";
import { numberOf, textAt, valueAt } from "../../plans/values";
import { type Conditions, type Context, degrades, type Outcome, safe, unknown } from "../core/condition";
import { named, usersOf } from "../core/related";
import { hasNoShare } from "./target-groups";

function widthOf(part: string): number {
  const [low = 0, high = low] = part.split("-").map(Number);
  return high - low + 1;
}

const MACHINES = "aws:autoscaling/group:Group";

const RECORD = "aws:route53/record:Record";

/** Another health check of targets: Auto Scaling groups that terminate instances which fail it. */
function targetsChecked(context: Context): Outcome {
  const { resource, row } = context;
  if (hasNoShare(context)) return safe("every listener gives it the weight 0");
  const groups = usersOf(context).filter(
    ({ type, after }) => type === MACHINES && textAt(after, "healthCheckType") === "ELB",
  );
  const kills = groups.length === 0 ? "" : ` (${named(groups)} terminates instances that fail it)`;
  return valueAt(resource.after, "healthCheck.enabled") === false
    ? safe("the check is off")
    : unknown(`${row.when}${kills}`);
}

/** Records that use the check. */
function checkedRecords({ index, resource }: Context): readonly Resource[] {
  return index.usersOf(resource.address, RECORD);
}

/** A check that may fail from now on, and then removes its records from DNS answers. */
function recordsWithheld(context: Context): Outcome {
  const { before, after, path, row } = context;
  const records = checkedRecords(context);
  const [name] = path?.segments ?? [];
  if (name === "disabled" && String(after) === "true")
    return degrades("it is always healthy: there is no failover any more");
  if (/^failure_?threshold$/i.test(name ?? "") && (numberOf(after) ?? 0) > (numberOf(before) ?? 0))
    return degrades("a broken endpoint stays in the DNS answers for longer");
  return unknown(records.length === 0 ? row.when : `${row.when} (${named(records)})`);
}

/** Conditions about health checks. */
export const healthChecks: Conditions = {
  targetsChecked,
  matcherNarrower: ({ before, after, row }) => {
    const width = (value: unknown): number =>
      typeof value === "string" ? value.split(",").reduce((sum, part) => sum + widthOf(part), 0) : Number.NaN;
    return width(after) > width(before) ? safe("more responses are healthy") : unknown(row.when);
  },
  recordsWithheld,
  checkGoes: ({ index, resource, row }) => {
    const records = index.usersOf(resource.address).filter(({ operation }) => operation === "none");
    return records.length > 0
      ? degrades(`${row.when} (${named(records)} names it)`)
      : index.plan.hasUnchanged
        ? safe("no record of this plan refers to it any more")
        : unknown(row.when);
  },
};
