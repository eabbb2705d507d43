/** Who may connect to pods that ask for no password. */
import { expect, test } from "vitest";
import type { PropertyMap } from "../../../sandbox/property/values";
import { ingressPolicy } from "../../../components/charts/ingress-policy";
import { graphOf } from "../../support/graph";
import { FakeProviders } from "../../support/fake-providers";

test("pods are reached from the named namespaces alone, and what they call themselves stays open", async () => {
  const pods = { label: "app.kubernetes.io/name", values: ["prometheus"] };
  const program = () =>
    void ingressPolicy("guard", { namespace: "monitoring", pods, from: ["monitoring", "argo-rollouts"] }, {});
  const graph = await graphOf(program, { packages: new FakeProviders().packages() });
  const { metadata, spec } = graph.byName("guard").inputs as Record<string, PropertyMap>;
  expect(metadata).toMatchObject({ name: "prometheus-ingress", namespace: "monitoring" });
  const only = (key: string, values: readonly string[]) => ({ matchExpressions: [{ key, operator: "In", values }] });
  expect(spec).toEqual({
    podSelector: only("app.kubernetes.io/name", ["prometheus"]),
    policyTypes: ["Ingress"],
    ingress: [{ from: [{ namespaceSelector: only("kubernetes.io/metadata.name", ["monitoring", "argo-rollouts"]) }] }],
  });
});
