/** The simulated eks package: one remote component, described as the children that pulumi-eks v4.3.0 makes. */
import { NO_DIFF } from "../../property/diff";
import type { PropertyMap } from "../../property/values";
import type { Construction } from "../../protocol/construction";
import { CloudError, type Provider, type ProviderPackage, type ResourceIdentity } from "../../protocol/provider";
import { unsupportedInputs } from "./inputs";
import { childrenOf, filled, template } from "./template";
import { scopeOf } from "./values";

const CLUSTER = "eks:index:Cluster";

/** The eks package: it needs no account, for its component's children go to other packages. */
export function eksPackage(): ProviderPackage {
  return {
    name: "eks",
    constructs: true,
    knows: (type) => type === CLUSTER,
    checkConfig: (news) => ({ inputs: news, failures: [] }),
    diffConfig: () => NO_DIFF,
    configure: () => eksProvider,
  };
}

function unbuilt(what: string): never {
  throw new CloudError("Unimplemented", `the sandbox has no ${what} of package eks: it constructs ${CLUSTER}`);
}

const eksProvider: Provider = {
  check: (_identity, _olds, news) => ({ inputs: news, failures: [] }),
  diff: () => NO_DIFF,
  create: ({ type }) => unbuilt(`resource ${type}`),
  read: () => undefined,
  update: ({ type }) => unbuilt(`resource ${type}`),
  delete: () => undefined,
  invoke: (token) => unbuilt(`function ${token}`),
  construct: constructCluster,
};

/** The children and outputs of one cluster component; unknown inputs are passed on. */
function constructCluster({ type, name }: ResourceIdentity, inputs: PropertyMap): Construction {
  if (type !== CLUSTER) unbuilt(`component ${type}`);
  const failures = unsupportedInputs(inputs);
  if (failures.length > 0) {
    const lines = failures.map(({ property, reason }) => `${property} ${reason}`);
    throw new CloudError("InvalidInput", `${CLUSTER} '${name}': ${lines.join("; ")}`);
  }
  const words = scopeOf(name, inputs);
  return { children: childrenOf(name, words), outputs: filled(template().outputs, name, words.scope) as PropertyMap };
}
