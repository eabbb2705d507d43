/** The simulated packages with a region, a zone or a service lost to them. */
import { CloudError, type ProviderPackage } from "../../protocol/provider";
import type { PropertyMap, Value } from "../../property/values";
import type { Account } from "../account/account";
import type { Facts } from "../aws/object/facts";
import { activeCluster } from "../kubernetes/cluster";
import { lossOf, type Loss, type Zones } from "./loss";
import type { Outages } from "./outage";
import { behind, type Way } from "./provider";
import { callFrom, type Call } from "./services";

const SUBNET = "aws:ec2/subnet:Subnet";
/** A token that stands for the API of a cluster: it lies in the cluster's region, and its callers need credentials there. */
const CLUSTER_API = "aws:eks/api:Api";

/** Zones of the account. */
export function zonesIn(account: Pick<Account, "all">, { regions }: Pick<Facts, "regions">): Zones {
  return {
    ofSubnet(id) {
      const zone = account.all(SUBNET).find((subnet) => subnet.id === id)?.outputs.availabilityZoneId;
      return zone === undefined ? undefined : String(zone);
    },
    byName: (name) => Object.values(regions).flatMap(({ zones }) => zones[name] ?? [])[0],
  };
}

function toAws(outages: Outages, provider: string, zones: Zones): Way {
  return {
    call: (token, kind, inputs) => callFrom(provider, { token, kind, inputs }),
    loss: (call) => lossOf(outages, call, provider, zones),
  };
}

/** The region of a cluster, by the address of its API; undefined for a cluster elsewhere. */
function clusterRegion(kubeconfig: Value | undefined): string | undefined {
  const server = activeCluster(kubeconfig)?.server;
  return typeof server === "string" ? /\.([a-z0-9-]+)\.eks\.amazonaws\.com/.exec(server)?.[1] : undefined;
}

function unreachable(server: string, loss: Loss, seconds: number): CloudError {
  const after = loss.mode === "hang" ? ` after ${seconds} s (--call-timeout)` : "";
  const reason =
    loss.cause === "credentials"
      ? `getting credentials: exec: executable aws failed: STS in ${loss.lost} gives no token`
      : `Get "${server}/version": dial tcp: i/o timeout${after}: ${loss.lost} is lost`;
  return new CloudError("Unreachable", `configured Kubernetes cluster is unreachable: ${reason}`);
}

function toCluster(outages: Outages, region: string, server: string, zones: Zones): Way {
  const sent = (call: Call): Loss | undefined => {
    const loss = lossOf(outages, call, region, zones);
    return loss?.cause === "region" || loss?.cause === "credentials" ? loss : undefined;
  };
  return {
    call: (_token, kind, inputs) => ({ token: CLUSTER_API, kind, inputs, region }),
    loss: sent,
    answer: (_call, loss, seconds) => unreachable(server, loss, seconds),
  };
}

/** The package, its calls behind what is lost. Packages without calls stay as they are. */
export function withOutages(pkg: ProviderPackage, outages: Outages, zones: Zones): ProviderPackage {
  const wayOf = (config: PropertyMap): Way | undefined => {
    if (pkg.name === "aws") return toAws(outages, String(config.region), zones);
    if (pkg.name !== "kubernetes") return undefined;
    const region = clusterRegion(config.kubeconfig);
    const server = String(activeCluster(config.kubeconfig)?.server);
    return region === undefined ? undefined : toCluster(outages, region, server, zones);
  };
  return {
    ...pkg,
    configure(config) {
      const provider = pkg.configure(config);
      const way = wayOf(config);
      return way === undefined ? provider : behind(provider, outages, way);
    },
  };
}
