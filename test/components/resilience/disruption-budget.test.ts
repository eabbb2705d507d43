/** The graph that DisruptionBudget declares, and what it never declares. */
import { expect, test } from "vitest";
import { DisruptionBudget, type DisruptionBudgetArgs } from "../../../components/resilience/disruption-budget";
import { graphOf } from "../../support/graph";
import { FakeProviders } from "../../support/fake-providers";

const base = { namespace: "shop", selector: { app: "shop" }, leastReplicas: 3 } as const;

const declare = (args: Omit<DisruptionBudgetArgs, keyof typeof base>) =>
  graphOf(() => void new DisruptionBudget("shop", { ...base, ...args }), { packages: new FakeProviders().packages() });

test("one budget, which never holds a drain for pods that are not ready", async () => {
  const graph = await declare({ maxUnavailable: 1 });
  const budget = graph.byName("shop-budget");
  expect(budget.type).toBe("kubernetes:policy/v1:PodDisruptionBudget");
  expect(budget.parent).toBe(graph.resources.find(({ type }) => type.endsWith(":DisruptionBudget"))?.urn);
  expect(budget.inputs).toMatchObject({
    metadata: { name: "shop", namespace: "shop" },
    spec: {
      selector: { matchLabels: { app: "shop" } },
      maxUnavailable: 1,
      unhealthyPodEvictionPolicy: "AlwaysAllow",
    },
  });
});

test("the API gets only the field that was set", async () => {
  const { spec } = (await declare({ minAvailable: "50%" })).byName("shop-budget").inputs as { spec: object };
  expect(Object.keys(spec).sort()).toEqual(["minAvailable", "selector", "unhealthyPodEvictionPolicy"]);
});

test("a budget that keeps every pod ends the program with the reason, and nothing is registered", async () => {
  await expect(declare({ minAvailable: "90%" })).rejects.toThrow(
    [
      '1 problem in DisruptionBudget "shop":',
      '  minAvailable: got "90%"; allowed: a budget that lets at least 1 pod go; this one lets none of 3 go; fix: Write maxUnavailable: 1, or raise the replicas.',
    ].join("\n"),
  );
});
