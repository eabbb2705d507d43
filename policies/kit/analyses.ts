/** Analyses that a rollout starts, with the templates they name. */
import { canaryOf, has, type Step, stepsOf } from "./canary";
import { type Field, legible } from "./field";
import { belongs, identityOf, objectName } from "./kubernetes";
import type { Resource, Stack } from "./resource";
import { types } from "./types";

/** When an analysis runs: beside the steps, as a step, in a step's experiment, or around a switch of blue and green. */
export type Place = "background" | "step" | "experiment" | "switch";

/** One analysis of a rollout. */
export interface Analysis {
  readonly place: Place;
  /** Owner of `args` and `dryRun`. */
  readonly field: Field;
  /** Each names a template. */
  readonly references: readonly Field[];
  /** The step that starts it. */
  readonly step?: Step;
}

/** Every analysis that the rollout states, those without templates left out. */
export function analysesOf(rollout: Resource): readonly Analysis[] {
  const blueGreen = rollout.at("spec", "strategy", "blueGreen");
  const all = [
    one("background", canaryOf(rollout).at("analysis")),
    ...stepsOf(rollout).flatMap((step) => ofStep(step)),
    one("switch", blueGreen.at("prePromotionAnalysis")),
    one("switch", blueGreen.at("postPromotionAnalysis")),
  ];
  return all.filter(({ references }) => references.length > 0);
}

function one(place: Place, field: Field, step?: Step): Analysis {
  return { place, field, references: legible(() => field.at("templates").list(), []), step };
}

function ofStep(step: Step): readonly Analysis[] {
  if (has(step.field, "analysis")) return [one("step", step.field.at("analysis"), step)];
  const analyses = legible(() => step.field.at("experiment", "analyses").list(), []);
  return analyses.map((field): Analysis => ({ place: "experiment", field, references: [field], step }));
}

/** A template that an analysis names, itself or through another template. */
export interface Named {
  readonly reference: Field;
  readonly name: string | undefined;
  /** Undefined where nobody in sight declares it. */
  readonly template: Resource | undefined;
}

/** The templates behind the references, those that they are made of included, each once. */
export function templatesBehind(stack: Stack, rollout: Resource, references: readonly Field[]): readonly Named[] {
  const seen = new Set<Resource>();
  const follow = (list: readonly Field[]): readonly Named[] =>
    list.flatMap((reference) => {
      const name = reference.at("templateName").text();
      const template = templateOf(stack, rollout, name, reference.at("clusterScope").flag() === true);
      if (template === undefined) return [{ reference, name, template }];
      if (seen.has(template)) return [];
      seen.add(template);
      return [{ reference, name, template }, ...follow(legible(() => template.at("spec", "templates").list(), []))];
    });
  return follow(references);
}

function templateOf(
  stack: Stack,
  rollout: Resource,
  name: string | undefined,
  clusterWide: boolean,
): Resource | undefined {
  const { namespace } = identityOf(rollout);
  const kind = clusterWide ? types.clusterAnalysisTemplate : types.analysisTemplate;
  return stack
    .of(kind)
    .find((template) =>
      belongs(
        template,
        "metadata",
        rollout,
        () => objectName(template) === name && (clusterWide || identityOf(template).namespace === namespace),
      ),
    );
}
