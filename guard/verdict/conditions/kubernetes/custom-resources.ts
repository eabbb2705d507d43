/** CustomResourceDefinitions: versions that objects of the plan are written in. */
import type { Resource } from "../../plans/change";
import { isMap, listAt, textAt, type Values } from "../../plans/values";
import { type Conditions, type Context, downtime, type Outcome, unknown } from "../core/condition";
import { named } from "../core/related";

/** Versions that are served before the change and not after it. */
export function lostVersions({ before, after }: Pick<Resource, "before" | "after">): readonly string[] {
  const served = (values: Values | undefined): readonly string[] =>
    listAt(values, "spec.versions")
      .filter(isMap)
      .filter((version) => version["served"] !== false)
      .map((version) => String(version["name"]));
  const next = served(after);
  return served(before).filter((name) => !next.includes(name));
}

/** A version of a kind that objects of this plan are written in. */
function versionUsers({ index, resource, row }: Context): Outcome {
  const [group, kind] = [textAt(resource.before, "spec.group"), textAt(resource.before, "spec.names.kind")];
  const types = lostVersions(resource).map((version) => `kubernetes:${group ?? ""}/${version}:${kind ?? ""}`);
  const written = index.plan.resources.filter(({ type, operation }) => types.includes(type) && operation !== "delete");
  return written.length > 0 ? downtime(`${named(written)} uses it: ${row.when}`) : unknown(row.when);
}

/** Conditions about CustomResourceDefinitions. */
export const customResources: Conditions = {
  versionUsers,
};
