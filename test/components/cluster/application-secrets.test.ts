/** Each application's secrets are read in a role of its own: what the store names, and what that role opens. */
import { beforeAll, expect, test } from "vitest";
import { type Graph, graphOf } from "../../support/graph";
import { createdBefore } from "../../support/order";
import { platform } from "./addons-fixture";

let graph: Graph;
beforeAll(async () => {
  graph = await graphOf(platform({ profile: "production", applications: ["shop", "cart"] }));
}, 120_000);

interface Document {
  readonly Statement: readonly { readonly Effect: string; readonly Resource?: unknown; readonly Principal?: unknown }[];
}

const document = (name: string, field: string): Document =>
  JSON.parse(String(graph.byName(name).inputs[field])) as Document;
const arnOf = (name: string): unknown => graph.byName(name).outputs["arn"];
const reader = "blue-platform-external-secrets-identity-role";

test.each(["shop", "cart"])("%s: a store that takes a role, which reads its secrets and no others", (application) => {
  const name = `blue-platform-${application}`;
  expect(graph.byName(`${name}-store`).inputs["spec"]).toEqual({
    provider: {
      aws: {
        service: "SecretsManager",
        region: "us-east-1",
        prefix: `fridayproof/test/${application}/`,
        role: arnOf(`${name}-secrets-role`),
      },
    },
    conditions: [{ namespaces: [application] }],
  });
  expect(
    document(`${name}-secrets-policy`, "policy").Statement.map(({ Effect, Resource }) => [Effect, Resource]),
  ).toEqual([["Allow", `arn:aws:secretsmanager:us-east-1:000000000000:secret:fridayproof/test/${application}/*`]]);
  expect(document(`${name}-secrets-role`, "assumeRolePolicy").Statement.map(({ Principal }) => Principal)).toEqual([
    { AWS: arnOf(reader) },
  ]);
});

test("External Secrets takes these roles and no others, and reads none of their secrets itself", () => {
  expect(document("blue-platform-applications-policy", "policy").Statement.map(({ Resource }) => Resource)).toEqual([
    ["shop", "cart"].map((application) => arnOf(`blue-platform-${application}-secrets-role`)),
  ]);
  expect(graph.byName("blue-platform-applications-policy").inputs["role"]).toBe(graph.byName(reader).outputs["name"]);
  const own = document("blue-platform-external-secrets-identity-policy", "policy");
  expect(own.Statement.map(({ Effect, Resource }) => [Effect, Resource])).toEqual([
    ["Allow", "arn:aws:secretsmanager:us-east-1:000000000000:secret:fridayproof/test/*"],
    ["Deny", "arn:aws:secretsmanager:us-east-1:000000000000:secret:fridayproof/test/*/*"],
  ]);
});

test("a store comes after everything by which it reads: Pulumi waits until it has", () => {
  const before = createdBefore(graph, "blue-platform-shop-store");
  for (const each of ["shop-secrets-policy", "shop-secrets-role", "applications-policy", "external-secrets"])
    expect(before).toContain(`blue-platform-${each}`);
});
