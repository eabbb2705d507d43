/** Cases of the rules about canary steps and the analyses between them. */
import { unknownSentinels } from "../../../../../policies/kit/reading/value";
import { canarySteps } from "../../../../../policies/zero-downtime/rollout/canary-steps";
import { rolloutHasAnalysis } from "../../../../../policies/zero-downtime/analysis/rollout-has-analysis";
import { autoscaler, but, rollout } from "../../../support/fixtures";
import type { Case, Given } from "../../../support/rule";
import { given, object, previewed, under, type Spec } from "../../../support/spec";

const [UNKNOWN] = unknownSentinels;
const canary = "spec.strategy.canary";
const gate = (...names: readonly string[]): object => ({
  analysis: { templates: names.map((templateName) => ({ templateName })) },
});
const pause = (duration: unknown): object => ({ pause: { duration } });
const weight = (setWeight: unknown): object => ({ setWeight });
const walking = (...steps: readonly object[]): Case => given(but(rollout, { [`${canary}.steps`]: steps }));
/** Without an analysis beside the steps. */
const stepping = (...steps: readonly object[]): Case =>
  given(but(rollout, { [`${canary}.steps`]: steps, [`${canary}.analysis`]: undefined }));
const scale = (setCanaryScale: object): object => ({ setCanaryScale });
const undone = { "fridayproof.dev/undo-of": `sha256:${"b".repeat(64)}` };
const experiment = (more: object): object => ({
  experiment: { templates: [{ name: "new", specRef: "canary" }], ...more },
});
/** Without a router: weights are numbers of pods. */
const basic = (replicas: unknown, setWeight: number, more: Readonly<Record<string, unknown>> = {}): Given =>
  but(rollout, {
    "spec.replicas": replicas,
    [`${canary}.trafficRouting`]: undefined,
    [`${canary}.maxUnavailable`]: 0,
    [`${canary}.steps`]: [weight(setWeight), pause("2m"), weight(50), pause("2m")],
    ...more,
  });
const target = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", name: "shop" };
const keda = (spec: object, annotations: object = {}): Given =>
  object("keda.sh/v1alpha1:ScaledObject", "shop", {
    metadata: { name: "shop", namespace: "shop", annotations },
    spec: { scaleTargetRef: target, triggers: [{ type: "cron" }], ...spec },
  });
const hpa = (spec: object): Given => but(autoscaler, { spec: { scaleTargetRef: target, maxReplicas: 10, ...spec } });
const [first, last] = [
  [weight(5), pause("2m")],
  [weight(50), pause(120)],
];

/** Cases of the rules about canary steps. */
export const canarySpecs: readonly Spec[] = [
  {
    rule: canarySteps,
    good: {
      "small, timed steps": given(rollout),
      "an analysis instead of a pause": walking(weight(0), weight(20), gate("slo")),
      "an experiment instead of a pause": walking(weight(5), experiment({ duration: "5m" })),
      "an experiment that its analysis ends": walking(
        weight(5),
        experiment({ analyses: [{ name: "a", templateName: "slo", requiredForCompletion: true }] }),
      ),
      "two pauses that are long enough together": walking(weight(5), pause("5s"), pause(5), weight(0)),
      "a plugin decides": walking(weight(5), { plugin: { name: "acme/check" } }),
      "a weight below nobody, which rollout-proceeds refuses": walking(weight(-1), ...last),
      "a weight beyond everybody, which rollout-proceeds refuses": walking(...first, weight(101), ...last),
      "less weight needs no wait": walking(...first, weight(50), weight(0), ...first, ...last),
      "weights of a router that counts to a thousand": given(
        but(rollout, {
          [`${canary}.trafficRouting.maxTrafficWeight`]: 1000,
          [`${canary}.steps`]: [weight(50), pause("2m"), weight(1000)],
        }),
      ),
      "smoke test, then traffic, then enough of it, then the verdict": walking(
        scale({ weight: 100 }),
        gate("smoke"),
        weight(5),
        gate("request-volume"),
        gate("slo"),
      ),
      "one switch, tested before and judged after": walking(
        scale({ weight: 100 }),
        gate("smoke"),
        weight(100),
        gate("slo"),
      ),
      "a version that returns: all pods, and no weight of its own": given(
        but(rollout, { "metadata.annotations": undone, [`${canary}.steps`]: [scale({ weight: 100 })] }),
      ),
      "blue and green, which another rule refuses": given(but(rollout, { "spec.strategy": { blueGreen: {} } })),
      "four pods and one more: a fifth": given(basic(4, 20)),
      "ten pods without one more: a tenth": given(basic(10, 10, { [`${canary}.maxSurge`]: 0 })),
      "pods by the least of an autoscaler": given(basic(undefined, 20), hpa({ minReplicas: 4 })),
      "pods by the least of KEDA while it serves": given(
        basic(undefined, 20),
        keda({ idleReplicaCount: 0, minReplicaCount: 4 }),
      ),
      "pods at which KEDA is paused": given(
        basic(undefined, 20),
        keda({ minReplicaCount: 1 }, { "autoscaling.keda.sh/paused-replicas": "4" }),
      ),
      "a rollout that is switched off": given(basic(0, 10)),
      "a patch of a rollout whose pods stand elsewhere": given(
        basic(undefined, 10, { "spec.template": undefined, "spec.selector": undefined }),
      ),
      "a bound of a third for three pods": under({ firstWeightAtMost: 34 }, basic(3, 10)),
    },
    bad: {
      "three pods without a router: a quarter": given(basic(3, 10)),
      "three pods, none more and no router: a third": given(
        basic(3, 10, { [`${canary}.maxSurge`]: 0, [`${canary}.maxUnavailable`]: 1 }),
      ),
      "seven pods without a router, which round up": given(basic(7, 20)),
      "one pod without a router: one half": given(basic(1, 10)),
      "one pod, none more and no router: nobody": given(
        basic(1, 10, { [`${canary}.maxSurge`]: 0, [`${canary}.maxUnavailable`]: 1 }),
      ),
      "a router that is empty": given(basic(3, 10, { [`${canary}.trafficRouting`]: {} })),
      "a big start without a router and with few pods": given(basic(3, 50)),
      "no steps without a router and with few pods": given(basic(3, 5, { [`${canary}.steps`]: undefined })),
      "an autoscaler whose least is too few pods": given(basic(undefined, 10), hpa({ minReplicas: 2 })),
      "an autoscaler whose most is too few pods": given(basic(undefined, 10), hpa({ minReplicas: 2, maxReplicas: 3 })),
      "KEDA with one pod while it serves": given(
        basic(undefined, 10),
        keda({ idleReplicaCount: 0, maxReplicaCount: 3 }),
      ),
      "an autoscaler whose workload a preview hides": previewed(
        basic(3, 10),
        but(autoscaler, { "spec.scaleTargetRef.name": UNKNOWN }),
      ),
      "weights that go down": walking(
        weight(20),
        pause("2m"),
        weight(5),
        pause("2m"),
        gate("slo"),
        weight(80),
        pause("2m"),
      ),
      "no steps": given(but(rollout, { [`${canary}.steps`]: undefined })),
      "a version that returns without waiting for its pods": given(
        but(rollout, { "metadata.annotations": undone, [`${canary}.steps`]: undefined }),
      ),
      "a version that returns with half of its pods": given(
        but(rollout, { "metadata.annotations": undone, [`${canary}.steps`]: [scale({ weight: 50 })] }),
      ),
      "a version that returns, with a big start": given(
        but(rollout, { "metadata.annotations": undone, [`${canary}.steps`]: [weight(50), pause("2m")] }),
      ),
      "all pods, and then everybody": walking(scale({ weight: 100 })),
      "one switch without a test before": walking(scale({ weight: 100 }), weight(100), gate("slo")),
      "one switch that nobody looks at": walking(scale({ weight: 100 }), gate("smoke"), weight(100)),
      "one switch, tested on half of the pods": walking(scale({ weight: 50 }), gate("smoke"), weight(100), gate("slo")),
      "a big start": walking(weight(21), pause("1m")),
      "no wait at all": walking(weight(5), weight(50)),
      "an endless pause": walking(weight(5), { pause: {} }),
      "nothing, then a big start": walking(weight(0), weight(50), pause("1m")),
      "pauses of a second": walking(weight(5), pause("1s"), weight(50), pause(1)),
      "no wait before the end": walking(...first, weight(50)),
      "a wait before the first weight only": walking(pause("5m"), gate("slo"), weight(5), weight(100)),
      "a big start of a thousand": given(
        but(rollout, {
          [`${canary}.trafficRouting.maxTrafficWeight`]: 1000,
          [`${canary}.steps`]: [weight(500), pause("2m")],
        }),
      ),
      "a pause that Argo Rollouts cannot read": walking(weight(5), pause("1d")),
      "an analysis without templates": walking(weight(5), { analysis: { templates: [] } }),
      "an experiment without end": walking(weight(5), experiment({ analyses: [{ name: "a", templateName: "slo" }] })),
      "an unknown weight beside a wait that is missing": walking(weight(5), weight(50), pause("2m"), weight(UNKNOWN)),
      "an experiment on a third of the users": walking(
        weight(5),
        experiment({ duration: "5m", templates: [{ name: "new", specRef: "canary", weight: 33 }] }),
      ),
      "a window in which steps are skipped": given(but(rollout, { "spec.rollbackWindow": { revisions: 3 } })),
      "the smoke test before any pod": walking(gate("smoke"), ...first, ...last),
      "the smoke test before any pod, with a scale of none": walking(scale({ replicas: 0 }), gate("smoke"), ...first),
      "the smoke test on users": walking(weight(5), gate("smoke"), weight(50), pause("2m")),
      "the volume gate beside the verdict": walking(weight(5), gate("request-volume", "slo")),
      "the smoke test on users, behind pods of the new version": walking(
        scale({ replicas: 1 }),
        weight(5),
        gate("smoke"),
        pause("2m"),
        weight(50),
        pause("2m"),
      ),
      "a verdict beside the smoke test, before the volume gate": walking(
        weight(5),
        gate("first-look", "volume"),
        gate("request-volume"),
      ),
      "the verdict before the volume gate": walking(weight(5), gate("slo"), gate("request-volume")),
      "the smoke test by another name": under(
        { smokeTemplate: "first-request" },
        but(rollout, { [`${canary}.steps`]: [gate("first-request"), ...first] }),
      ),
    },
  },
  {
    rule: rolloutHasAnalysis,
    good: {
      "in the background": given(rollout),
      "in a step": given(but(rollout, { [`${canary}.analysis`]: undefined })),
      "in an experiment": given(
        but(rollout, { [canary]: { steps: [{ experiment: { analyses: [{ name: "a", templateName: "slo" }] } }] } }),
      ),
      "after promotion": given(
        but(rollout, {
          "spec.strategy": { blueGreen: { postPromotionAnalysis: { templates: [{ templateName: "slo" }] } } },
        }),
      ),
      "before promotion": given(
        but(rollout, {
          "spec.strategy": { blueGreen: { prePromotionAnalysis: { templates: [{ templateName: "slo" }] } } },
        }),
      ),
      "before the first weight, on pods of the new version": stepping(scale({ replicas: 1 }), gate("smoke"), ...first),
    },
    bad: {
      none: given(but(rollout, { [canary]: { steps: [weight(5)], analysis: { templates: [] } } })),
      "only when everybody has it": stepping(...first, weight(100), pause("2m"), gate("slo")),
      "only when everybody has it, counted to a thousand": given(
        but(rollout, {
          [canary]: {
            trafficRouting: { nginx: {}, maxTrafficWeight: 1000 },
            steps: [weight(50), pause("2m"), weight(1000), gate("slo")],
          },
        }),
      ),
      "a weight that a preview hides": stepping(weight(UNKNOWN), gate("slo"), weight(100)),
      "only before any pod": stepping(gate("slo"), ...first, ...last),
      "only before any pod, whose scale follows the weight": stepping(
        scale({ replicas: 1 }),
        scale({ matchTrafficWeight: true }),
        gate("slo"),
        ...first,
      ),
      "only when everybody has it, at the first weight": stepping(weight(100), pause("2m"), gate("slo")),
      "only before everybody has it at once": stepping(gate("slo"), weight(100)),
      "an analysis without templates": stepping(weight(5), { analysis: {} }),
    },
  },
];
