/** A simulated cluster behind its API: found through a kubeconfig, reached only from where its endpoint is open. */
import { contains, readCidr } from "@fridayproof/components/core";
import { parse } from "yaml";
import { isObject, type PropertyMap, type Value } from "../../property/values";
import type { Account, CloudObject } from "../account/account";
import { valuesAt } from "../../property/paths";
import { RELEASE } from "./kinds";

/** Where the program runs from in the simulated account: an address of the documentation range (RFC 5737). */
export const CALLER_ADDRESS = "203.0.113.10";

/** Namespaces that every cluster has. */
const FIRST_NAMESPACES = ["default", "kube-node-lease", "kube-public", "kube-system"];

/** The active cluster's entry of a kubeconfig in JSON or YAML. */
export function activeCluster(kubeconfig: Value | undefined): PropertyMap | undefined {
  const config = typeof kubeconfig === "string" ? parsed(kubeconfig) : kubeconfig;
  const named = (list: string, name: Value | undefined): Value | undefined =>
    valuesAt(config, list).find((entry) => isObject(entry) && entry.name === name);
  const [current] = valuesAt(config, "current-context");
  const [cluster] = valuesAt(named("contexts", current), "context.cluster");
  return valuesAt(named("clusters", cluster), "cluster").find(isObject);
}

function parsed(text: string): Value | undefined {
  try {
    return parse(text) as Value;
  } catch {
    return undefined;
  }
}

/** One cluster's API. */
export class Cluster {
  /**
   * @param account where the cluster and its objects are.
   * @param server URL of the API, as the kubeconfig gives it.
   * @param caller address that calls.
   */
  constructor(
    readonly account: Account,
    private readonly server: Value | undefined,
    private readonly caller: string,
  ) {}

  private get controlPlane(): CloudObject | undefined {
    return this.account.all("aws:eks/cluster:Cluster").find(({ outputs }) => outputs.endpoint === this.server);
  }

  /** Name of the cluster; empty when there is none at this address. */
  get name(): string {
    return this.controlPlane?.id ?? "";
  }

  /** Region of the cluster, where its volumes are. */
  get region(): string {
    return this.controlPlane?.scope ?? "";
  }

  /** Where its objects are kept in the account. */
  get scope(): string {
    return `cluster/${this.name}`;
  }

  /** Why the API cannot be called; undefined when it can. */
  unreachable(): string | undefined {
    if (typeof this.server !== "string")
      return "the kubeconfig has no active cluster (current-context, contexts and clusters must agree)";
    const host = this.server.replace(/^https?:\/\//, "").replace(/[/:].*$/, "");
    const config = this.controlPlane?.outputs.vpcConfig;
    if (this.controlPlane === undefined) return `Get "${this.server}/version": dial tcp: lookup ${host}: no such host`;
    const isPublic = valuesAt(config, "endpointPublicAccess")[0] !== false;
    const cidrs = valuesAt(config, "publicAccessCidrs").map(String);
    const isOpen = isPublic && (cidrs.length > 0 ? cidrs : ["0.0.0.0/0"]).some((cidr) => admits(cidr, this.caller));
    return isOpen ? undefined : `Get "${this.server}/version": dial tcp ${host}:443: i/o timeout`;
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

  /** Whether AWS has an object of this type for the cluster: node groups, associations. */
  hasInAws(type: string, expected: PropertyMap = {}): boolean {
    const members = Object.entries({ ...expected, clusterName: this.name });
    return this.account.all(type).some(({ inputs }) => members.every(([key, value]) => inputs[key] === value));
  }

  /** Whether any node group has joined: without one every pod stays Pending. */
  hasNodes(): boolean {
    return this.hasInAws("aws:eks/nodeGroup:NodeGroup");
  }

  /** Whether the EBS driver is there, which makes and deletes volumes. */
  hasDriver(): boolean {
    return this.hasInAws("aws:eks/addon:Addon", { addonName: "aws-ebs-csi-driver" });
  }

  /** Why controllers in the cluster can do nothing any more; undefined while they can. */
  cutOff(): string | undefined {
    if (!this.hasNodes()) return "has no node to run on";
    if (!this.hasInAws("aws:eks/addon:Addon", { addonName: "coredns" }))
      return "finds nothing by name, because the add-on coredns is gone";
    return this.hasEgress() ? undefined : "does not reach AWS, because the nodes have no route out of the network";
  }

  /** Whether a route leads out of a subnet of the nodes. */
  private hasEgress(): boolean {
    const groups = this.account
      .all("aws:eks/nodeGroup:NodeGroup")
      .filter(({ inputs }) => inputs.clusterName === this.name);
    const subnets = groups.flatMap(({ inputs }) => valuesAt(inputs, "subnetIds"));
    const tables = subnets.flatMap((id) =>
      this.account.holding("aws:ec2/routeTableAssociation:RouteTableAssociation", "subnetId", id),
    );
    const isOut = (table: Value | undefined): boolean =>
      this.account.holding("aws:ec2/route:Route", "routeTableId", table ?? "").length > 0;
    return subnets.length === 0 || tables.some(({ inputs }) => isOut(inputs.routeTableId));
  }

  /** Whether a target group exists in AWS. */
  hasTargetGroup(arn: Value): boolean {
    return this.account.all("aws:lb/targetGroup:TargetGroup").some(({ id }) => id === arn);
  }

  /** Writes an object of this cluster. */
  put(object: Omit<CloudObject, "scope">): void {
    this.account.put({ ...object, scope: this.scope });
  }

  /** Removes an object of this cluster. */
  remove(type: string, id: string): void {
    this.account.remove({ type, id, scope: this.scope });
  }
}

/** Whether a block that the endpoint is open to, as AWS reads it, holds the caller's address. */
function admits(block: string, address: string): boolean {
  const [outer, inner] = [readCidr(block), readCidr(`${address}/32`)];
  return outer !== undefined && inner !== undefined && contains(outer, inner);
}
