/** What pulumi-eks v4.3.0 calculates from the component's inputs before it makes children. Source: nodejs/eks/cluster/cluster.ts. */
import { UNKNOWN, hasUnknown, isObject, type PropertyMap, type Value } from "../../values/values";
import { childOutput, joined, objectOf, partOf } from "../construction";
import { filled, template, type Scope } from "./template";

/** Tags merged as pulumi-eks merges them: the later win, and one unknown map makes all unknown. */
function mergedTags(own: PropertyMap, ...maps: readonly (Value | undefined)[]): Value {
  return maps.some(hasUnknown) ? UNKNOWN : (Object.assign({}, own, ...maps.filter(isObject)) as PropertyMap);
}

/** The nodes' group also names the cluster, whose own name is known later. */
function nodeTags(component: string, tags: Value | undefined): Value {
  const more = mergedTags({}, tags);
  if (!isObject(more)) return more;
  const owned = joined("kubernetes.io/cluster/", childOutput(`${component}-eksCluster`, "name"));
  return objectOf([["Name", `${component}-nodeSecurityGroup`], [owned, "owned"], ...Object.entries(more)]);
}

/** The control plane's subnets, in the order in which pulumi-eks lists them; one unknown makes all unknown. */
function subnetsOf({ subnetIds, publicSubnetIds = [], privateSubnetIds = [] }: PropertyMap): Value {
  const lists = [publicSubnetIds, privateSubnetIds];
  return subnetIds ?? (hasUnknown(lists) ? UNKNOWN : (lists.flat() as Value));
}

/** The id inside a resource reference; the real engine leaves it empty while unknown. */
function idOf(reference: Value): Value {
  return (isObject(reference) && reference.id) || UNKNOWN;
}

/** Arguments of the token command: as the deploy role, else the caller; only the provider's copy names a profile. */
function tokenArgs(component: string, options: Value | undefined, isProviders: boolean): Value {
  const { roleArn, profileName } = isObject(options) ? options : {};
  const cluster = (output: string): Value => childOutput(`${component}-eksCluster`, output);
  const region = partOf(cluster("arn"), ":", 3);
  const role = roleArn === undefined ? [] : ["--role", roleArn];
  const profile = isProviders && profileName !== undefined ? ["--profile", profileName] : [];
  return [
    "--region",
    region,
    "eks",
    "get-token",
    "--cluster-name",
    cluster("name"),
    "--output",
    "json",
    ...role,
    ...profile,
  ];
}

function encryptionOf(keyArn: Value | undefined): Value | undefined {
  return keyArn === UNKNOWN ? UNKNOWN : keyArn && { provider: { keyArn }, resources: ["secrets"] };
}

/** Every `$word` of the template. */
export function scopeOf(component: string, inputs: PropertyMap): Scope {
  const of = (child: string, output: string): Value => childOutput(`${component}-${child}`, output);
  const given = inputs.clusterSecurityGroup;
  const hasOidc = inputs.createOidcProvider === true;
  const kubeconfig = (isProviders: boolean): Value | undefined =>
    filled(template().kubeconfig, component, {
      tokenArgs: tokenArgs(component, inputs.providerCredentialOpts, isProviders),
    });
  return {
    ...inputs,
    subnets: subnetsOf(inputs),
    makesGroup: given === undefined,
    group: given ?? of("eksClusterSecurityGroup", "$ref"),
    groupId: given === undefined ? of("eksClusterSecurityGroup", "id") : idOf(given),
    groupTags: mergedTags({ Name: `${component}-eksClusterSecurityGroup` }, inputs.tags),
    planeTags: mergedTags({ Name: `${component}-eksCluster` }, inputs.clusterTags, inputs.tags),
    nodeTags: nodeTags(component, inputs.tags),
    selfManagedAddons: inputs.bootstrapSelfManagedAddons ?? true,
    encryption: encryptionOf(inputs.encryptionConfigKeyArn),
    kubeconfig: kubeconfig(false),
    providerKubeconfig: kubeconfig(true),
    oidcProvider: hasOidc ? of("oidcProvider", "$ref") : undefined,
    oidcProviderArn: hasOidc ? of("oidcProvider", "arn") : "",
    entryList: Object.values(isObject(inputs.accessEntries) ? inputs.accessEntries : {}),
  };
}
