/** Records and hosted zones of Route 53. */
import type { Resource } from "../../plans/change";
import { isUnknown, numberOf, textAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named, othersOf } from "../core/related";

/** Other records after the run with the name and the type of these values. */
function otherRecords(context: Context, values: Values | undefined): readonly Resource[] {
  const [name, type] = [textAt(values, "name"), textAt(values, "type")];
  return othersOf(context, ({ after }) => textAt(after, "name") === name && textAt(after, "type") === type);
}

function weightTo0(context: Context): Outcome {
  const weighted = otherRecords(context, context.resource.after).filter(
    ({ after }) => (numberOf(valueAt(after, "weightedRoutingPolicies.weight")) ?? 0) > 0,
  );
  return weighted.length > 0
    ? safe(`${named(weighted)} serves the name; clients change after the TTL`)
    : degrades(context.row.when);
}

/** The old target of a name must exist until the TTL has passed. */
function recordMoves({ index, resource, row }: Context): Outcome {
  const going = index
    .usedBy(resource.address)
    .filter(({ operation }) => operation === "delete" || operation === "replace");
  const ttl = numberOf(valueAt(resource.before, "ttl"));
  const cached = ttl === undefined ? "" : ` Answers are cached for up to ${ttl} s (TTL).`;
  if (going.length > 0)
    return downtime(
      `${named(going)}, to which the name leads, is ${going[0]?.operation}d in the same run.${cached} ${row.when}`,
    );
  return degrades(`${row.when}.${cached}`);
}

/** A record under another name. */
function oldNameKept(context: Context): Outcome {
  const { resource, row } = context;
  const name = textAt(resource.before, "name");
  const keeping = otherRecords(context, resource.before).filter(
    ({ after }) => valueAt(after, "zoneId") === valueAt(resource.before, "zoneId"),
  );
  if (keeping.length > 0) return degrades(`${named(keeping)} has the old name: ${row.when}`);
  const isSame = name === textAt(resource.after, "name") && !isUnknown(valueAt(resource.after, "name"));
  return downtime(
    isSame ? `the name stays the same: ${row.when}` : `nothing in this plan keeps the name ${name ?? ""}: ${row.when}`,
  );
}

/** Conditions about records. */
export const dnsRecords: Conditions = {
  weightTo0,
  recordMoves,
  overwrites: ({ resource, row }) =>
    valueAt(resource.after, "allowOverwrite") === true
      ? unknown(row.when)
      : safe("a new name, or one more record of a set"),
  oldNameKept,
  zoneIsPrivate: ({ index, resource, row }) => {
    const networks = index.usedBy(resource.address).filter(({ type }) => type === "aws:ec2/vpc:Vpc");
    return networks.length > 0 && networks.every(({ operation }) => operation === "create")
      ? safe("its network is new")
      : unknown(row.when);
  },
};
