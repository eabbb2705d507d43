/** From where the API of a simulated cluster can be called. */
import { describe, expect, it } from "vitest";
import type { PropertyMap } from "../../../../sandbox/property/values";
import { accountWith, create, providerOf, identity } from "./fixture";

const NAMESPACE = "kubernetes:core/v1:Namespace";

describe("the way to the API", () => {
  const unreachable = "Unreachable: configured Kubernetes cluster is unreachable: ";
  const host = "0AB1.gr7.us-east-1.eks.amazonaws.com";
  const attempt = (vpcConfig: PropertyMap, config: PropertyMap = {}) =>
    create(providerOf(accountWith(vpcConfig), config), "kubernetes:core/v1:ConfigMap", "a", {
      metadata: { name: "a" },
    });

  it.each<[string, PropertyMap]>([
    ["is closed when the endpoint is private only", { endpointPublicAccess: false }],
    [
      "is closed to callers outside of the allowed ranges",
      { endpointPublicAccess: true, publicAccessCidrs: ["198.51.100.0/28", "nonsense"] },
    ],
  ])("%s", async (_what, vpcConfig) => {
    await expect(attempt(vpcConfig)).rejects.toThrow(
      `${unreachable}Get "https://${host}/version": dial tcp ${host}:443: i/o timeout`,
    );
  });

  it("is open to callers inside of a range, and to all by default", async () => {
    expect((await attempt({ publicAccessCidrs: ["203.0.113.10/32"] })).id).toBe("default/a");
    expect((await attempt({})).id).toBe("default/a");
  });

  it("ends where no cluster has this address, or the kubeconfig names none", async () => {
    const lost = JSON.stringify({
      "current-context": "a",
      contexts: [{ name: "a", context: { cluster: "c" } }],
      clusters: [{ name: "c", cluster: { server: "https://gone.example:443" } }],
    });
    await expect(attempt({}, { kubeconfig: lost })).rejects.toThrow(
      `${unreachable}Get "https://gone.example:443/version": dial tcp: lookup gone.example: no such host`,
    );
    await expect(attempt({}, { kubeconfig: "not: [yaml" })).rejects.toThrow(
      `${unreachable}the kubeconfig has no active cluster (current-context, contexts and clusters must agree)`,
    );
  });

  it("may be given up at deletion, when the provider is told so", () => {
    const provider = providerOf(accountWith({ endpointPublicAccess: false }), { deleteUnreachable: "true" });
    expect(provider.delete(identity(NAMESPACE, "a"), { id: "a", inputs: {}, outputs: {} })).toBeUndefined();
  });
});
