/** Every address that a stack tells people has a way through the gateway, and every host name has one owner. */
import { beforeAll, describe, expect, test } from "vitest";
import type { PropertyMap } from "../../sandbox/property/values";
import { dev } from "../../stacks/environments/dev";
import { environmentProblems } from "../../stacks/environments/environment";
import type { EnvironmentInput } from "../../stacks/environments/schema";
import { applicationHosts, hostOwners } from "../../stacks/environments/hosts";
import { urls } from "../../stacks/program/program";
import type { Graph } from "../support/graph";
import { stackGraph } from "../support/stack-graph";

const namespaces = { argoCd: "argocd", gateway: "istio-ingress" };
const withApplications = (applications: readonly string[], apex?: string): EnvironmentInput => ({
  ...dev,
  gitOps: { ...dev.gitOps, applications: [...applications], ...(apex !== undefined && { apex }) },
});

/** Every https address in the outputs, at any depth. */
function addresses(value: unknown): readonly string[] {
  if (typeof value === "string") return value.startsWith("https://") ? [value] : [];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(addresses) : [];
}

describe.each(["dev", "prod"])("the outputs of %s", (stack) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await stackGraph(stack);
  }, 120_000);

  const specs = (kind: string) =>
    graph.resources
      .filter(({ type }) => type === `kubernetes:networking.istio.io/v1:${kind}`)
      .map(({ inputs }) => ({ ...(inputs["spec"] as PropertyMap), ...(inputs["metadata"] as PropertyMap) }));

  test("name no address that the gateway does not route", () => {
    const found = addresses(graph.outputs).map((address) => new URL(address).hostname);
    expect(found).toContain(stack === "dev" ? "argocd.dev.example.com" : "argocd.us-east-1.example.com");
    const [gateway] = specs("Gateway");
    const taken = (gateway?.["servers"] as { hosts: string[] }[]).flatMap(({ hosts }) => hosts);
    for (const host of found) {
      const routes = specs("VirtualService").filter((route) => (route["hosts"] as string[]).includes(host));
      expect(routes, host).toHaveLength(1);
      expect(taken, host).toContain(`${String(routes[0]?.["namespace"])}/${host}`);
      expect(routes[0]?.["gateways"], host).toEqual(["istio-ingress/public"]);
    }
  });
});

describe("host names", () => {
  test("of an application are its own in both forms, and the domain's where the environment says so", () => {
    expect(applicationHosts(withApplications(["shop"]), "shop")).toEqual([
      "shop.dev.example.com",
      "shop.us-east-1.dev.example.com",
    ]);
    expect(applicationHosts(withApplications(["shop", "cart"], "shop"), "shop")).toContain("dev.example.com");
    expect(applicationHosts(withApplications(["shop", "cart"], "shop"), "cart")).not.toContain("dev.example.com");
  });

  test("have one owner each, the platform's too", () => {
    expect(hostOwners(withApplications(["shop"]), namespaces)).toEqual({
      "istio-ingress": ["health.us-east-1.dev.example.com"],
      argocd: ["argocd.dev.example.com"],
      shop: ["shop.dev.example.com", "shop.us-east-1.dev.example.com"],
    });
  });

  test("are told with the applications that answer at them", () => {
    expect(urls(withApplications([]))).toEqual({
      argoCdUrl: "https://argocd.dev.example.com",
      applicationUrls: {},
    });
    const given = withApplications(["shop"], "shop");
    const owned = Object.values(hostOwners(given, namespaces)).flat();
    expect(urls(given)).toEqual({
      argoCdUrl: "https://argocd.dev.example.com",
      applicationUrls: { shop: "https://shop.dev.example.com" },
      url: "https://dev.example.com",
    });
    for (const address of addresses(urls(given))) expect(owned).toContain(new URL(address).hostname);
  });

  test("of the platform are nobody else's", () => {
    const lines = environmentProblems(withApplications(["shop", "argocd", "health", "monitoring"], "cart"));
    expect(lines.map(({ path, got }) => `${path}: ${String(got)}`)).toEqual([
      "gitOps.applications[1]: argocd",
      "gitOps.applications[2]: health",
      "gitOps.applications[3]: monitoring",
      "gitOps.apex: cart",
    ]);
    expect(lines[0]).toEqual({
      path: "gitOps.applications[1]",
      got: "argocd",
      allowed:
        "a name other than kube-system, kube-public, kube-node-lease, argocd, argo-rollouts, external-secrets, istio-ingress, istio-system, monitoring, default, health",
      fix: "Give it another name: its namespace, or its host name, is the platform's.",
    });
    expect(lines[3]).toEqual({
      path: "gitOps.apex",
      got: "cart",
      allowed: "one of gitOps.applications",
      fix: "Name it in applications too: only an application with a namespace here can respond.",
    });
  });
});
