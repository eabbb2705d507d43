/** Cases of no-selector-switch: selectors that name a version. */
import { budget, but, deployment, rollout } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, object, type Spec } from "../../../support/spec";

const service = (selector: object, name = "shop"): Given => ({
  type: "kubernetes:core/v1:Service",
  name,
  props: { metadata: { name, namespace: "shop" }, spec: { selector, ports: [{ port: 80, targetPort: "http" }] } },
});
/** A workload that selects its pods by a label of one version, which they carry. */
const versioned = (one: Given, selector: string, key: string, value: string): Given =>
  but(one, {
    [selector]: { app: "shop", [key]: value },
    "spec.template.metadata.labels": { app: "shop", [key]: value },
  });

/** Cases of no-selector-switch: selectors that name a version. */
export const versionCases: Pick<Spec, "good" | "bad"> = {
  good: {
    "a version that stays, and a word in the place of one": given(
      service({ app: "shop", version: "v1" }),
      but(deployment, { "spec.template.metadata.labels": { app: "shop", version: "v1" } }),
      service({ app: "shop", version: "stable" }, "shop-stable"),
    ),
    "versions that only the template carries": given(
      but(deployment, {
        "spec.template.metadata.labels": {
          app: "shop",
          "app.kubernetes.io/version": "1.4.2",
          "helm.sh/chart": "shop-1.2.3",
        },
      }),
    ),
    "a rollout with another's selector": given(
      but(rollout, {
        "spec.template": undefined,
        "spec.workloadRef": { kind: "Deployment", name: "shop" },
        "spec.selector.matchLabels": { app: "shop", version: "1.4.2" },
      }),
    ),
  },
  bad: {
    "a Service that selects a version": given(service({ app: "shop", version: "1.4.2" })),
    "a Service that selects a hash, and one that selects a commit": given(
      service({ app: "shop", "pod-template-hash": "5d9f7c6b8" }),
      service({ app: "shop", "git-sha": "0a1b2c3d4e" }, "web"),
    ),
    "a workload, a rollout and a ReplicationController that select a version": given(
      versioned(deployment, "spec.selector.matchLabels", "app.kubernetes.io/version", "1.4.2"),
      { ...versioned(rollout, "spec.selector.matchLabels", "version", "2026.11.29"), name: "rolled" },
      {
        ...versioned(
          { ...deployment, type: "kubernetes:core/v1:ReplicationController" },
          "spec.selector",
          "helm.sh/chart",
          "shop-1.2.3",
        ),
        name: "old",
      },
    ),
    "a chart in a workload's selector": given(
      versioned(deployment, "spec.selector.matchLabels", "helm.sh/chart", "shop-1.2.3"),
    ),
    "a budget and a network policy of one version": given(
      but(budget, { "spec.selector.matchLabels": { app: "shop", version: "1.4.2" } }),
      object("networking.k8s.io/v1:NetworkPolicy", "shop", {
        metadata: { name: "shop", namespace: "shop" },
        spec: { podSelector: { matchLabels: { app: "shop", "image-tag": "1.4.2" } }, policyTypes: ["Ingress"] },
      }),
    ),
  },
};
