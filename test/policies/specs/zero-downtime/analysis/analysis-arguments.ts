/** Cases of the rule that fits an analysis into its rollout: what its arguments decide. */
import { analysisTemplate, but, rollout } from "../../../support/fixtures";
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
} from "../../../support/fitting";
import type { Case, Given } from "../../../support/rule";
import { given, type Spec, under } from "../../../support/spec";

/** A rollout that gives its background analysis these arguments. */
const giving = (values: Readonly<Record<string, string>>): Given =>
  but(inBackground, {
    [`${canary}.analysis.args`]: Object.entries(values).map(([name, value]) => ({ name, value })),
  });

/** A rollout whose only analysis is by a template of the platform. */
const taking = (...args: readonly object[]): Given =>
  but(inBackground, {
    [`${canary}.analysis`]: { templates: [{ templateName: "errors", clusterScope: true }], args },
  });
interface Tables {
  readonly requiredArguments?: readonly object[];
  readonly optionalArguments?: readonly object[];
}
/** What a platform says of its templates. */
const platform = (rollout: Given, ...more: readonly Tables[]): Case =>
  under(
    {
      knownTemplates: ["errors", "smoke"],
      requiredArguments: [
        { template: "errors", argument: "canary-service" },
        ...more.flatMap(({ requiredArguments = [] }) => requiredArguments),
      ],
      optionalArguments: [
        { template: "errors", argument: "count" },
        ...more.flatMap(({ optionalArguments = [] }) => optionalArguments),
      ],
    },
    rollout,
  );
/** A rollout that gives the only argument of its template so. */
const valued = (arg: object, more: Readonly<Record<string, unknown>> = {}): Case =>
  given(
    but(inBackground, { [`${canary}.analysis.args`]: [{ name: "one", ...arg }], ...more }),
    but(analysisTemplate, { "spec.args": [{ name: "one" }] }),
  );
const from = (fieldPath: string): object => ({ valueFrom: { fieldRef: { fieldPath } } });

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
    "arguments of the platform's templates": platform(
      taking({ name: "canary-service", value: "shop-canary" }, { name: "count", value: "5" }),
    ),
    "an argument that another of the platform's templates gives a value": platform(
      taking({ name: "canary-service", value: "shop-canary" }),
      { optionalArguments: [{ template: "errors", argument: "region" }] },
      { requiredArguments: [{ template: "latency", argument: "region" }] },
    ),
    "an argument of another of the platform's templates": platform(
      taking({ name: "canary-service", value: "shop-canary" }, { name: "host", value: "shop" }),
      { requiredArguments: [{ template: "smoke", argument: "host" }] },
    ),
    "an argument of another template in sight": given(
      but(rollout, { [`${canary}.analysis.args`]: [{ name: "region", value: "eu" }] }),
      analysisTemplate,
      but(analysisTemplate, { "metadata.name": "other", "spec.args": [{ name: "region" }] }),
    ),
    "any argument of a template whose arguments nobody states": under(
      { knownTemplates: ["errors"] },
      taking({ name: "anything", value: "1" }),
    ),
    "arguments of the metadata and of the ReplicaSets": given(
      but(taking(), {
        "metadata.labels": { region: "eu" },
        [`${canary}.analysis`]: {
          templates: [{ templateName: "slo" }],
          args: [
            { name: "a", valueFrom: { fieldRef: { fieldPath: "metadata.name" } } },
            { name: "b", valueFrom: { fieldRef: { fieldPath: "metadata.labels['region']" } } },
            { name: "c", valueFrom: { podTemplateHashValue: "Stable" } },
            { name: "d", valueFrom: { podTemplateHashValue: "Latest" } },
            { name: "e", valueFrom: { fieldRef: { fieldPath: "status.canary.weights.canary.weight" } } },
            { name: "f", valueFrom: { fieldRef: { fieldPath: "spec.replicas" } } },
            { name: "g", valueFrom: { fieldRef: { fieldPath: "spec.template.spec.containers[0].image" } } },
            { name: "h", value: "" },
          ],
        },
      }),
      but(analysisTemplate, { "spec.args": [..."abcdefgh"].map((name) => ({ name })) }),
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
    "an argument that the template does not have": given(
      but(rollout, { [`${canary}.analysis.args`]: [{ name: "other", value: "1" }] }),
      analysisTemplate,
    ),
    "an argument in another spelling": given(
      but(inBackground, { [`${canary}.analysis.args`]: [{ name: "Delay", value: "30s" }] }),
      byArgument(undefined),
    ),
    "two arguments in another spelling": given(
      but(inBackground, {
        [`${canary}.analysis.args`]: [
          { name: "wait", value: "30s" },
          { name: "bar", value: "1" },
        ],
      }),
      byArgument(undefined),
    ),
    "no value for an argument of the platform's template": platform(taking()),
    "an argument that the platform's template does not have": platform(
      taking({ name: "canary-service", value: "shop-canary" }, { name: "canary_service", value: "shop-canary" }),
    ),
    "an argument without a value": valued({}),
    "an argument by the hash of another ReplicaSet": valued({ valueFrom: { podTemplateHashValue: "Canary" } }),
    "an argument that a Secret gives": valued({ valueFrom: { secretKeyRef: { name: "s", key: "k" } } }),
    "an argument by a label in another writing": valued(from("metadata.labels.region"), {
      "metadata.labels": { region: "eu" },
    }),
    "an argument by a part of the metadata that nobody reads": valued(from("metadata.generation")),
    "an argument by a path that the rollout lacks": valued(from("spec.template.metadata.labels.version")),
    "an argument by the third of two steps": valued(from("spec.strategy.canary.steps[7].setWeight")),
    "an argument by a whole list": valued(from("spec.strategy.canary.steps")),
    "an argument by a whole object": valued(from("spec.template.metadata")),
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
