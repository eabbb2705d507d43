/** A simulated account with one reachable cluster, and short ways to call its kubernetes provider. */
import { Account } from "../../../../sandbox/cloud/account/account";
import { kubernetesPackage } from "../../../../sandbox/cloud/kubernetes/package";
import type { CreateResult, Provider, ResourceIdentity } from "../../../../sandbox/protocol/provider";
import type { PropertyMap } from "../../../../sandbox/property/values";

const SERVER = "https://0AB1.gr7.us-east-1.eks.amazonaws.com";
export const SEED = new Uint8Array(32).fill(7);
export const KUBECONFIG = JSON.stringify({
  apiVersion: "v1",
  kind: "Config",
  clusters: [{ name: "kubernetes", cluster: { server: SERVER } }],
  contexts: [{ name: "aws", context: { cluster: "kubernetes", user: "aws" } }],
  "current-context": "aws",
  users: [{ name: "aws", user: {} }],
});

/** An account with the cluster `demo`; `vpcConfig` closes or opens its endpoint. */
export function accountWith(
  vpcConfig: PropertyMap = { endpointPublicAccess: true, publicAccessCidrs: ["203.0.113.0/28"] },
): Account {
  const account = new Account("000000000000");
  const outputs = { name: "demo", endpoint: SERVER, vpcConfig };
  account.put({
    type: "aws:eks/cluster:Cluster",
    id: "demo",
    scope: "us-east-1",
    urn: "",
    inputs: { vpcConfig },
    outputs,
  });
  return account;
}

/** Lets nodes join the cluster, and names be resolved. */
export function joinNodes(account: Account): void {
  const coredns = { clusterName: "demo", addonName: "coredns" };
  const addon = { type: "aws:eks/addon:Addon", id: "demo:coredns", scope: "us-east-1", urn: "" };
  account.put({ ...addon, inputs: coredns, outputs: coredns });
  const inputs = { clusterName: "demo" };
  account.put({
    type: "aws:eks/nodeGroup:NodeGroup",
    id: "demo:apps",
    scope: "us-east-1",
    urn: "",
    inputs,
    outputs: inputs,
  });
}

export function providerOf(account: Account, config: PropertyMap = {}): Provider {
  return kubernetesPackage(account).configure({ kubeconfig: KUBECONFIG, ...config });
}

export function identity(type: string, name: string): ResourceIdentity {
  return { urn: `urn:pulumi:dev::p::${type}::${name}`, type, name };
}

/** Checks and creates, as the engine does for a new resource. */
export async function create(
  provider: Provider,
  type: string,
  name: string,
  inputs: PropertyMap,
): Promise<CreateResult> {
  const { inputs: checked, failures } = await provider.check(identity(type, name), {}, inputs, SEED);
  if (failures.length > 0) throw new Error(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
  return provider.create(identity(type, name), checked, false);
}

/** A release's inputs. */
export function release(chart: string, version: string, namespace: string, values: PropertyMap = {}): PropertyMap {
  return { chart, version, namespace, name: chart, compat: "true", values };
}

/** A cluster with nodes, and its provider. */
export function ready(): { account: Account; provider: Provider } {
  const account = accountWith();
  joinNodes(account);
  return { account, provider: providerOf(account) };
}
