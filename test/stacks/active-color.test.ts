/** What must run once runs in exactly one of the clusters, whatever the weights are. */
import { expect, test } from "vitest";
import { activeColor } from "../../stacks/environments/active-color";
import { dev } from "../../stacks/environments/dev";
import { Standing } from "../support/change";

test.each([
  [100, 0, "blue"],
  [50, 50, "blue"],
  [49, 51, "green"],
  [0, 100, "green"],
] as const)("%i to blue and %i to green: %s", (blue, green, active) => {
  expect(activeColor({ weights: { blue, green } })).toBe(active);
});

test("the active cluster alone reads the folder of what runs once, and each application its own secrets alone", async () => {
  const environment = { ...dev, gitOps: { ...dev.gitOps, applications: ["shop"] } };
  const slots = { blue: environment.slots.blue, green: environment.slots.blue };
  const { graph } = await Standing.of({ environment: { ...environment, slots } });
  const source = (color: string): unknown => {
    const { template } = graph.byName(`${color}-git-ops-root`).inputs["spec"] as unknown as {
      readonly template: { readonly spec: { readonly source: { readonly directory: unknown } } };
    };
    return template.spec.source.directory;
  };
  expect([source("blue"), source("green")]).toEqual([{ recurse: true }, { recurse: false }]);
  expect(graph.byName("green-platform-shop-store").inputs).toMatchObject({
    metadata: { name: "applications-shop" },
    spec: {
      provider: { aws: { service: "SecretsManager", prefix: "fridayproof/dev/shop/" } },
      conditions: [{ namespaces: ["shop"] }],
    },
  });
});
