/** Uses that values show: a property that holds another resource's id, ARN or name. */
import type { Resource, Use } from "./change";
import { isUnknown, stemOf, type Values } from "./values";

/** What a resource is named by elsewhere. */
export const NAMING: ReadonlySet<string> = new Set(
  ["id", "arn", "arnSuffix", "dnsName", "endpoint", "latestVersion"].map(stemOf),
);

/** Names are shared by chance: only these properties name a resource of that type. */
const BY_NAME: Readonly<Record<string, string>> = {
  "aws:eks/cluster:Cluster": "clustername",
  "aws:iam/role:Role": "role",
  "aws:rds/subnetGroup:SubnetGroup": "dbsubnetgroupname",
  "aws:rds/parameterGroup:ParameterGroup": "parametergroupname",
  "aws:rds/clusterParameterGroup:ClusterParameterGroup": "dbclusterparametergroupname",
  "aws:rds/globalCluster:GlobalCluster": "globalclusteridentifier",
  "aws:rds/cluster:Cluster": "clusteridentifier",
  "aws:lambda/function:Function": "functionname",
  "aws:s3/bucket:Bucket": "bucket",
  "aws:autoscaling/group:Group": "autoscalinggroupname",
  "aws:dynamodb/table:Table": "tablename",
};

/** Shorter texts are equal by chance. */
const SHORTEST = 6;

function texts(value: unknown, found: string[] = []): string[] {
  if (typeof value === "string") {
    if (value.length >= SHORTEST && value.length < 400 && !isUnknown(value)) found.push(value);
  } else if (Array.isArray(value)) for (const item of value) texts(item, found);
  else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) texts(item, found);
  return found;
}

function identitiesOf({ before, after }: Resource): readonly string[] {
  const values = before ?? after ?? {};
  return Object.entries(values).flatMap(([key, value]) => (NAMING.has(stemOf(key)) ? texts(value) : []));
}

function add(map: Map<string, string[]>, key: string, address: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [address]);
  else if (!known.includes(address)) known.push(address);
}

function nameOf({ type, before, after }: Resource): string | undefined {
  const values: Values = before ?? after ?? {};
  const property = BY_NAME[type];
  const name =
    values["name"] ??
    values["function_name"] ??
    values["cluster_identifier"] ??
    values["bucket"] ??
    values["clusterIdentifier"];
  return property === undefined || typeof name !== "string" ? undefined : `${property} ${name}`;
}

/** All uses that values show, before and after. */
export function usesByValue(resources: readonly Resource[]): readonly Use[] {
  const byIdentity = new Map<string, string[]>();
  const byName = new Map<string, string[]>();
  for (const resource of resources) {
    for (const identity of identitiesOf(resource)) add(byIdentity, identity, resource.address);
    const name = nameOf(resource);
    if (name !== undefined) add(byName, name, resource.address);
  }
  return resources.flatMap(({ address, before, after }) => {
    const found: Use[] = [];
    for (const [side, values] of [
      ["before", before],
      ["after", after],
    ] as const)
      for (const [property, value] of Object.entries(values ?? {})) {
        if (NAMING.has(stemOf(property))) continue;
        for (const text of texts(value)) {
          const owners = [...(byIdentity.get(text) ?? []), ...(byName.get(`${stemOf(property)} ${text}`) ?? [])];
          for (const used of owners) if (used !== address) found.push({ user: address, used, property, side });
        }
      }
    return found;
  });
}
