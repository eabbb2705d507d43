/** Cases of the rule that fits an analysis into its rollout: what its arguments decide. */
import { analysisTemplate, but, rollout } from "../support/fixtures";
import {
  barred,
  barring,
  byArgument,
  canary,
  endless,
  inBackground,
  inStep,
  metric,
  waiting,
} from "../support/fitting";
import type { Given } from "../support/rule";
import { given, type Spec } from "../support/spec";

/** A rollout that gives its background analysis these arguments. */
const giving = (values: Readonly<Record<string, string>>): Given =>
  but(inBackground, {
    [`${canary}.analysis.args`]: Object.entries(values).map(([name, value]) => ({ name, value })),
  });

/** Cases that the rule's spec takes in. */
export const argumentCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a delay by an argument of the template": given(rollout, byArgument("30s")),
    "a delay by an argument of the rollout": given(waiting("30s"), byArgument("10m")),
    "a delay by an argument of another field": given(
      but(inBackground, {
        [`${canary}.analysis.args`]: [
          { name: "delay", valueFrom: { fieldRef: { fieldPath: "spec.strategy.canary.steps[0].pause.duration" } } },
        ],
      }),
      byArgument(undefined),
    ),
    "an argument that the template does not have": given(
      but(rollout, { [`${canary}.analysis.args`]: [{ name: "other", value: "1" }] }),
      analysisTemplate,
    ),
    "an argument that keeps the gate closed": given(barring("0.995"), barred),
    "a gate that is open by itself, whatever the rollout gives": given(
      but(inBackground, { [`${canary}.analysis.args`]: [{ name: "bar", value: "0.99" }] }),
      but(barred, { [`${metric}.count`]: 5, [`${metric}.interval`]: "30s", [`${metric}.failureLimit`]: 5 }),
    ),
    "a count in a step that the template itself gives its argument": given(
      inStep,
      but(endless({ count: "{{ args.count }}" }), { "spec.args": [{ name: "count", value: "3" }] }),
    ),
  },
  bad: {
    "a delay by an argument that is too long": given(waiting("10m"), byArgument(undefined)),
    "a delay by a label that is too long": given(
      but(inBackground, {
        "metadata.labels": { "acme.dev/delay": "10m" },
        [`${canary}.analysis.args`]: [
          { name: "delay", valueFrom: { fieldRef: { fieldPath: "metadata.labels['acme.dev/delay']" } } },
        ],
      }),
      byArgument(undefined),
    ),
    "a delay that a Secret decides": given(
      waiting(undefined),
      but(byArgument(undefined), {
        "spec.args": [{ name: "delay", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }],
      }),
    ),
    "no value for an argument": given(waiting(undefined), byArgument(undefined)),
    "an argument that opens the gate": given(barring("0.5"), barred),
    "an argument that lets every failure pass": given(
      but(inBackground, { [`${canary}.analysis.args`]: [{ name: "limit", value: "5" }] }),
      but(analysisTemplate, {
        "spec.args": [{ name: "limit", value: "0" }],
        [`${metric}.failureLimit`]: "{{args.limit}}",
        [`${metric}.count`]: 5,
        [`${metric}.interval`]: "30s",
      }),
    ),
    "no value for an argument of an experiment": given(
      but(inStep, {
        [`${canary}.steps`]: [
          { experiment: { analyses: [{ name: "a", templateName: "slo", args: [{ name: "other", value: "1" }] }] } },
        ],
      }),
      byArgument(undefined),
    ),
    "no value for an argument without a proper name": given(
      rollout,
      but(analysisTemplate, { "spec.args": [{ name: "My own" }] }),
    ),
    "an argument that opens a gate without a proper name": given(
      barring("0.5"),
      but(barred, { [`${metric}.name`]: "My own" }),
    ),
    "the second of two arguments opens the gate": given(
      giving({ wait: "30s", bar: "0.5" }),
      but(barred, {
        "spec.args": [
          { name: "wait", value: "10s" },
          { name: "bar", value: "0.99" },
        ],
        [`${metric}.initialDelay`]: "{{args.wait}}",
      }),
    ),
    "two arguments of three open the gate, each by itself": given(
      giving({ bar: "0.5", other: "1", limit: "5" }),
      but(barred, {
        "spec.args": [
          { name: "bar", value: "0.99" },
          { name: "limit", value: "0" },
        ],
        [`${metric}.failureLimit`]: "{{args.limit}}",
        [`${metric}.count`]: 5,
        [`${metric}.interval`]: "30s",
      }),
    ),
    "a delay that a Secret decides, and no pause to wait in": given(
      but(waiting(undefined), { [`${canary}.steps`]: [] }),
      but(byArgument(undefined), {
        "spec.args": [{ name: "delay", valueFrom: { secretKeyRef: { name: "s", key: "k" } } }],
      }),
    ),
  },
};
