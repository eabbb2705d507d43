/** Cases of single-owner: applications that deploy the same. */
import { application, but } from "../../support/fixtures";
import { given, type Spec } from "../../support/spec";
import { autoscalerCases } from "./autoscaler-owners";
import { secretCases } from "./secret-owners";
import { recordCases } from "./record-owners";

const server = "https://kubernetes.default.svc";
const place = { server, namespace: "shop" };
const one = (name: string, more: Readonly<Record<string, unknown>> = {}) =>
  but({ ...application, name }, { "metadata.name": name, "spec.destination": place, ...more });

const twinCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "one folder in two namespaces": given(
      one("shop"),
      one("copy", { "spec.destination": { server, namespace: "copy" } }),
    ),
    "one folder in two clusters": given(
      one("shop"),
      one("copy", { "spec.destination": { name: "other", namespace: "shop" } }),
    ),
    "one folder with other names": given(
      one("shop"),
      one("copy", { "spec.source.kustomize": { namePrefix: "copy-" } }),
    ),
    "one folder with other values, other files, and another plugin": given(
      one("shop"),
      one("values", { "spec.source.helm": { valueFiles: ["b.yaml"] } }),
      one("files", { "spec.source.directory": { include: "b.yaml" } }),
      one("plugin", { "spec.source.plugin": { name: "b" } }),
    ),
    "one folder in two clusters by their addresses, and by their names": given(
      one("shop"),
      one("address", { "spec.destination": { server: "https://b.example.com", namespace: "shop" } }),
      one("name", { "spec.destination": { name: "b", namespace: "shop" } }),
      one("other", { "spec.destination": { name: "c", namespace: "shop" } }),
    ),
    "folders of one path in two repositories": given(
      one("shop"),
      one("copy", { "spec.source.repoURL": "https://github.com/acme/other.git" }),
    ),
    "folders whose paths differ by a slash": given(
      one("shop", { "spec.source.path": "shop" }),
      one("copy", { "spec.source.path": "sh/op" }),
    ),
    "one application twice, which is said elsewhere": given(one("shop"), { ...one("shop"), name: "again" }),
    "two releases of one chart": given(
      one("shop", { "spec.source.chart": "redis" }),
      one("copy", { "spec.source.chart": "redis" }),
    ),
    "two folders": given(one("shop"), one("copy", { "spec.source.path": "copy" })),
    "no folder": given(one("shop", { "spec.source": undefined }), one("copy", { "spec.source": undefined })),
  },
  bad: {
    "two applications of one folder": given(
      one("shop"),
      one("shop-copy", { "spec.source.targetRevision": "c".repeat(40) }),
    ),
    "the folder in another writing": given(one("shop"), one("shop-copy", { "spec.source.path": "./shop/" })),
    "the folder from the root": given(one("shop"), one("shop-copy", { "spec.source.path": "/shop" })),
  },
};

/** Cases of single-owner: applications that deploy the same, and records. */
export const ownerCases: Pick<Spec, "good" | "bad"> = {
  good: { ...twinCases.good, ...recordCases.good, ...autoscalerCases.good, ...secretCases.good },
  bad: { ...twinCases.bad, ...recordCases.bad, ...autoscalerCases.bad, ...secretCases.bad },
};
