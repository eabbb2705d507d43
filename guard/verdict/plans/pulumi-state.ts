/** Reads `pulumi stack export` beside a preview, for the unchanged resources that refer to the changed ones. */
import type { Plan } from "./change";
import { usesByValue } from "./identities";
import { objectOf } from "./objects";
import { PlanError } from "./plan-error";
import { type State, unchanged, usesIn } from "./pulumi";

/** The plan with the unchanged resources of the state. @throws PlanError where the file is no such state. */
export function withState(plan: Plan, document: unknown): Plan {
  if (plan.tool !== "pulumi")
    throw new PlanError(
      "--before is for previews of Pulumi: a plan of Terraform holds its prior state already. Leave it out.",
    );
  const deployment = objectOf(objectOf(document)?.["deployment"]);
  const rows = deployment?.["resources"];
  if (!Array.isArray(rows))
    throw new PlanError("the file of --before has no deployment.resources: it is what `pulumi stack export` writes.");
  const known = new Set(plan.resources.map(({ address }) => address));
  const states = rows
    .map((row) => (objectOf(row) ?? {}) as State)
    .filter(({ urn }) => typeof urn === "string" && !known.has(urn));
  const added = states.flatMap((state) => unchanged(state) ?? []);
  const resources = [...plan.resources, ...added];
  const uses = states.flatMap((state) => usesIn(String(state.urn), state));
  return { ...plan, resources, uses: [...plan.uses, ...uses, ...usesByValue(resources)], hasUnchanged: true };
}
