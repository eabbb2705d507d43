/** The rule whose weights count: all paths, both groups, and nothing sent to a gateway that does not stand. */
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { TrafficWeights, type TrafficWeightsArgs } from "../../../components/traffic/traffic-weights";
import { graphOf } from "../../support/graph";
import { messageOf } from "../../support/message-of";
import { createdBefore } from "../../support/order";
import { FakeProviders } from "../../support/fake-providers";

const given = {
  listenerArn: "arn:listener",
  blueTargetGroupArn: "arn:blue",
  greenTargetGroupArn: "arn:green",
  protect: true,
} as const;

const declare = (weights: TrafficWeightsArgs["weights"]) =>
  graphOf(
    () => {
      const gateways = {
        blue: new kubernetes.core.v1.ConfigMap("blue-gateway", {}),
        green: new kubernetes.core.v1.ConfigMap("green-gateway", {}),
      };
      return { weights: new TrafficWeights("weights", { ...given, weights, gateways }).weights };
    },
    { packages: new FakeProviders().packages() },
  );

test("one protected rule, after every other, forwards all paths by weight", async () => {
  const graph = await declare({ blue: 80, green: 20 });
  const rule = graph.byName("weights-rule");
  expect(rule.protect).toBe(true);
  expect(rule.inputs).toMatchObject({
    listenerArn: "arn:listener",
    priority: 50_000,
    conditions: [{ pathPattern: { values: ["*"] } }],
    actions: [
      {
        type: "forward",
        forward: {
          targetGroups: [
            { arn: "arn:blue", weight: 80 },
            { arn: "arn:green", weight: 20 },
          ],
          stickiness: { enabled: true, duration: 3600 },
        },
      },
    ],
  });
  expect(graph.outputs.weights).toEqual({ blue: 80, green: 20 });
});

test.each([
  { weights: { blue: 100, green: 0 }, waits: ["blue-gateway"] },
  { weights: { blue: 95, green: 5 }, waits: ["blue-gateway", "green-gateway"] },
  { weights: { blue: 0, green: 100 }, waits: ["green-gateway"] },
])("$weights waits for $waits", async ({ weights, waits }) => {
  expect([...createdBefore(await declare(weights), "weights-rule")].sort()).toEqual(waits);
});

test("no property of the rule comes from a gateway: a gateway that is replaced does not replace the rule", async () => {
  const graph = await declare({ blue: 50, green: 50 });
  const used = Object.values(graph.byName("weights-rule").propertyDependencies).flat();
  expect(used.filter((urn) => urn.includes("gateway"))).toEqual([]);
});

describe("refused are", () => {
  const refused = (args: Pick<TrafficWeightsArgs, "weights" | "gateways">) => {
    pulumi.runtime.setMockOptions({}, "fridayproof", "dev", true, "organization");
    return messageOf(() => new TrafficWeights("weights", { ...given, ...args }));
  };

  test("a share for a colour without a gateway", () => {
    expect(refused({ weights: { blue: 95, green: 5 }, gateways: {} })).toBe(
      [
        '2 problems in TrafficWeights "weights":',
        "  weights.blue: got 95; allowed: 0, because there is no gateways.blue; fix: Pass the release of the slot's gateway: its target group is empty, and its share would get 503.",
        "  weights.green: got 5; allowed: 0, because there is no gateways.green; fix: Pass the release of the slot's gateway: its target group is empty, and its share would get 503.",
      ].join("\n"),
    );
  });

  test("weights that are not percents of 100", () => {
    expect(refused({ weights: { blue: 0, green: 0 }, gateways: {} })).toBe(
      [
        '1 problem in TrafficWeights "weights":',
        "  weights: got 0; allowed: weights that sum to 100; fix: Raise or lower one of the two.",
      ].join("\n"),
    );
  });
});
