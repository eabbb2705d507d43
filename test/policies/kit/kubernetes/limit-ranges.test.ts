/** What LimitRanges give to the containers of a namespace. */
import { describe, expect, it } from "vitest";
import { defaultsIn } from "../../../../policies/kit/kubernetes/limit-ranges";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const range = (name: string, namespace: unknown, limits: unknown): Resource =>
  new Resource({
    type: "kubernetes:core/v1:LimitRange",
    name,
    urn: name,
    props: { metadata: { name, namespace }, spec: { limits } },
  });
const container = (members: object) => ({ type: "Container", ...members });

describe("what ranges give", () => {
  const stack = new Stack([
    range("first", "shop", [container({ defaultRequest: { cpu: "100m" } }), { type: "Pod", max: { cpu: "1" } }]),
    range("second", "shop", [container({ max: { memory: "1Gi" } })]),
    range("hidden", "", unknownSentinels[0]),
    range("nowhere", unknownSentinels[0], [container({ default: { cpu: "1" } })]),
  ]);

  it("adds up in a namespace", () => {
    expect(defaultsIn(stack, "shop")).toEqual([
      { bound: "requests", resource: "cpu" },
      { bound: "limits", resource: "memory" },
      { bound: "requests", resource: "memory" },
    ]);
  });

  it("is nothing of a range that cannot be read, and in a namespace without one", () => {
    expect(defaultsIn(stack, "")).toEqual([]);
    expect(defaultsIn(stack, "web")).toEqual([]);
  });
});
