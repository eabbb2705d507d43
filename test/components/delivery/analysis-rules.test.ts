/** The release gates under Argo Rollouts' own rules, at every place where a rollout may name them. */
import { describe, expect, test } from "vitest";
import { analysisTemplates, gates } from "../../../components/delivery/analysis";
import type { ClusterAnalysisTemplate, PrometheusMetric } from "../../../components/delivery/analysis-template";
import { analysisFaults, type AnalysisUse, metricFault, resolveMetric } from "../../support/analysis-rules";
import { type Measured, type Phase, phaseAfter, type ResolvedMetric } from "../../support/analysis-run";

const templates = analysisTemplates({ prometheusAddress: "http://prometheus:9090", gatewayAddress: "http://gateway" });
const named = (name: string): ClusterAnalysisTemplate => {
  const found = templates.find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no gate ${name}`);
  return found;
};
const services = {
  "canary-service": "shop-canary.shop.svc.cluster.local",
  "stable-service": "shop-stable.shop.svc.cluster.local",
};
const smokeArgs = { image: "registry.example/curl@sha256:0", host: "shop.example.com" };
const everything = { ...services, ...smokeArgs };
const steps: readonly AnalysisUse[] = ["inline step", "pre-promotion", "post-promotion"];
const inSteps = Object.values(gates).filter((name) => name !== gates.tripwire);
const decisive = [gates.errorRatio, gates.serverErrors, gates.latencyP95, gates.latencyP99, gates.baseline];

/** The metric as the controller measures it. */
function metricOf(name: string, args: Readonly<Record<string, string>> = {}): ResolvedMetric {
  const { spec } = named(name);
  const own = Object.fromEntries(spec.args.flatMap(({ name: key, value }) => (value ? [[key, value]] : [])));
  return resolveMetric(spec.metrics[0], { ...own, ...everything, ...args }) as unknown as ResolvedMetric;
}

/** A copy whose only metric says otherwise. */
function changed(name: string, change: Partial<Record<keyof PrometheusMetric, unknown>>): ClusterAnalysisTemplate {
  const template = named(name);
  const metrics = template.spec.metrics.map((metric) => ({ ...metric, ...change }) as PrometheusMetric);
  return { ...template, spec: { ...template.spec, metrics } };
}

describe("Argo Rollouts accepts", () => {
  test.each(steps.flatMap((use) => inSteps.map((name) => [name, use] as const)))("%s as %s", (name, use) => {
    expect(analysisFaults([named(name)], use, everything)).toEqual([]);
  });

  test("the tripwire in the background, where nothing holds a step", () => {
    expect(analysisFaults([named(gates.tripwire)], "background", services)).toEqual([]);
  });

  test("all gates that judge in one step, and volume before them", () => {
    expect(analysisFaults(decisive.map(named), "inline step", services)).toEqual([]);
    expect(analysisFaults([named(gates.volume)], "inline step", services)).toEqual([]);
  });

  test("a bake of a quarter of an hour", () => {
    const bake = [gates.errorRatio, gates.latencyP95History].map(named);
    expect(analysisFaults(bake, "inline step", { ...services, count: "30" })).toEqual([]);
  });
});

describe("Argo Rollouts refuses, and so does the restatement of its rules", () => {
  test("the volume gate as it once was: no count", () => {
    expect(analysisFaults([changed(gates.volume, { count: undefined })], "inline step", services)).toEqual([
      "AnalysisTemplate request-volume has metric request-volume which runs indefinitely. Invalid value for count: <nil>",
    ]);
  });

  test("the volume gate with one measurement too few", () => {
    expect(analysisFaults([changed(gates.volume, { count: 20 })], "inline step", services)).toEqual([
      "metrics[0]: count (20) must be >= failureLimit + consecutiveSuccessLimit (20 + 1) if both >= 0",
    ]);
  });

  test("the tripwire in a step", () => {
    expect(analysisFaults([named(gates.tripwire)], "inline step", services)).toEqual([
      "AnalysisTemplate error-tripwire has metric error-tripwire which runs indefinitely. Invalid value for count: <nil>",
    ]);
  });

  test("a gate without its arguments, and a step that asks for more than there is", () => {
    expect(analysisFaults([named(gates.latencyP95)], "inline step", {})).toEqual([
      "args.canary-service was not resolved",
    ]);
    expect(analysisFaults([named(gates.tripwire)], "background", {})).toEqual(["args.canary-service was not resolved"]);
    expect(analysisFaults([named(gates.baseline)], "inline step", { ...services, count: "121" })).toEqual([
      "metrics[0]: count (120) must be >= failureLimit + consecutiveSuccessLimit (0 + 121) if both >= 0",
    ]);
  });

  test("one gate twice in a step", () => {
    expect(analysisFaults([named(gates.baseline), named(gates.baseline)], "inline step", services)).toEqual([
      "two metrics have the same name 'error-baseline'",
    ]);
  });

  const sound = { count: 3, interval: "30s", failureLimit: 0, provider: { prometheus: {} } };
  test.each([
    [{ consecutiveSuccessLimit: -1 }, "consecutiveSuccessLimit must be >= 0"],
    [{ failureLimit: -2 }, "failureLimit must be >= 0, or -1 to be disabled"],
    [{ failureLimit: -1 }, "failureLimit and consecutiveSuccessLimit cannot both be disabled"],
    [{ failureLimit: -1, consecutiveSuccessLimit: 4 }, "count must be >= consecutiveSuccessLimit"],
    [{ inconclusiveLimit: -1 }, "inconclusiveLimit must be >= 0"],
    [{ inconclusiveLimit: 4 }, "count must be >= inconclusiveLimit"],
    [{ consecutiveErrorLimit: -1 }, "consecutiveErrorLimit must be >= 0"],
    [{ interval: undefined }, "interval must be specified when count > 1"],
    [{ interval: "30" }, "invalid interval string"],
    [{ initialDelay: "soon" }, "invalid startDelay string"],
    [{ provider: {} }, "no provider specified"],
    [{ provider: { prometheus: {}, job: {} } }, "multiple providers specified"],
    [{}, undefined],
  ])("%j", (change, fault) => {
    expect(metricFault({ ...sound, ...change })).toBe(fault);
  });
});

describe("what a gate makes of its measurements", () => {
  const nothing: Measured = [];
  const times = (count: number, measured: Measured): readonly Measured[] => Array<Measured>(count).fill(measured);
  const good: Measured = [0];
  const bad: Measured = [3];

  test.each<[string, Readonly<Record<string, string>>, readonly Measured[], Phase]>([
    ["four good ones in a row pass", {}, times(4, good), "Successful"],
    ["three are not enough", {}, times(3, good), "Running"],
    ["one beyond the bound fails at once", {}, [good, good, good, bad], "Failed"],
    ["a Prometheus replica's restart is forgiven", {}, [good, ...times(6, nothing), ...times(4, good)], "Successful"],
    ["what was forgiven is no success", {}, [...times(6, nothing), ...times(3, good)], "Running"],
    ["longer silence pauses", {}, times(7, nothing), "Inconclusive"],
    ["NaN is silence", {}, times(7, [Number.NaN]), "Inconclusive"],
    ["a gate of one does not pass on silence", { count: "1" }, times(6, nothing), "Running"],
    ["nor one of two", { count: "2" }, [nothing, nothing, good], "Running"],
    ["five minutes of errors are borne", {}, [...times(30, "error"), ...times(4, good)], "Successful"],
    ["more end the release", {}, times(31, "error"), "Error"],
    ["a long bake passes", { count: "100" }, times(100, good), "Successful"],
    [
      "a bake that starts again too late ends without a verdict",
      { count: "100" },
      [...times(99, good), nothing, ...times(20, good)],
      "Inconclusive",
    ],
  ])("%s", (_title, args, measurements, phase) => {
    for (const name of [gates.errorRatio, gates.serverErrors, gates.latencyP95])
      expect(phaseAfter(metricOf(name, args), measurements), name).toBe(phase);
  });

  test.each<[string, readonly Measured[], Phase]>([
    ["traffic that comes at the last look passes", [...times(20, [499]), [500]], "Successful"],
    ["traffic that does not come fails", times(21, [499]), "Failed"],
    ["traffic that is there passes at once", [[500]], "Successful"],
  ])("volume: %s", (_title, measurements, phase) => {
    expect(phaseAfter(metricOf(gates.volume), measurements)).toBe(phase);
  });

  test.each<[string, readonly Measured[], Phase]>([
    ["one bad look of a whole release is forgiven", [bad, ...times(9, good)], "Running"],
    ["two end it, in a row or not", [bad, good, good, bad], "Failed"],
    ["silence is no reason to stop", times(50, nothing), "Running"],
  ])("tripwire: %s", (_title, measurements, phase) => {
    expect(phaseAfter(metricOf(gates.tripwire), measurements)).toBe(phase);
  });
});
