/** The simulated kubernetes package: a kubeconfig leads to a simulated cluster, which takes objects and releases. */
import { diffInputs } from "../../property/diff";
import { UNKNOWN, equal, hasUnknown, type PropertyMap } from "../../property/values";
import { known, type Account } from "../account/account";
import {
  CloudError,
  type DiffResult,
  type Provider,
  type ProviderPackage,
  type ResourceIdentity,
} from "../../protocol/provider";
import { CALLER_ADDRESS, Cluster, activeCluster } from "./cluster";
import { RELEASE } from "./kinds";
import * as objects from "./objects";
import { read as readObject } from "./objects";
import * as releases from "./release";

/**
 * The kubernetes package.
 * @param account where clusters and their objects are.
 * @param caller address from which the APIs are called; endpoints that do not admit it time out.
 */
export function kubernetesPackage(account: Account, caller: string = CALLER_ADDRESS): ProviderPackage {
  return {
    name: "kubernetes",
    checkConfig: (news) => ({ inputs: news, failures: [] }),
    diffConfig,
    configure: (config) => configured(account, config, caller),
  };
}

/** Another cluster behind the kubeconfig replaces everything on it; new credentials alone do not. Source: provider.go, DiffConfig. */
function diffConfig(olds: PropertyMap, news: PropertyMap): DiffResult {
  const unknown = news.kubeconfig === UNKNOWN;
  const moved = unknown || !equal(activeCluster(olds.kubeconfig), activeCluster(news.kubeconfig));
  return diffInputs(olds, news, (path) => path === "kubeconfig" && moved);
}

/** What the real provider advises (provider.go, Read and Delete), and which runs that means here. */
const REMEDY =
  "If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the operation with the " +
  'PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true".';

/** A release is never forgotten by its deletion, only by a refresh (provider.go, Delete). */
function unreachableRelease(reason: string): string {
  return (
    `can't delete Helm Release with unreachable cluster. Reason: "${reason}". If the cluster was deleted: ` +
    'refresh with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true", then do this again.'
  );
}

function configured(account: Account, config: PropertyMap, caller: string): Provider {
  const cluster = new Cluster(account, activeCluster(config.kubeconfig)?.server, caller);
  const namespace = typeof config.namespace === "string" && config.namespace !== "" ? config.namespace : "default";
  const isTrue = (key: string): boolean => String(config[key]) === "true";
  const mutable = ["ConfigMap", "Secret"].filter((kind) => isTrue(`enable${kind}Mutable`));
  const reached = (): Cluster => {
    const reason = cluster.unreachable();
    if (reason !== undefined)
      throw new CloudError("Unreachable", `configured Kubernetes cluster is unreachable: ${reason}`);
    return cluster;
  };
  const forgets = isTrue("deleteUnreachable") || process.env.PULUMI_K8S_DELETE_UNREACHABLE === "true";
  const api = ({ type }: ResourceIdentity): typeof releases | typeof objects => (type === RELEASE ? releases : objects);
  return {
    check: (identity, olds, news, seed) => api(identity).check(identity, olds, news, seed, namespace),
    diff: (identity, old, news) => api(identity).diff(identity, old.inputs, news, mutable),
    create(identity, inputs, preview) {
      if (preview) return { id: "", outputs: inputs };
      if (hasUnknown(inputs)) throw new CloudError("Invalid", `${identity.urn}: inputs are not known yet`);
      return api(identity).create(identity, inputs, reached());
    },
    read(identity, id) {
      const reason = cluster.unreachable();
      if (reason === undefined) return readObject(identity, id, cluster);
      if (forgets) return undefined;
      throw new CloudError(
        "Unreachable",
        `failed to read resource state due to unreachable cluster (${reason}). ${REMEDY}`,
      );
    },
    update(identity, old, news, preview) {
      if (preview) return { outputs: { ...old.outputs, ...news } };
      return { outputs: api(identity).update(identity, old.id, news, reached()) };
    },
    delete(identity, old) {
      const reason = cluster.unreachable();
      if (reason === undefined) return api(identity).remove(identity, old.id, cluster);
      if (identity.type === RELEASE) throw new CloudError("Unreachable", unreachableRelease(reason));
      if (forgets) return;
      throw new CloudError("Unreachable", `configured Kubernetes cluster is unreachable (${reason}). ${REMEDY}`);
    },
    invoke(token) {
      throw new CloudError("Unimplemented", `the simulated kubernetes package has no function ${token}`);
    },
    adopt(identity) {
      const left = account.ownedBy(identity.urn);
      return left.filter(({ type, scope }) => type === identity.type && scope === cluster.scope).map(known);
    },
  };
}
