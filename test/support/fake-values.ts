/** What the fake providers answer, as pure functions of what they are asked. */
import { createHash } from "node:crypto";
import { childOutput, type ConstructedChild, type Construction } from "../../sandbox/protocol/construction";
import type { DiffKind } from "../../sandbox/protocol/provider";
import { equal, isObject, mapValue, type PropertyMap, type Value } from "../../sandbox/property/values";

/** Properties whose change forces a replacement. */
export const REPLACING = new Set(["cidrBlock", "name", "availabilityZone", "bucket", "length", "roleArn"]);
/** Types whose name is generated where the program gives none. */
export const NAMED = /:Role$|:Cluster$|:SecurityGroup$/;
const HASH_LENGTH = 8;
/** How much of a hash a generated name ends with. */
export const NAME_HASH_LENGTH = 7;

/** What every data source answers, beside its own arguments. */
export const INVOKED: PropertyMap = {
  id: "us-east-1",
  names: ["us-east-1a", "us-east-1b", "us-east-1c"],
  zoneIds: ["z1", "z2", "z3"],
  accountId: "000000000000",
  arn: "arn:aws:iam::000000000000:root",
  name: "us-east-1",
  region: "us-east-1",
  cidrBlock: "10.9.0.0/16",
};

/** The first characters of a text's SHA-1. */
export function hash(text: string, length: number = HASH_LENGTH): string {
  return createHash("sha1").update(text).digest("hex").slice(0, length);
}

/** `Vpc` of `aws:ec2/vpc:Vpc`. */
export function memberOf(type: string): string {
  return type.split(":").pop() ?? "";
}

/** Keys in order, as the wire has them: the ids of the recordings depend on it. */
export function sorted(value: Value): Value {
  return mapValue(value, (inner) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([left], [right]) => (left < right ? -1 : 1)))
      : inner,
  );
}

/** Inputs as outputs: without the provider's own note of what it filled in. */
export function withoutDefaults(inputs: PropertyMap): PropertyMap {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => key !== "__defaults"));
}

/** A Kubernetes object with a name. */
export function withMetadataName(news: PropertyMap, generated: string): PropertyMap {
  const { metadata } = news;
  if (metadata === undefined) return { ...news, metadata: { name: generated } };
  if (!isObject(metadata) || metadata.name !== undefined) return news;
  return { ...news, metadata: { ...metadata, name: generated } };
}

/** The change of one property: member by member where both sides are objects. */
export function leavesOf(key: string, old: Value | undefined, now: Value | undefined): Record<string, DiffKind> {
  const suffix = REPLACING.has(key) ? "-replace" : "";
  const kind = (before: Value | undefined, after: Value | undefined): DiffKind =>
    `${before === undefined ? "add" : after === undefined ? "delete" : "update"}${suffix}`;
  if (!isObject(old) || !isObject(now)) return { [key]: kind(old, now) };
  const members = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (member) => !equal(old[member], now[member]),
  );
  return Object.fromEntries(members.map((member) => [`${key}.${member}`, kind(old[member], now[member])]));
}

/** The three children of the recorded cluster component. */
export function constructCluster(name: string, inputs: PropertyMap): Construction {
  const [role, group, cluster] = [`${name}-role`, `${name}-sg`, `${name}-eksCluster`];
  const child = (
    type: string,
    childName: string,
    childInputs: PropertyMap,
    more: Partial<ConstructedChild> = {},
  ): ConstructedChild => ({
    type,
    name: childName,
    custom: true,
    inputs: childInputs,
    version: "7.48.0",
    ...more,
  });
  const given = Object.fromEntries(
    Object.entries({ description: "Managed by Pulumi", vpcId: inputs.vpcId }).filter(
      ([, value]) => value !== undefined,
    ),
  ) as PropertyMap;
  const children = [
    child("aws:iam/role:Role", role, { assumeRolePolicy: "{}" }),
    child("aws:ec2/securityGroup:SecurityGroup", group, given, { parent: role, takes: { vpcId: ["vpcId"] } }),
    child(
      "aws:eks/cluster:Cluster",
      cluster,
      { roleArn: childOutput(role, "arn"), vpcConfig: { subnetIds: inputs.privateSubnetIds ?? [] } },
      { takes: { vpcConfig: ["privateSubnetIds"] } },
    ),
  ];
  const kubeconfig = { $json: { server: childOutput(cluster, "endpoint") } };
  const outputs = {
    eksCluster: childOutput(cluster, "$ref"),
    kubeconfig,
    kubeconfigJson: kubeconfig,
    clusterName: childOutput(cluster, "name"),
    nodeSecurityGroupId: childOutput(group, "id"),
  };
  return { children, outputs };
}
