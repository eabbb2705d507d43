/** Whose pods may call the API server: those whose service account a binding names. */
import { describe, expect, it } from "vitest";
import { Resource, Stack } from "../../../../policies/kit/reading/resource";
import { callsApiServer, readBinding } from "../../../../policies/kit/kubernetes/service-accounts";
import { unknownSentinels } from "../../../../policies/kit/reading/value";

const account = { kind: "ServiceAccount", name: "shop" };
const binding = (kind: string, namespace: string | undefined, ...subjects: readonly unknown[]): Resource =>
  new Resource({
    type: `kubernetes:rbac.authorization.k8s.io/v1:${kind}`,
    name: "b",
    props: { metadata: { namespace }, subjects },
  });
const pods = (spec: object, namespace: string | undefined = "acme"): Resource =>
  new Resource({
    type: "kubernetes:apps/v1:Deployment",
    name: "d",
    props: { metadata: { namespace }, spec: { template: { spec } } },
  });

describe("a binding", () => {
  it("names service accounts of its own namespace or of another, and nobody else", () => {
    const both = binding(
      "RoleBinding",
      "acme",
      account,
      { ...account, namespace: "other" },
      { kind: "User", name: "u" },
    );
    expect(readBinding(both)).toEqual(["acme/shop", "other/shop"]);
  });
});

describe("pods call the API server", () => {
  const bound = binding("RoleBinding", "acme", account);
  const everywhere = binding("ClusterRoleBinding", undefined, { ...account, namespace: "acme" });
  const byDefault = binding("RoleBinding", "acme", { kind: "ServiceAccount", name: "default" });
  const hidden = binding("RoleBinding", "acme", unknownSentinels[0]);
  const named = { serviceAccountName: "shop" };

  it.each([
    ["a binding of the namespace names their account", [bound], pods(named), true],
    ["a binding of the cluster names it", [everywhere], pods(named), true],
    ["one names it beside one that a preview hides", [hidden, bound], pods(named), true],
    ["one names the namespace's default and they name none", [byDefault], pods({}), true],
    ["they ask for the token", [bound], pods({ ...named, automountServiceAccountToken: true }), true],
    ["there is no binding", [], pods(named), false],
    ["they refuse the token", [bound], pods({ ...named, automountServiceAccountToken: false }), false],
    ["they have another account", [bound], pods({ serviceAccountName: "other" }), false],
    ["they name none and only another one is bound", [bound], pods({}), false],
    ["they are elsewhere", [bound], pods(named, "elsewhere"), false],
  ])("where %s", (_, bindings, workload, expected) => {
    expect(callsApiServer(new Stack([...bindings, workload]), workload)).toBe(expected);
  });
});
