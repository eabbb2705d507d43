/** What the picture needs of a resource, read from a state or a plan. */
import type { Plan } from "../../events/events";
import { splitReference } from "../../property/urn";
import type { PropertyMap, Value } from "../../property/values";
import { isObject } from "../../property/values";

/** One resource of the picture. */
export interface GraphResource {
  readonly urn: string;
  readonly type: string;
  /** False for components. */
  readonly custom: boolean;
  readonly parent?: string;
  readonly dependencies: readonly string[];
  /** URN of its provider. */
  readonly provider?: string;
}

const text = (value: Value | undefined): string | undefined => (typeof value === "string" ? value : undefined);

function toResource(resource: PropertyMap): GraphResource | undefined {
  const urn = text(resource.urn);
  const type = text(resource.type);
  if (urn === undefined || type === undefined || resource.delete === true) return undefined;
  const dependencies = Array.isArray(resource.dependencies)
    ? resource.dependencies.filter((item) => typeof item === "string")
    : [];
  const [parent, reference] = [text(resource.parent), text(resource.provider)];
  const provider = reference === undefined ? undefined : splitReference(reference).urn;
  return { urn, type, custom: resource.custom === true, parent, dependencies, provider };
}

/** The resources of a deployment-v3 state. */
export function fromState(state: Value): GraphResource[] {
  const deployment = isObject(state) && isObject(state.deployment) ? state.deployment : {};
  const resources = Array.isArray(deployment.resources) ? deployment.resources : [];
  return resources.filter(isObject).flatMap((resource) => toResource(resource) ?? []);
}

/** The resources that would exist after a plan's steps; unchanged ones appear only if the plan lists them. */
export function fromPlan(plan: Pick<Plan, "steps">): GraphResource[] {
  const resources = plan.steps.flatMap((step) =>
    step.newState === undefined ? [] : [{ urn: step.urn, ...step.newState }],
  );
  const known = new Map(
    resources.flatMap((resource) => toResource(resource) ?? []).map((resource) => [resource.urn, resource]),
  );
  return [...known.values()];
}
