/** The steps of each strategy: how much traffic the coming version gets, and what must hold before it gets more. */
import { analysisLimits } from "../../core/limits/analysis";
import { applicationLimits } from "../../core/limits/application";
import { weightLimits } from "../../core/limits/weights";
import { inSeconds } from "../../core/units";
import { gates } from "../analysis";
import { canaryService, fullHost, stableService } from "./manifest";
import type { AppSpec, Strategy } from "./spec";
import { minimumRequests } from "./volume";

/** Percent of the traffic, step by step, as the strategies' names write it; the last one is all of it. */
const strategySteps: Readonly<Record<Exclude<Strategy, "rolling">, string>> = {
  canary: "5-25-50-100",
  "canary-5-20-100": "5-20-100",
  "canary-5-10-25-50-100": "5-10-25-50-100",
  blueGreen: "100",
};

/** The strategy of an application that names none. */
const defaultStrategy: Strategy = "canary";

/** Weights of a Rollout's steps. */
export function weightsOf({ strategy = defaultStrategy }: AppSpec): readonly number[] {
  return strategy === "rolling" ? [] : strategySteps[strategy].split("-").map(Number);
}

/** An argument of an AnalysisTemplate. */
interface Argument {
  readonly name: string;
  readonly value: string;
}

/** A step of a Rollout's canary strategy, as far as these strategies use it. */
export type Step =
  | { readonly setCanaryScale: { readonly weight: number } }
  | { readonly setWeight: number }
  | { readonly analysis: { readonly templates: readonly TemplateReference[]; readonly args: readonly Argument[] } };

/** A template of the cluster, or one of the application's own. */
export interface TemplateReference {
  readonly templateName: string;
  readonly clusterScope?: true;
}

const all = weightLimits.weightTotal.value;
const cluster = (templateName: string): TemplateReference => ({ templateName, clusterScope: true });

/** The two Services, as every gate takes them. */
function serviceArguments(spec: AppSpec): readonly Argument[] {
  return [
    { name: "canary-service", value: fullHost(spec, canaryService(spec)) },
    { name: "stable-service", value: fullHost(spec, stableService(spec)) },
  ];
}

/** Names of the gates that compare a version with the one that serves. */
function comparingGates({ objectives = "standard" }: AppSpec): readonly string[] {
  const strict = objectives === "strict";
  return [
    gates.errorRatio,
    strict ? gates.serverErrorsStrict : gates.serverErrors,
    gates.latencyP95,
    ...(strict ? [gates.latencyP99, gates.baseline] : []),
    gates.rejections,
  ];
}

/** The gates of the bake: at 100 % the stable version gets no traffic, so the new one is compared with its earlier latency or not at all. */
function bakeGates({ objectives = "standard" }: AppSpec): readonly string[] {
  const strict = objectives === "strict";
  return [
    gates.errorRatio,
    strict ? gates.serverErrorsStrict : gates.serverErrors,
    gates.latencyP95History,
    ...(strict ? [gates.latencyP99] : []),
  ];
}

/** Names of the application's own templates, one for each number of the business. */
export const businessTemplate = ({ name }: AppSpec, metric: string): string => `${name}-${metric}`;

function analysis(templates: readonly TemplateReference[], args: readonly Argument[]): Step {
  return { analysis: { templates, args } };
}

const own = (spec: AppSpec): readonly TemplateReference[] =>
  (spec.businessMetrics ?? []).map(({ name }) => ({ templateName: businessTemplate(spec, name) }));

/** The application's smoke test: its paths differ from those of every other application. */
export const smokeTemplate = ({ name }: AppSpec): string => `${name}-smoke`;

/** How many measurements in a row the bake takes. */
export const bakeCount = Math.ceil(inSeconds(applicationLimits.bake) / inSeconds(analysisLimits.gateInterval));

/** A service without an expected rate is sent requests: before the first user, at each weight, and for the bake. */
export const loadSeconds = {
  lead: inSeconds(analysisLimits.syntheticLead),
  gate: analysisSeconds(analysisLimits.gateCount.value),
  bake: analysisSeconds(bakeCount),
} as const;

/** When such requests are sent. */
export type LoadPhase = keyof typeof loadSeconds;

/** How long so many measurements take, with the latest first one. */
function analysisSeconds(count: number): number {
  return inSeconds(analysisLimits.errorRatioFor) + count * inSeconds(analysisLimits.gateInterval);
}

/** Name of the template that sends them. */
export const loadTemplate = ({ name }: AppSpec, phase: LoadPhase): string => `${name}-load-${phase}`;

function load(spec: AppSpec, phase: LoadPhase): readonly TemplateReference[] {
  return spec.expectedRps === undefined ? [{ templateName: loadTemplate(spec, phase) }] : [];
}

/** A step of its own: the templates of one step start together, and the others would have no request yet. */
function volumeStep(spec: AppSpec, weight: number): Step {
  const least = { name: "minimum-requests", value: String(minimumRequests(spec, weight)) };
  return analysis([cluster(gates.volume)], [...serviceArguments(spec), least]);
}

function gateStep(spec: AppSpec): Step {
  return analysis([...load(spec, "gate"), ...comparingGates(spec).map(cluster), ...own(spec)], serviceArguments(spec));
}

function bakeStep(spec: AppSpec): Step {
  const count = { name: "count", value: String(bakeCount) };
  return analysis([...load(spec, "bake"), ...bakeGates(spec).map(cluster)], [...serviceArguments(spec), count]);
}

/** Before anything else: a smoke test without a pod of the new version tests the old one (recorded). */
const allPods: Step = { setCanaryScale: { weight: all } };

/**
 * Steps of a release: all pods, then the smoke test before any user, then each weight with its gates. An undo has the
 * first of them alone: where the old pods still stand it is done at once, else it waits for them. A rollbackWindow, which
 * skips all steps, sends all requests to the first pod that is ready (recorded; decision 53).
 */
export function steps(spec: AppSpec): readonly Step[] {
  if (spec.undo !== undefined) return [allPods];
  return [
    allPods,
    analysis([{ templateName: smokeTemplate(spec) }, ...load(spec, "lead")], []),
    ...weightsOf(spec).flatMap((weight) => [
      { setWeight: weight },
      volumeStep(spec, weight),
      weight === all ? bakeStep(spec) : gateStep(spec),
    ]),
  ];
}
