/** The simulated eks package: one remote component, described as the children that pulumi-eks v4.3.0 makes. */
import { UNKNOWN, isObject, type PropertyMap, type Value } from "../../engine/values";
import { NO_DIFF } from "../../engine/diff";
import type { Account } from "../account";
import { childOutput, jsonOf } from "../construction";
import {
  CloudError,
  type ConstructedChild,
  type Construction,
  type Provider,
  type ProviderPackage,
  type Subject,
} from "../provider";
import {
  accessEntries,
  child,
  clusterSecurityGroup,
  defined,
  mergedTags,
  nodeSecurityGroup,
  serviceRole,
  subnetsOf,
} from "./children";
import { refusedInputs } from "./inputs";
import { clusterOutputs, kubeconfig } from "./outputs";

/** Version of @pulumi/kubernetes that pulumi-eks v4.3.0 sends. Source: its nodejs/eks/package.json. */
const KUBERNETES_VERSION = "4.19.0";

/** Both are set at creation only, so pulumi-eks ignores later changes. Source: cluster.ts, options of eksCluster. */
const IGNORED = ["accessConfig.bootstrapClusterCreatorAdminPermissions", "bootstrapSelfManagedAddons"];

/** A root fingerprint of EKS's OIDC issuers: AWS no longer checks it, pulumi-eks still sends one. */
const OIDC_THUMBPRINT = "9e99a48a9960b14926bb7f3b02e22da2b0ab7280";

/** The eks package. The account is taken so that all packages are made alike: here only the children use one. */
export const eksPackage: (account: Account) => ProviderPackage = () => ({
  name: "eks",
  checkConfig: (news) => ({ inputs: news, failures: [] }),
  diffConfig: () => NO_DIFF,
  configure: () => eksProvider,
});

function unbuilt(what: string): never {
  throw new CloudError("Unimplemented", `the sandbox has no ${what} of package eks: it constructs eks:index:Cluster`);
}

const eksProvider: Provider = {
  check: (_subject, _olds, news) => ({ inputs: news, failures: [] }),
  diff: () => NO_DIFF,
  create: ({ type }) => unbuilt(`resource ${type}`),
  read: () => undefined,
  update: ({ type }) => unbuilt(`resource ${type}`),
  delete: () => undefined,
  invoke: (token) => unbuilt(`function ${token}`),
  construct: constructCluster,
};

/**
 * The children and outputs of one cluster component. Unknown inputs are passed on.
 * @throws CloudError for other types, and for every input that would bring children the sandbox does not build.
 */
export function constructCluster(subject: Subject, inputs: PropertyMap): Construction {
  if (subject.type !== "eks:index:Cluster") unbuilt(`component ${subject.type}`);
  const failures = refusedInputs(inputs);
  if (failures.length > 0) {
    const lines = failures.map(({ property, reason }) => `${property} ${reason}`);
    throw new CloudError("InvalidInput", `eks:index:Cluster '${subject.name}': ${lines.join("; ")}`);
  }
  const { name } = subject;
  const given = inputs.clusterSecurityGroup;
  const groupId = given === undefined ? childOutput(`${name}-eksClusterSecurityGroup`, "id") : idOf(given);
  const children = [
    ...serviceRole(name, inputs.tags),
    ...(given === undefined ? clusterSecurityGroup(name, inputs) : []),
    controlPlane(name, inputs, groupId),
    kubernetesProvider(name, inputs),
    ...accessEntries(name, inputs.accessEntries),
    ...(inputs.createOidcProvider === true ? [oidcProvider(name)] : []),
    ...nodeSecurityGroup(name, inputs, groupId),
  ];
  return { children, outputs: clusterOutputs(name, inputs, groupId) };
}

/** The id inside a resource reference; the real engine leaves it empty while unknown. */
function idOf(reference: Value): Value {
  return (isObject(reference) && reference.id) || UNKNOWN;
}

function controlPlane(name: string, inputs: PropertyMap, groupId: Value): ConstructedChild {
  const keyArn = inputs.encryptionConfigKeyArn;
  const role = `${name}-eksRole`;
  const args = {
    name: inputs.name,
    roleArn: childOutput(`${role}-role`, "arn"),
    bootstrapSelfManagedAddons: inputs.bootstrapSelfManagedAddons ?? true,
    vpcConfig: defined({
      securityGroupIds: [groupId],
      subnetIds: subnetsOf(inputs),
      endpointPrivateAccess: inputs.endpointPrivateAccess,
      endpointPublicAccess: inputs.endpointPublicAccess,
      publicAccessCidrs: inputs.publicAccessCidrs,
    }),
    version: inputs.version,
    enabledClusterLogTypes: inputs.enabledClusterLogTypes,
    tags: mergedTags({ Name: `${name}-eksCluster` }, inputs.clusterTags, inputs.tags),
    encryptionConfig: keyArn === UNKNOWN ? UNKNOWN : keyArn && { provider: { keyArn }, resources: ["secrets"] },
    accessConfig: { authenticationMode: "API", bootstrapClusterCreatorAdminPermissions: true },
    upgradePolicy: inputs.upgradePolicy,
    deletionProtection: inputs.deletionProtection,
  };
  return child("aws:eks/cluster:Cluster", `${name}-eksCluster`, args, {
    ignoreChanges: IGNORED,
    dependsOn: serviceRole(name, undefined).flatMap((made) => (made.custom ? [made.name] : [])),
    takes: {
      vpcConfig: ["subnetIds", "publicSubnetIds", "privateSubnetIds", "clusterSecurityGroup", "publicAccessCidrs"],
      encryptionConfig: ["encryptionConfigKeyArn"],
      tags: ["clusterTags", "tags"],
      enabledClusterLogTypes: ["enabledClusterLogTypes"],
      version: ["version"],
      name: ["name"],
    },
  });
}

function kubernetesProvider(name: string, inputs: PropertyMap): ConstructedChild {
  const config = { kubeconfig: jsonOf(kubeconfig(name, inputs, true)) };
  const takes = { kubeconfig: ["providerCredentialOpts"] };
  return child("pulumi:providers:kubernetes", `${name}-eks-k8s`, config, { version: KUBERNETES_VERSION, takes });
}

function oidcProvider(name: string): ConstructedChild {
  return child("aws:iam/openIdConnectProvider:OpenIdConnectProvider", `${name}-oidcProvider`, {
    clientIdLists: ["sts.amazonaws.com"],
    url: childOutput(`${name}-eksCluster`, "identities[0].oidcs[0].issuer"),
    thumbprintLists: [OIDC_THUMBPRINT],
  });
}
