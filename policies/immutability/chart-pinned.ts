/** Rule chart-pinned. */
import { allSources, applications } from "../kit/argo-cd/applications";
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { example, set } from "../kit/finding/remedy";
import { isDigest, isPinnedAddress, isRemote } from "../kit/reading/manifest-address";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { isTemplated, valuesOf } from "../kit/argo-cd/set-parameters";
import { types } from "../kit/reading/types";
import { isExactVersion } from "../kit/reading/version";
import { fetching, checkFetched } from "./remote-manifests";

/** Every Helm chart is installed at one exact version. */
export const chartPinned = resourceRule({
  id: "chart-pinned",
  group: "immutability",
  level: "mandatory",
  forbids: "A Helm chart without a version, or with a range of versions; remote manifests of a branch.",
  prevents: "An upgrade that nobody planned, on the day the chart's owner publishes.",
  source: "Argo CD, Tracking strategies, Helm; Helm, chart version ranges",
  settings: {},
  resourceTypes: [
    types.helmRelease,
    types.helmChart,
    ...applications,
    types.fluxHelmRelease,
    types.fluxHelmChart,
    types.kustomization,
    types.kustomizeComponent,
    ...fetching,
  ],
  limits:
    "A chart in a folder of this repository needs no version: its commit is its version. Where Flux takes a chart from Git, revision-pinned checks it.",
  examples: { bad: "{ chart: 'argo-cd', version: '^10.1' }", good: "{ chart: 'argo-cd', version: '10.1.1' }" },
  *check(resource) {
    if (resource.is(types.helmRelease, types.helmChart)) yield* checkRelease(resource);
    else if (resource.is(types.fluxHelmRelease)) yield* checkFlux(resource, resource.at("spec", "chart", "spec"));
    else if (resource.is(types.fluxHelmChart)) yield* checkFlux(resource, resource.at("spec"));
    else if (resource.is(...applications)) yield* checkApplications(resource);
    else if (resource.is(...fetching)) yield* checkFetched(resource);
    else yield* checkKustomization(resource);
  },
});

function checkApplications(resource: Resource): Iterable<Finding> {
  return eachPart(resource, allSources(resource), function* ({ field: source, partial }) {
    // Only sources with `chart` come from a chart repository; Git sources are revision-pinned's.
    const version = source.at("targetRevision");
    if (source.at("chart").isSet() && !(partial && !version.isSet())) yield* checkVersion(resource, version);
  });
}

/** Folders in which Git repositories keep local charts. Helm reads any other name before a slash as a chart repository. */
const ownFolder = /^(\.{0,2}\/|(charts?|helm|deploy|manifests|infra)\/)/;

function* checkRelease(release: Resource): Iterable<Finding> {
  const chart = release.at("chart").textOrEmpty().trim();
  const repository = release.at("repositoryOpts", "repo");
  if (ownFolder.test(chart) && !repository.isSet()) return;
  // Version 3 of Pulumi's Chart takes a folder by its path.
  if (chart === "" && ownFolder.test(release.at("path").textOrEmpty())) return;
  const version = release.at("version");
  if (!version.isSet() && isRemote(chart) && namesRelease(chart)) return;
  yield* checkVersion(release, version);
}

/** A chart archive or an OCI chart whose name contains its version. */
function namesRelease(address: string): boolean {
  return isPinnedAddress(address.replace(/\.(tgz|tar\.gz)$/, ""));
}

function* checkFlux(resource: Resource, spec: Field): Iterable<Finding> {
  // A release may name a chart object or a repository of images instead.
  if (!spec.isSet()) return;
  const kind = spec.at("sourceRef", "kind").text();
  if (kind === "GitRepository" || kind === "Bucket") return;
  yield* checkVersion(resource, spec.at("version"));
}

/** Charts that a kustomization inflates. */
function* checkKustomization(resource: Resource): Iterable<Finding> {
  const charts = [...resource.at("helmCharts").list(), ...resource.at("helmChartInflationGenerator").list()];
  yield* eachPart(resource, charts, function* (chart) {
    const local = !chart.at("repo").isSet() && !chart.at("chartRepo").isSet();
    if (!local) yield* checkVersion(resource, chart.at(chart.at("chartVersion").isSet() ? "chartVersion" : "version"));
  });
}

function* checkVersion(resource: Resource, field: Field): Iterable<Finding> {
  const version = field.textOrEmpty();
  const values = resource.is(types.applicationSet) ? valuesOf(resource, version) : [{ text: version, field }];
  const moving = values?.find(({ text }) => !isExactVersion(text) && !isDigest(text));
  if (values !== undefined && moving === undefined) return;
  const stated = moving?.text ?? version;
  yield violation(resource, {
    at: moving?.field?.path ?? field.path,
    got: gotOf(stated),
    expected: "one exact version",
    fix:
      moving !== undefined && moving.field === undefined
        ? "name the release, such as 1.2.3"
        : example(set(moving?.field ?? field, "1.2.3"), "another exact release"),
  });
}

function gotOf(version: string): string {
  if (version === "") return "nothing, which means the newest";
  return isTemplated(version) ? "a version from a template whose values are not stated here" : valueText(version);
}
