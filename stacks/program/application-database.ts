/** What an application needs of its environment's database in a slot: the hosts, and the way to them. */
import type { Database } from "@fridayproof/components/data";
import { databaseMap } from "@fridayproof/components/plan";
import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { DATA_TIER } from "../environments/database";
import { DATABASE } from "../inputs/conventions";
import type { EnvironmentContext } from "./context";
import type { Slot } from "./slot";

/** Where an application is. */
interface ObjectScope {
  /** Beginning of the names. */
  readonly name: string;
  /** Known once the namespace is there. */
  readonly namespace: pulumi.Input<string>;
  readonly opts: pulumi.CustomResourceOptions;
}

/** Hosts are no secret, and never part of one: a copy of a secret in the other region would name the dead one. */
function hostConfigMap({ name, namespace, opts }: ObjectScope, database: Database): void {
  const { writerEndpoint, readerEndpoint, port, databaseName } = database;
  const data = {
    host: writerEndpoint,
    readerHost: readerEndpoint,
    port: pulumi.interpolate`${port}`,
    name: databaseName,
  };
  new kubernetes.core.v1.ConfigMap(`${name}-hosts`, { metadata: { name: databaseMap.name, namespace }, data }, opts);
}

/** Opened by the leg and not in Git: the other leg's subnets have other addresses, and both read the same folder. */
function egress(
  { name, namespace, opts }: ObjectScope,
  cidrs: readonly pulumi.Input<string>[],
  port: pulumi.Input<number>,
): void {
  const spec = {
    podSelector: { matchLabels: databaseMap.clients },
    policyTypes: ["Egress"],
    egress: [{ to: cidrs.map((cidr) => ({ ipBlock: { cidr } })), ports: [{ protocol: "TCP", port }] }],
  };
  const metadata = { name: databaseMap.name, namespace };
  new kubernetes.networking.v1.NetworkPolicy(`${name}-network`, { metadata, spec }, opts);
}

/**
 * Declares them for every application of every slot. Nothing waits for them: a pod without its hosts waits by itself, and a
 * cluster would otherwise come up behind its database.
 */
export function declareApplicationDatabases(
  { environment, network }: Pick<EnvironmentContext, "environment" | "network">,
  slots: readonly (readonly [string, Pick<Slot, "namespaces" | "clusterProvider">])[],
  database: Database | undefined,
): void {
  if (database === undefined) return;
  const tier = network.nodes.subnets.extra.get(DATA_TIER);
  const cidrs = environment.zones.flatMap((zone) => {
    const subnet = tier?.get(zone);
    return subnet === undefined ? [] : [subnet.cidrBlock.apply((cidr) => cidr ?? "")];
  });
  for (const [color, { namespaces, clusterProvider }] of slots)
    environment.gitOps.applications.forEach((application, index) => {
      const namespace = namespaces.apply((names) => names[index] ?? application);
      const scope = { name: `${color}-${application}-${DATABASE}`, namespace, opts: { provider: clusterProvider } };
      hostConfigMap(scope, database);
      egress(scope, cidrs, database.port);
    });
}
