/** Cases of the rule about versions of charts. */
import { chartPinned } from "../../../../policies/immutability/chart-pinned";
import { application, applicationSet, but, digest, gateway } from "../../support/fixtures";
import { everySource } from "../../support/delivery";
import type { Given } from "../../support/rule";
import { given, object, type Spec } from "../../support/spec";

const fetched = (type: string, props: Readonly<Record<string, unknown>>): Given => ({
  type: `kubernetes:${type}`,
  name: "fetched",
  props,
});
const flux = (kind: string, spec: object): Given =>
  object(kind === "HelmChart" ? "source.toolkit.fluxcd.io/v1:HelmChart" : `helm.toolkit.fluxcd.io/v2:${kind}`, "a", {
    spec,
  });
const fluxChart = (version: string | undefined, kind = "HelmRepository"): object => ({
  chart: { spec: { chart: "a", version, sourceRef: { kind, name: "r" } } },
});
const ofSet = (generators: readonly object[], version: string): Given =>
  but(applicationSet, {
    "spec.generators": generators,
    "spec.template.spec.source": { ...chart, targetRevision: version },
  });
const inflated = (...helmCharts: readonly object[]): Given => ({
  type: "kubernetes:kustomize.config.k8s.io/v1beta1:Kustomization",
  name: "k",
  props: { helmCharts },
});
const chart = { repoURL: "https://charts.example.com", chart: "argo-cd", targetRevision: "10.1.1" };

/** Cases of the rule about versions of charts. */
export const chartSpecs: readonly Spec[] = [
  {
    rule: chartPinned,
    good: {
      "everything that a source may say": given(...everySource),

      "an exact version": given(gateway, but(application, { "spec.source": chart })),
      "a chart of this repository": given(but(gateway, { chart: "./charts/shop", version: undefined })),
      "manifests of a commit, of a version, and of this repository": given(
        fetched("kustomize/v2:Directory", { directory: `https://github.com/acme/a//ha?ref=${"a".repeat(40)}` }),
        fetched("yaml/v2:ConfigFile", { file: "https://github.com/acme/a/releases/download/v1.2.3/install.yaml" }),
        fetched("yaml/v2:ConfigGroup", { files: ["./manifests/*.yaml"] }),
      ),
      "a Git source": given(application),
      "a chart of this repository, between blanks": given(
        but(gateway, { chart: " ./charts/shop ", version: undefined }),
      ),
      "a chart beside this repository": given(but(gateway, { chart: "../charts/shop", version: undefined })),
      "a version of a list": given(
        ofSet([{ list: { elements: [{ version: "1.2.3" }, { version: "v2.0.0-rc.1" }] } }], "{{.version}}"),
        ofSet(
          [{ merge: { generators: [{ clusters: {} }, { list: { elements: [{ version: "1.2.3" }] } }] } }],
          "{{version}}",
        ),
      ),
      "Flux at one version": given(
        flux("HelmRelease", fluxChart("1.2.3")),
        flux("HelmRelease", fluxChart(undefined, "GitRepository")),
        flux("HelmRelease", fluxChart(undefined, "Bucket")),
        flux("HelmRelease", { chartRef: { kind: "OCIRepository", name: "r" } }),
        flux("HelmChart", { chart: "a", version: "1.2.3", sourceRef: { kind: "HelmRepository" } }),
      ),
      "charts that a kustomization inflates": given(
        inflated({ name: "a", repo: "https://charts.example.com", version: "1.2.3" }, { name: "local" }),
      ),
      "a chart of this repository, by its folder": given(but(gateway, { chart: "charts/shop", version: undefined }), {
        type: "kubernetes:helm.sh/v3:Chart",
        name: "c",
        props: { path: "./charts/shop" },
      }),
      "a version in the address": given(
        but(gateway, { chart: "oci://example.com/charts/shop:1.2.3", version: undefined }),
        but(gateway, { chart: "https://example.com/shop-1.2.3.tgz", version: undefined }),
        but(gateway, { chart: `oci://example.com/charts/shop@${digest}`, version: undefined }),
      ),
      "a patch that leaves the version alone": given(
        but(applicationSet, {
          "spec.template.spec.source": chart,
          "spec.templatePatch": "spec:\n  source:\n    chart: other\n",
        }),
      ),
      "a chart of this machine": given(but(gateway, { chart: "/srv/charts/shop", version: undefined })),
    },
    bad: {
      "manifests of a branch": given(
        fetched("kustomize/v2:Directory", { directory: "https://github.com/acme/a//ha?ref=master" }),
        fetched("kustomize:Directory", { directory: "github.com/acme/a//ha" }),
        fetched("yaml/v2:ConfigFile", { file: "https://raw.githubusercontent.com/acme/a/main/install.yaml" }),
        fetched("yaml/v2:ConfigGroup", { files: ["./a.yaml", "https://example.com/install.yaml"] }),
      ),
      "a caret": given(but(gateway, { version: "^1.2" })),
      "an x": given(but(gateway, { version: "1.x" })),
      blank: given(but(gateway, { version: " " })),
      unset: given(but(gateway, { version: undefined })),
      "a v4 chart": given({ ...but(gateway, { version: ">=1.2.3" }), type: "kubernetes:helm.sh/v4:Chart" }),
      "an application": given(but(application, { "spec.source": { ...chart, targetRevision: "10.*" } })),
      "the second source of a set": given(
        but(applicationSet, { "spec.template.spec.sources": [chart, { ...chart, targetRevision: undefined }] }),
      ),
      "a range of a list": given(ofSet([{ list: { elements: [{ version: "^1.2" }] } }], "{{.version}}")),
      "a version from clusters": given(ofSet([{ clusters: {} }], "{{metadata.labels.version}}")),
      "Flux on a range": given(flux("HelmRelease", fluxChart(">=1.0.0"))),
      "Flux on the newest": given(flux("HelmChart", { chart: "a", sourceRef: { kind: "HelmRepository" } })),
      "a chart that a kustomization inflates": given(
        inflated({ name: "a", repo: "https://x.example", version: "1.x" }),
      ),
      "a chart that a generator of a kustomization inflates": given({
        ...inflated(),
        props: {
          helmChartInflationGenerator: [{ chartName: "a", chartRepo: "https://x.example", chartVersion: "1.x" }],
        },
      }),
      "a chart without a name": given({ type: "kubernetes:helm.sh/v3:Chart", name: "c", props: {} }),
      "a name that ends like a version, and a version in the address beside a range": given(
        but(gateway, { chart: "example/shop-1.2.3", version: undefined }),
        but(gateway, { chart: "oci://example.com/charts/shop:1.2.3", version: ">=1" }),
      ),
      "a folder of a repository of charts": given(
        but(gateway, { chart: "charts/shop", version: undefined, repositoryOpts: { repo: "https://x.example" } }),
      ),
      "an address without a version": given(
        but(gateway, { chart: "oci://example.com/charts/shop", version: undefined }),
        but(gateway, { chart: "https://example.com/shop.tgz", version: undefined }),
      ),
      "a patch": given(
        but(applicationSet, {
          "spec.template.spec.source": chart,
          "spec.templatePatch": "spec:\n  source:\n    chart: argo-cd\n    targetRevision: 10.*\n",
        }),
      ),
      "a hydrator's chart": given(
        but(application, { "spec.sourceHydrator.drySource": { ...chart, targetRevision: "~10.1" } }),
      ),
      "a chart of a repository": given(but(gateway, { chart: "example/shop", version: undefined })),
    },
  },
];
