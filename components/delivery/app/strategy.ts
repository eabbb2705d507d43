/** The steps of each strategy: how much traffic the coming version gets, and what must hold before it gets more. */
import { analysisLimits } from "../../core/limits/analysis";
import { applicationLimits } from "../../core/limits/application";
import { weightLimits } from "../../core/limits/weights";
import { inSeconds } from "../../core/units";
import { gates } from "../analysis";
import { canaryService, fullHost, stableService } from "./manifest";
import type { AppPlatform, AppSpec, Strategy } from "./spec";
import { minimumRequests } from "./volume";

/** Percent of the traffic, step by step; the last one is all of it. */
export const strategyWeights: Readonly<Record<Exclude<Strategy, "rolling">, readonly number[]>> = {
  canary: [5, 25, 50, 100],
  "canary-5-20-100": [5, 20, 100],
  "canary-5-10-25-50-100": [5, 10, 25, 50, 100],
  blueGreen: [100],
};

/** The strategy of an application that names none. */
export const defaultStrategy: Strategy = "canary";

/** Weights of a Rollout's steps. */
export function weightsOf({ strategy = defaultStrategy }: AppSpec): readonly number[] {
  return strategy === "rolling" ? [] : strategyWeights[strategy];
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
export function serviceArguments(spec: AppSpec): readonly Argument[] {
  return [
    { name: "canary-service", value: fullHost(spec, canaryService(spec)) },
    { name: "stable-service", value: fullHost(spec, stableService(spec)) },
  ];
}

/** Names of the gates that judge a version beside the one that serves. */
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

/** The gates of the bake: the serving version has no present any more, so it is compared with its past or not at all. */
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

/** Where the application answers. */
export const hostOf = ({ name }: AppSpec, { domain }: AppPlatform): string => `${name}.${domain}`;

const smoke = (spec: AppSpec): Step => analysis([{ templateName: smokeTemplate(spec) }], []);

/** The application's smoke test: its paths differ from those of every other application. */
export const smokeTemplate = ({ name }: AppSpec): string => `${name}-smoke`;

/** How many measurements in a row the bake takes. */
export const bakeCount = Math.ceil(inSeconds(applicationLimits.bake) / inSeconds(analysisLimits.gateInterval));

/** A service without an expected rate is sent requests for as long as a step is judged. */
function load(spec: AppSpec, platform: AppPlatform, seconds: number) {
  if (spec.expectedRps !== undefined) return { templates: [], args: [] };
  const args = [
    { name: "image", value: platform.curlImage },
    { name: "host", value: hostOf(spec, platform) },
    { name: "path", value: spec.readinessPath },
    { name: "requests", value: String(Math.ceil(seconds * analysisLimits.syntheticRate.value)) },
  ];
  return { templates: [cluster(gates.syntheticLoad)], args };
}

/** Requests before the weight: they reach the version without a user, and the volume gate counts them. */
function loadSteps(spec: AppSpec, platform: AppPlatform): readonly Step[] {
  const { templates, args } = load(spec, platform, inSeconds(analysisLimits.syntheticLead));
  return templates.length === 0 ? [] : [analysis(templates, args)];
}

/** A step of its own: the templates of one step start together, and the others would see no request yet. */
function volumeStep(spec: AppSpec, weight: number): Step {
  const least = { name: "minimum-requests", value: String(minimumRequests(spec, weight)) };
  return analysis([cluster(gates.volume)], [...serviceArguments(spec), least]);
}

function gateStep(spec: AppSpec, platform: AppPlatform, weight: number): Step {
  const last = weight === all;
  const count = last ? bakeCount : analysisLimits.gateCount.value;
  const judged = inSeconds(analysisLimits.errorRatioFor) + count * inSeconds(analysisLimits.gateInterval);
  const { templates, args } = load(spec, platform, judged);
  const gated = (last ? bakeGates(spec) : comparingGates(spec)).map(cluster);
  const counted = last ? [{ name: "count", value: String(count) }] : [];
  return analysis(
    [...templates, ...gated, ...(last ? [] : own(spec))],
    [...serviceArguments(spec), ...counted, ...args],
  );
}

function gatedWeight(spec: AppSpec, platform: AppPlatform, weight: number): readonly Step[] {
  return [
    ...loadSteps(spec, platform),
    { setWeight: weight },
    volumeStep(spec, weight),
    gateStep(spec, platform, weight),
  ];
}

/** Steps of a release: all pods, then the smoke test before any user, then each weight with its gates. */
export function steps(spec: AppSpec, platform: AppPlatform): readonly Step[] {
  return [
    // Before the smoke test there must be a pod of the new version, or it tests the old one (recorded).
    { setCanaryScale: { weight: all } },
    smoke(spec),
    ...weightsOf(spec).flatMap((weight) => gatedWeight(spec, platform, weight)),
  ];
}
