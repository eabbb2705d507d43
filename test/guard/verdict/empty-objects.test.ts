/** Objects without members: a message in Kubernetes and in Pulumi's blocks, nothing in a map of Terraform. */
import { describe, expect, test } from "vitest";
import { difference } from "../../../guard/verdict/plans/difference";
import { preview, terraform, verdictOnBytes } from "./support";

const POLICY = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

const changed = (before: object, after: object): readonly string[] =>
  difference({ ...before }, { ...after }).map(({ segments, kind }) => `${kind} ${segments.join(".")}`);

describe("an object without members", () => {
  test.each([
    ["a volume of the pod", { name: "tmp" }, { name: "tmp", emptyDir: {} }, ["add emptyDir"]],
    ["all pods", { podSelector: {} }, {}, ["delete podSelector"]],
    ["all traffic, where there was no list", {}, { egress: [{}] }, ["add egress"]],
    ["all traffic, where the list was empty", { egress: [] }, { egress: [{}] }, ["add egress"]],
    ["the same", { podSelector: {} }, { podSelector: {} }, []],
    ["a list without items", {}, { egress: [] }, []],
  ])("is %s", (_about, before, after, paths) => {
    expect(changed(before, after)).toEqual(paths);
  });

  test("selects other pods under another name, so whoever was let in is not any more", () => {
    const policy = (peer: object): Record<string, unknown> => ({
      metadata: { name: "one", namespace: "shop" },
      spec: { podSelector: {}, ingress: [{ from: [peer] }] },
    });
    const plan = preview([
      { op: "update", type: POLICY, old: policy({ namespaceSelector: {} }), next: policy({ podSelector: {} }) },
    ]);
    expect(verdictOnBytes(plan).verdict).toBe("UNKNOWN");
  });

  test("is nothing where Terraform has null in its place", () => {
    const before = { function_name: "f", environment: [{ variables: {} }], tags: {} };
    const after = { function_name: "f", environment: [{ variables: null }], tags: null };
    const { changes } = verdictOnBytes(terraform([{ type: "aws_lambda_function", before, after }]));
    expect(changes.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ["SAFE", "nothing differs but order and spelling."],
    ]);
  });

  test("counts in a raw manifest of Terraform, which has the names of the API", () => {
    const manifest = (volume: object): Record<string, unknown> => ({
      manifest: {
        apiVersion: "apps/v1",
        kind: "Deployment",
        metadata: { name: "web", namespace: "shop" },
        spec: { replicas: 2, template: { spec: { containers: [{ name: "web" }], volumes: [volume] } } },
      },
    });
    const plan = terraform([
      {
        type: "kubernetes_manifest",
        before: manifest({ name: "tmp" }),
        after: manifest({ name: "tmp", emptyDir: {} }),
      },
    ]);
    expect(verdictOnBytes(plan).changes.map(({ verdict }) => verdict)).not.toEqual(["SAFE"]);
  });
});
