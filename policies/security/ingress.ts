/** Ingress of every resource type: security groups, their rules, prefix lists, network ACLs and CloudFormation templates. */
import { type Cidr, readCidr } from "@fridayproof/components/core";
import { trafficLimits } from "@fridayproof/components/core/limits";
import { networkAccessLimits } from "../limits/network-access";
import { declaring, formsOf, property } from "../kit/aws/cloud-control";
import { plainText } from "../kit/aws/cloud-formation";
import type { Field } from "../kit/reading/field";
import type { Resource } from "../kit/reading/resource";
import { types } from "../kit/reading/types";

/** One ingress rule. */
export interface Entry {
  readonly field: Field;
  /** Members that hold lists of CIDR blocks. */
  readonly lists: readonly string[];
  /** Members that hold one block. */
  readonly singles: readonly string[];
}

/** CIDR blocks that are read separately: an unknown one must not hide the others. */
export interface Source {
  readonly read: () => readonly { readonly block: Cidr; readonly field: Field }[];
}

const inline = { lists: ["cidrBlocks", "ipv6CidrBlocks"], singles: [] };
const standalone = { lists: ["cidrBlocks", "ipv6CidrBlocks"], singles: ["cidrIpv4", "cidrIpv6"] };
const listed = { lists: [], singles: ["cidr"] };
const acl = { lists: [], singles: ["cidrBlock", "ipv6CidrBlock"] };
/** CloudFormation templates start property names with a capital letter, the native provider with a small one. */
const templated = { lists: [], singles: ["CidrIp", "CidrIpv6", "cidrIp", "cidrIpv6"] };

/** CloudFormation types with ingress rules. */
export const templates = [...declaring, "aws-native:ec2:SecurityGroup", "aws-native:ec2:SecurityGroupIngress"];

/** The resource's ingress rules.
 * @throws UnknownRead @throws MalformedRead */
export function entriesOf(resource: Resource): readonly Entry[] {
  const all = (list: Field, how: Omit<Entry, "field">): readonly Entry[] =>
    list.list().map((field) => ({ field, ...how }));
  switch (resource.type) {
    case types.securityGroup:
      return all(resource.at("ingress"), inline);
    case types.managedPrefixList:
      return all(resource.at("entries"), listed);
    case types.managedPrefixListEntry:
      return [{ field: resource.props, ...listed }];
    case types.networkAcl:
      return all(resource.at("ingress"), acl).filter(({ field }) => allows(field, "action"));
    case types.networkAclRule:
      return resource.at("egress").flag() !== true && allows(resource.props, "ruleAction")
        ? [{ field: resource.props, ...acl }]
        : [];
    default:
      if (templates.includes(resource.type)) return templateEntries(resource);
      if (resource.is(types.securityGroupRule) && resource.at("type").text() !== "ingress") return [];
      return [{ field: resource.props, ...standalone }];
  }
}

function templateEntries(resource: Resource): readonly Entry[] {
  return formsOf(resource).flatMap(({ type, properties }) => {
    if (type === "aws::ec2::securitygroupingress") return [{ field: properties, ...templated }];
    if (type !== "aws::ec2::securitygroup") return [];
    const list = property(properties, "SecurityGroupIngress");
    if (list.isUnknown()) return [{ field: list, ...templated }];
    return list.shape() === "list" ? list.list().map((field) => ({ field, ...templated })) : [];
  });
}

/** Ports of administration: SSH and remote desktop. Source: Security Hub EC2.21. */
const administration = [networkAccessLimits.sshPort.value, networkAccessLimits.remoteDesktopPort.value];
/**
 * First ephemeral port. A network ACL is stateless and must allow return traffic to these ports. Source: VPC user
 * guide, ephemeral ports.
 */
const ephemeral = networkAccessLimits.ephemeralFrom.value;

/**
 * Whether a network ACL's entry allows administration ports explicitly. AWS's default ACL allows all traffic, and
 * return traffic needs the ephemeral ports.
 */
function allows(field: Field, action: string): boolean {
  if (field.at(action).text()?.toLowerCase() !== "allow") return false;
  if (!/^(tcp|6)$/i.test(field.at("protocol").textOrEmpty())) return false;
  const [from, to] = [field.at("fromPort").number() ?? 0, field.at("toPort").number() ?? 0];
  return administration.some((port) => from <= port && port <= to && (from < ephemeral || from === to));
}

/** The entry's blocks, list by list and item by item. */
export function blocksOf({ field, lists, singles }: Entry): readonly Source[] {
  const ofItem = (item: Field): Source => ({ read: () => blockOf(item) });
  return [
    ...lists.flatMap((key) => {
      const list = field.at(key);
      // Reading a malformed or unknown list throws the matching error.
      return list.shape() === "list" ? list.list().map(ofItem) : [{ read: () => list.list().flatMap(blockOf) }];
    }),
    ...singles.map((key) => ofItem(field.at(key))),
  ];
}

function blockOf(field: Field): readonly { readonly block: Cidr; readonly field: Field }[] {
  field.value();
  const block = readCidr(plainText(field) ?? "");
  // AWS rejects a value that is no CIDR block, so it allows no traffic.
  return block === undefined ? [] : [{ block, field }];
}

const web = [trafficLimits.httpPort.value, trafficLimits.httpsPort.value];

function protocolOf(field: Field): string | undefined {
  return (field.at("protocol").text() ?? field.at("ipProtocol").text())?.toLowerCase();
}

/** Whether the entry is for one of the web's ports alone. */
export function isWeb({ field }: Entry): boolean {
  const protocol = protocolOf(field);
  const [from, to] = [field.at("fromPort").number(), field.at("toPort").number()];
  return (protocol === "tcp" || protocol === "6") && from === to && from !== undefined && web.includes(from);
}

/** ICMP types for an unreachable destination, an exceeded time or a packet that is too big. Source: RFC 792, RFC 4443. */
const notices: Readonly<Record<string, RegExp>> = {
  icmp: /^(3|11)$/,
  "1": /^(3|11)$/,
  icmpv6: /^[1-4]$/,
  "58": /^[1-4]$/,
};

/** Whether the entry allows ICMP for path MTU discovery. Without it large responses are lost on paths with a smaller MTU. */
export function isPathDiscovery({ field }: Entry): boolean {
  // For ICMP the provider takes type and code as ports.
  return notices[protocolOf(field) ?? ""]?.test(String(field.at("fromPort").number())) === true;
}
