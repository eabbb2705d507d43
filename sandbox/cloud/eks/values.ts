/** What pulumi-eks v4.3.0 calculates from the component's inputs before it makes children. Source: nodejs/eks/cluster/cluster.ts. */
import { childOutput } from "../../protocol/construction";
import { UNKNOWN, hasUnknown, isObject, type PropertyMap, type Value } from "../../property/values";
import { filled, template, type Scope, type Words } from "./template";

/** The control plane's subnets, in the order in which pulumi-eks lists them; one unknown makes all unknown. */
function subnetsOf({ subnetIds, publicSubnetIds = [], privateSubnetIds = [] }: PropertyMap): Value {
  const lists = [publicSubnetIds, privateSubnetIds];
  return subnetIds ?? (hasUnknown(lists) ? UNKNOWN : (lists.flat() as Value));
}

/** The id inside a resource reference; the real engine leaves it empty while unknown. */
function idOf(reference: Value): Value {
  return (isObject(reference) && reference.id) || UNKNOWN;
}

function encryptionOf(keyArn: Value | undefined): Value | undefined {
  return keyArn === UNKNOWN ? UNKNOWN : keyArn && { provider: { keyArn }, resources: ["secrets"] };
}

/** The members of an object, each with its name as `key`; `hidden` stands for what is not known yet. */
function membersOf(map: Value | undefined, defaults: Scope = {}): Scope[] {
  if (!isObject(map)) return [];
  return Object.entries(map).map(([key, member]) => ({ ...(isObject(member) ? member : defaults), key }));
}

/** The policies of an access entry, each with what its association takes from the entry. */
function policiesOf({ key: entry, principalArn, accessPolicies }: Scope): Scope[] {
  const policies = membersOf(accessPolicies, { accessScope: UNKNOWN, policyArn: UNKNOWN });
  return policies.map((policy) => ({ ...policy, principalArn, entry, key: `${String(entry)}-${String(policy.key)}` }));
}

/** Every `$word` of the template. */
export function scopeOf(component: string, inputs: PropertyMap): Words {
  const of = (child: string, output: string): Value => childOutput(`${component}-${child}`, output);
  const ownSecurityGroup = inputs.clusterSecurityGroup;
  const hasOidc = inputs.createOidcProvider === true;
  const { roleArn, profileName } = isObject(inputs.providerCredentialOpts) ? inputs.providerCredentialOpts : {};
  const role = roleArn === undefined ? [] : ["--role", roleArn];
  const profile = profileName === undefined ? [] : ["--profile", profileName];
  const kubeconfig = (tokenOptions: Value): Value | undefined =>
    filled(template().kubeconfig, component, { tokenOptions });
  const entries = membersOf(inputs.accessEntries);
  const scope = {
    bootstrapSelfManagedAddons: true,
    ...inputs,
    subnets: subnetsOf(inputs),
    makesGroup: ownSecurityGroup === undefined,
    group: ownSecurityGroup ?? of("eksClusterSecurityGroup", "$ref"),
    groupId: ownSecurityGroup === undefined ? of("eksClusterSecurityGroup", "id") : idOf(ownSecurityGroup),
    encryption: encryptionOf(inputs.encryptionConfigKeyArn),
    kubeconfig: kubeconfig(role),
    providerKubeconfig: kubeconfig([...role, ...profile]),
    oidcProvider: hasOidc ? of("oidcProvider", "$ref") : undefined,
    oidcProviderArn: hasOidc ? of("oidcProvider", "arn") : "",
    entryList: Object.values(isObject(inputs.accessEntries) ? inputs.accessEntries : {}),
  };
  return { scope, lists: { entries, entryPolicies: entries.flatMap(policiesOf) } };
}
