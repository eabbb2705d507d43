/** Aliases of KMS keys, and versions of secrets. */
import { listAt, textAt } from "../../plans/values";
import { type Conditions, type Context, downtime, type Outcome, safe, unknown } from "../core/condition";
import { named, safeWithOwner } from "../core/related";

function aliasMoves({ index, resource, row }: Context): Outcome {
  const keys = index.usedBy(resource.address, "targetKeyId");
  const going = keys.filter(({ operation }) => operation === "delete" || operation === "replace");
  return going.length > 0 ? downtime(`${row.when} (${named(going)} is deleted)`) : unknown(row.when);
}

const CURRENT = "AWSCURRENT";

/** A deleted version of a secret: a version that has the label `AWSCURRENT` keeps it. */
function currentStays(context: Context): Outcome {
  const { resource, row } = context;
  const owned = safeWithOwner(context, ["secretId"]);
  if (owned !== undefined) return owned;
  return listAt(resource.before, "versionStages").includes(CURRENT)
    ? safe(`the label ${CURRENT} cannot be removed from it: readers still get its value`)
    : unknown(row.when);
}

/** A deleted alias of a key. */
function keyAliasGoes(context: Context): Outcome {
  const name = textAt(context.resource.before, "name");
  const using = context.index.plan.resources.filter(
    ({ address, operation, after }) =>
      address !== context.resource.address &&
      operation !== "delete" &&
      name !== undefined &&
      JSON.stringify(after ?? {}).includes(`${name}"`),
  );
  return using.length > 0 ? downtime(`${named(using)} refers to it: ${context.row.when}`) : unknown(context.row.when);
}

/** Conditions about keys and secrets. */
export const keys: Conditions = {
  aliasMoves,
  keyAliasGoes,
  currentStays,
};
