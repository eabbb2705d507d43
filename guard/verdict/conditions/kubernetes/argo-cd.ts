/** Argo CD: Applications and ApplicationSets. */
import { canonical } from "../../plans/difference";
import { isAbsent, isMap, listAt, valueAt, type Values } from "../../plans/values";
import { type Conditions, type Context, degrades, downtime, type Outcome, safe, unknown } from "../core/condition";
import { setChange } from "../core/lists";

/** The template and the generators without their list entries. */
function templatesOf(values: Values | undefined): string {
  const generators = listAt(values, "spec.generators").filter(isMap);
  const own = generators.map((one) => ["selector", "list.template", "list.elementsYaml"].map((at) => valueAt(one, at)));
  return canonical([valueAt(values, "spec.template") ?? null, own]);
}

/** List generators, whose entries are known. */
function generated({ resource, row }: Context): Outcome {
  const generators = (values: Values | undefined): readonly unknown[] => listAt(values, "spec.generators");
  const elements = (values: Values | undefined): readonly unknown[] =>
    generators(values).flatMap((one) => (isMap(one) ? listAt(one, "list.elements") : []));
  const isList = [...generators(resource.before), ...generators(resource.after)].every(
    (one) => isMap(one) && !isAbsent(valueAt(one, "list.elements")),
  );
  const isSame = templatesOf(resource.before) === templatesOf(resource.after);
  const change = setChange({ before: elements(resource.before), after: elements(resource.after) });
  if (!isList || change === undefined || !isSame) return unknown(row.when);
  if (change.lost === 0) return safe("only entries are added; existing applications do not change");
  return valueAt(resource.after, "spec.syncPolicy.preserveResourcesOnDeletion") === true
    ? degrades("applications of a lost entry stay, unmanaged")
    : downtime(row.when);
}

/** An application with another destination: its objects in the old one. */
function destinationMoves({ resource, row }: Context): Outcome {
  const automated = valueAt(resource.after, "spec.syncPolicy.automated");
  if (automated === undefined || automated === null)
    return safe("no effect until the next manual sync: automated sync is off");
  const differs = (path: string): boolean => valueAt(resource.before, path) !== valueAt(resource.after, path);
  return valueAt(resource.after, "spec.syncPolicy.automated.prune") === true && differs("spec.destination.namespace")
    ? downtime(`pruning is on, so the objects of the old namespace are deleted: ${row.when}`)
    : unknown(row.when);
}

/** Conditions about Argo CD. */
export const argoCd: Conditions = {
  appDeleted: ({ resource, row }) =>
    listAt(resource.before, "metadata.finalizers").some((item) => String(item).startsWith("resources-finalizer"))
      ? downtime(row.when)
      : safe("without the resources finalizer its objects stay, unmanaged"),
  appsKept: ({ resource, row }) =>
    valueAt(resource.before, "spec.syncPolicy.preserveResourcesOnDeletion") === true
      ? degrades("objects of its applications stay, unmanaged")
      : downtime(row.when),
  syncs: ({ resource, row }) =>
    isAbsent(valueAt(resource.after, "spec.syncPolicy.automated")) &&
    !isMap(valueAt(resource.after, "spec.syncPolicy.automated"))
      ? safe("no effect until the next manual sync: automated sync is off")
      : unknown(row.when),
  forced: ({ resource, row }) =>
    listAt(resource.after, "spec.syncPolicy.syncOptions").some((option) => option === "Force=true")
      ? downtime(row.when)
      : degrades(row.when),
  generated,
  destinationMoves,
};
