/** Rule chart-pinned. */
import { sourcesOf } from "../kit/argo";
import type { Field } from "../kit/field";
import { type Finding, shown, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { eachPart, resourceRule } from "../kit/rule";
import { types } from "../kit/types";
import { isExactVersion } from "../kit/version";

/** Every Helm chart is installed at one exact version. */
export const chartPinned = resourceRule({
  id: "chart-pinned",
  group: "immutability",
  level: "mandatory",
  forbids: "A Helm chart without a version, or with a range of versions.",
  prevents: "An upgrade that nobody planned, on the day the chart's owner publishes.",
  source: "Argo CD, Tracking strategies, Helm; Helm, chart version ranges",
  settings: {},
  kinds: [types.helmRelease, types.helmChart, types.application, types.applicationSet],
  limits: "A chart in a folder of this repository needs no version: its commit is its version.",
  examples: { bad: "{ chart: 'argo-cd', version: '^10.1' }", good: "{ chart: 'argo-cd', version: '10.1.1' }" },
  *check(resource) {
    if (resource.is(types.helmRelease, types.helmChart)) {
      yield* judgeRelease(resource);
      return;
    }
    yield* eachPart(resource, sourcesOf(resource), (source) => judgeSource(resource, source));
  },
});

function* judgeRelease(release: Resource): Iterable<Finding> {
  const chart = release.at("chart").text() ?? "";
  if (/^\.{0,2}\//.test(chart)) return;
  yield* judgeVersion(release, release.at("version"));
}

function* judgeSource(resource: Resource, source: Field): Iterable<Finding> {
  // Only sources with `chart` come from a chart repository; Git sources are revision-pinned's.
  if (source.at("chart").isSet()) yield* judgeVersion(resource, source.at("targetRevision"));
}

function* judgeVersion(resource: Resource, field: Field): Iterable<Finding> {
  const version = field.text() ?? "";
  if (isExactVersion(version)) return;
  yield violation(resource, {
    at: field.path,
    got: version === "" ? "nothing, which means the newest" : shown(version),
    wanted: "one exact version",
    fix: "name the release, such as 1.2.3",
  });
}
