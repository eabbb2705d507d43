/** What one rule of a security group or network ACL allows: a protocol, ports, and addresses of IPv4 or IPv6. */
import { isUnknown, listAt, numberAt, numberOf, textAt, valueAt, type Values } from "../../plans/values";
import { containsBlock } from "./cidr";

/** Protocol numbers, which AWS's APIs use beside the names. */
const NUMBERS: Readonly<Record<string, string>> = {
  all: "-1",
  icmp: "1",
  tcp: "6",
  udp: "17",
  icmpv6: "58",
  "ipv6-icmp": "58",
};

const ICMP = ["1", "58"];

/** ICMP's types are one byte. */
const MOST_KINDS = 255;

function protocolOf(value: unknown): string {
  const text = String(value ?? "-1").toLowerCase();
  return NUMBERS[text] ?? text;
}

/** What one rule allows: one source, one range of ports. */
export interface IpPermission {
  readonly protocol: string;
  readonly from: number;
  readonly to: number;
  readonly source: string;
}

const SOURCES = [
  "cidrBlocks",
  "ipv6CidrBlocks",
  "prefixListIds",
  "securityGroups",
  "cidrIpv4",
  "cidrIpv6",
  "prefixListId",
  "referencedSecurityGroupId",
  "sourceSecurityGroupId",
];

/** Everything that a rule of a security group allows. */
export function ipPermissionsOf(rule: Values): readonly IpPermission[] {
  const protocol = protocolOf(valueAt(rule, "protocol") ?? valueAt(rule, "ipProtocol"));
  const [from, to] = [numberOf(valueAt(rule, "fromPort")) ?? -1, numberOf(valueAt(rule, "toPort")) ?? -1];
  const sources = SOURCES.flatMap((name) =>
    listAt(rule, name).map((source) => (isUnknown(source) ? `unknown ${name}` : String(source))),
  );
  const self = valueAt(rule, "self") === true ? ["self"] : [];
  return [...sources, ...self].map((source) => ({ protocol, from, to, source }));
}

/** What a rule of a network ACL allows or denies: one block of addresses. */
export function aclPermission(rule: Values): IpPermission {
  const protocol = protocolOf(valueAt(rule, "protocol"));
  const source = textAt(rule, "cidrBlock") ?? textAt(rule, "ipv6CidrBlock") ?? "unknown";
  if (!ICMP.includes(protocol))
    return { protocol, from: numberAt(rule, "fromPort") ?? -1, to: numberAt(rule, "toPort") ?? -1, source };
  const [kind, code] = [numberAt(rule, "icmpType") ?? -1, numberAt(rule, "icmpCode") ?? -1];
  return {
    protocol: code < 0 ? protocol : `${protocol} code ${code}`,
    ...(kind < 0 ? { from: 0, to: MOST_KINDS } : { from: kind, to: kind }),
    source,
  };
}

function coversSource(wide: string, narrow: string): boolean {
  return wide === narrow ? !wide.startsWith("unknown") : containsBlock(wide, narrow);
}

/** Whether one permission allows all that another does. */
export function coversPermission(wide: IpPermission, narrow: IpPermission): boolean {
  const anyPort = wide.protocol === "-1";
  const protocol = anyPort || wide.protocol === narrow.protocol;
  const ports = anyPort || (wide.from <= narrow.from && narrow.to <= wide.to);
  return protocol && ports && coversSource(wide.source, narrow.source);
}

/** The old permissions that no new one covers completely. */
export function lostPermissions(old: readonly IpPermission[], next: readonly IpPermission[]): readonly IpPermission[] {
  return old.filter((narrow) => !next.some((wide) => coversPermission(wide, narrow)));
}
