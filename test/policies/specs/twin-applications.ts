/** Cases of single-owner: applications that deploy the same. */
import { application, but } from "../support/fixtures";
import { given, type Spec } from "../support/spec";
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
  },
};

/** Cases of single-owner: applications that deploy the same, and records. */
export const ownerCases: Pick<Spec, "good" | "bad"> = {
  good: { ...twinCases.good, ...recordCases.good },
  bad: { ...twinCases.bad, ...recordCases.bad },
};
