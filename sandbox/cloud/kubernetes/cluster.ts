/** A simulated cluster as its API sees it: found through a kubeconfig, reached only from where its endpoint is open. */
import { BlockList } from "node:net";
import { parse } from "yaml";
import { equal, isObject, type PropertyMap, type Value } from "../../engine/values";
import type { Account, CloudObject } from "../account";
import { RELEASE } from "./kinds";

/** Where the program runs from in the simulated world: an address of the documentation range (RFC 5737). */
export const CALLER_ADDRESS = "203.0.113.10";

/** Namespaces that every cluster has. */
const FIRST_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** The active cluster's entry of a kubeconfig in JSON or YAML. */
export function activeCluster(kubeconfig: Value | undefined): PropertyMap | undefined {
  const config = parsed(kubeconfig);
  const named = (list: Value | undefined, name: Value | undefined): PropertyMap | undefined =>
    (Array.isArray(list) ? (list as readonly Value[]) : []).filter(isObject).find((entry) => entry.name === name);
  const context = named(config?.contexts, config?.["current-context"])?.context;
  const cluster = named(config?.clusters, isObject(context) ? context.cluster : undefined)?.cluster;
  return isObject(cluster) ? cluster : undefined;
}

function parsed(kubeconfig: Value | undefined): PropertyMap | undefined {
  if (isObject(kubeconfig)) return kubeconfig;
  if (typeof kubeconfig !== "string") return undefined;
  try {
    const value = parse(kubeconfig) as Value;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whether two kubeconfigs lead to the same cluster. */
export function sameCluster(left: Value | undefined, right: Value | undefined): boolean {
  return equal(activeCluster(left), activeCluster(right));
}

/** One cluster's API. */
export class Cluster {
  /**
   * @param account where the cluster and its objects are.
   * @param server URL of the API, as the kubeconfig gives it.
   * @param caller address that calls.
   */
  constructor(
    private readonly account: Account,
    private readonly server: string | undefined,
    private readonly caller: string,
  ) {}

  private get controlPlane(): CloudObject | undefined {
    return this.account.all("aws:eks/cluster:Cluster").find(({ outputs }) => outputs.endpoint === this.server);
  }

  /** Name of the cluster; empty when there is none at this address. */
  get name(): string {
    return String(this.controlPlane?.outputs.name ?? this.controlPlane?.id ?? "");
  }

  /** Where its objects are kept in the account. */
  get scope(): string {
    return `cluster/${this.name}`;
  }

  /** Why the API cannot be called; undefined when it can. */
  unreachable(): string | undefined {
    if (this.server === undefined)
      return "the kubeconfig has no active cluster (current-context, contexts and clusters must agree)";
    const host = this.server.replace(/^https?:\/\//, "").replace(/[/:].*$/, "");
    const plane = this.controlPlane;
    if (plane === undefined) return `Get "${this.server}/version": dial tcp: lookup ${host}: no such host`;
    const config = isObject(plane.outputs.vpcConfig)
      ? plane.outputs.vpcConfig
      : isObject(plane.inputs.vpcConfig)
        ? plane.inputs.vpcConfig
        : {};
    const cidrs = Array.isArray(config.publicAccessCidrs) ? config.publicAccessCidrs.map(String) : ["0.0.0.0/0"];
    const open = config.endpointPublicAccess !== false && cidrs.some((cidr) => contains(cidr, this.caller));
    return open ? undefined : `Get "${this.server}/version": dial tcp ${host}:443: i/o timeout`;
  }

  /** Objects of this cluster, of one type or all. */
  objects(type?: string): CloudObject[] {
    return this.account.all(type).filter(({ scope }) => scope === this.scope);
  }

  /** One object of this cluster. */
  find(type: string, id: string): CloudObject | undefined {
    return this.account.find(type, id, this.scope);
  }

  /** Whether a namespace exists. */
  hasNamespace(name: string): boolean {
    return FIRST_NAMESPACES.includes(name) || this.find("kubernetes:core/v1:Namespace", name) !== undefined;
  }

  /** Whether one of these charts is released. */
  hasChart(names: readonly string[]): boolean {
    return this.objects(RELEASE).some(({ outputs }) => names.includes(String(outputs.__chart)));
  }

  /** Whether any node group has joined: without one every pod stays Pending. */
  hasNodes(): boolean {
    return this.account.all("aws:eks/nodeGroup:NodeGroup").some(({ inputs }) => inputs.clusterName === this.name);
  }

  /** Whether a target group exists in AWS. */
  hasTargetGroup(arn: Value | undefined): boolean {
    return this.account
      .all("aws:lb/targetGroup:TargetGroup")
      .some(({ id, outputs }) => id === arn || outputs.arn === arn);
  }

  /** Writes an object of this cluster. */
  put(object: Omit<CloudObject, "scope">): void {
    this.account.put({ ...object, scope: this.scope });
  }

  /** Writes a volume, which lives in the cluster's region. */
  putVolume(object: Omit<CloudObject, "scope">): void {
    this.account.put({ ...object, scope: this.controlPlane?.scope ?? "" });
  }

  /** Removes a volume. */
  removeVolume(type: string, id: string): void {
    this.account.remove({ type, id, scope: this.controlPlane?.scope ?? "" });
  }

  /** Removes an object of this cluster. */
  remove(type: string, id: string): void {
    this.account.remove({ type, id, scope: this.scope });
  }
}

function contains(cidr: string, address: string): boolean {
  const [network = "", prefix = ""] = cidr.split("/");
  const list = new BlockList();
  try {
    list.addSubnet(network, Number(prefix));
  } catch {
    return false;
  }
  return list.check(address);
}
