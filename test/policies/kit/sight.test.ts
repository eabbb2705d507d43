/** What a reference may lead to is read by its names alone. */
import { describe, expect, it } from "vitest";
import { readSight } from "../../../policies/kit/sight";
import { noticed } from "../support/noticed";

const metadata = { name: "shop", namespace: "shop", labels: { app: "shop" }, annotations: { a: "b" } };

describe("what references are looked for among", () => {
  const seen = (type: string, props: object): readonly string[] =>
    noticed(readSight, `kubernetes:${type}`, { metadata, ...props });
  const named = ["metadata.name", "metadata.namespace"];

  it("are objects by name and namespace, and pods by their labels", () => {
    expect(seen("core/v1:ConfigMap", { data: { a: "b" } })).toEqual(named);
    const spec = {
      replicas: 1,
      template: { metadata: { labels: { app: "shop" } }, spec: { containers: [{ name: "a" }] } },
    };
    expect(seen("apps/v1:Deployment", { spec })).toEqual([...named, "spec.template.metadata.labels.app"]);
    expect(seen("core/v1:ResourceQuota", { spec: { hard: { pods: 1 } } })).toEqual([]);
  });

  it("are Secrets that controllers make, by what those are called", () => {
    const target = { template: { type: "Opaque" } };
    expect(seen("external-secrets.io/v1:ExternalSecret", { spec: { target: { name: "db", ...target } } })).toEqual([
      ...named,
      "spec.target.name",
    ]);
    expect(seen("external-secrets.io/v1:ClusterExternalSecret", { spec: { externalSecretName: "db" } })).toEqual([
      ...named,
      "spec.externalSecretName",
    ]);
    const template = { metadata: { name: "db" }, type: "Opaque" };
    expect(seen("bitnami.com/v1alpha1:SealedSecret", { spec: { template } })).toEqual([
      ...named,
      "spec.template.metadata.name",
    ]);
    expect(seen("cert-manager.io/v1:Certificate", { spec: { secretName: "tls", dnsNames: ["a"] } })).toEqual([
      ...named,
      "spec.secretName",
    ]);
    const secretObjects = [{ secretName: "db", type: "Opaque" }];
    expect(seen("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", { spec: { secretObjects } })).toEqual([
      ...named,
      "spec.secretObjects.0.secretName",
    ]);
  });

  it("are the places where operators and charts may put more", () => {
    expect(seen("example.com/v1:Widget", { spec: { size: 1 } })).toEqual(["metadata.namespace"]);
    expect(seen("helm.sh/v3:Release", { namespace: "shop", chart: "x" })).toEqual(["namespace"]);
  });
});
