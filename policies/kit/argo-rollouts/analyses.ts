/** Analyses that a rollout starts, with the templates they name. */
import { canaryOf, type Step, stepsOf } from "./canary";
import { type Field, valueOr } from "../reading/field";
import { namespaceOf, objectName } from "../kubernetes/kubernetes";
import { perStack, type Resource, type Stack } from "../reading/resource";
import { type ResourceType, types } from "../reading/types";

/** When an analysis runs: beside the steps, as a step, in a step's experiment, or around a switch of blue and green. */
export type AnalysisRole = "background" | "step" | "experiment" | "switch";

/** One analysis of a rollout. */
export interface Analysis {
  readonly role: AnalysisRole;
  /** Owner of `args` and `dryRun`. */
  readonly field: Field;
  /** The step that starts it. */
  readonly step?: Step;
}

/** Every analysis that the rollout states, those without templates included.
 * @throws UnknownRead @throws MalformedRead when the steps cannot be read. */
export function analysesOf(rollout: Resource): readonly Analysis[] {
  const blueGreen = rollout.at("spec", "strategy", "blueGreen");
  return [
    { role: "background", field: canaryOf(rollout).at("analysis") },
    ...stepsOf(rollout).flatMap((step) => ofStep(step)),
    { role: "switch", field: blueGreen.at("prePromotionAnalysis") },
    { role: "switch", field: blueGreen.at("postPromotionAnalysis") },
  ];
}

function ofStep(step: Step): readonly Analysis[] {
  const list = inside(step.field, "experiment", "analyses");
  return [
    { role: "step", field: inside(step.field, "analysis"), step },
    ...valueOr(() => list.list(), [list]).map((field): Analysis => ({ role: "experiment", field, step })),
  ];
}

/** The member, or its nearest parent that is unknown or malformed, so that reading it throws with the right path. */
function inside(field: Field, ...keys: readonly string[]): Field {
  return keys.reduce((parent, key) => valueOr(() => parent.at(key), parent), field);
}

/** The references to the templates of the analysis.
 * @throws UnknownRead @throws MalformedRead */
export function referencesOf({ role, field }: Analysis): readonly Field[] {
  if (role !== "experiment") return field.at("templates").list();
  return field.at("templateName").isSet() ? [field] : [];
}

/** A template that an analysis names, itself or through another template. */
export interface Named {
  readonly reference: Field;
  readonly name: string | undefined;
  /** Undefined where no object in sight declares it. */
  readonly template: Resource | undefined;
}

/** The referenced templates and those that they refer to in turn, each once. */
export function templatesBehind(stack: Stack, rollout: Resource, references: readonly Field[]): readonly Named[] {
  const seen = new Set<Resource>();
  const follow = (list: readonly Field[]): readonly Named[] =>
    list.flatMap((reference) => {
      const name = reference.at("templateName").text();
      const template = templateOf(stack, rollout, name, reference.at("clusterScope").flag() === true);
      if (template === undefined) return [{ reference, name, template }];
      if (seen.has(template)) return [];
      seen.add(template);
      return [{ reference, name, template }, ...follow(valueOr(() => template.at("spec", "templates").list(), []))];
    });
  return follow(references);
}

/** Templates by kind, namespace and name, and those whose name is unknown in a preview. */
const templates = perStack((stack) => {
  const found = new Map<string, Resource>();
  const unknown: Resource[] = [];
  for (const template of stack.of(types.analysisTemplate, types.clusterAnalysisTemplate)) {
    const key = valueOr(() => keyOf(template.type, namespaceOf(template), objectName(template)), undefined);
    if (key === undefined) unknown.push(template);
    else if (!found.has(key)) found.set(key, template);
  }
  return { found, unknown };
});

/** Reads how rollouts name the template.
 * @throws UnknownRead @throws MalformedRead */
export function readTemplateName(template: Resource): unknown {
  const own = template.is(types.clusterAnalysisTemplate) ? [] : [namespaceOf(template)];
  return [...own, objectName(template)];
}

/** A ClusterAnalysisTemplate has no namespace. */
function keyOf(type: ResourceType, namespace: string, name: string): string {
  return JSON.stringify([type, type === types.clusterAnalysisTemplate ? "" : namespace, name]);
}

function templateOf(
  stack: Stack,
  rollout: Resource,
  name: string | undefined,
  clusterWide: boolean,
): Resource | undefined {
  const kind = clusterWide ? types.clusterAnalysisTemplate : types.analysisTemplate;
  const { found, unknown } = templates(stack);
  const known = name === undefined ? undefined : found.get(keyOf(kind, namespaceOf(rollout), name));
  return known ?? unknown.find((one) => one.is(kind) && (one.links["metadata"] ?? []).includes(rollout.urn));
}
