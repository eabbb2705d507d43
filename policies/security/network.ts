/** Rules about the network: evidence is kept, only the entrance is open, and it speaks TLS. */
import { policyLimits } from "../../components/core/limits/policies";
import { trafficLimits } from "../../components/core/limits/traffic";
import { type Block, coversWorld, families, parseBlock } from "../kit/cidr";
import type { Field } from "../kit/field";
import { type Finding, shown, violation } from "../kit/finding";
import type { Resource } from "../kit/resource";
import { eachResource, resourceRule, stackRule } from "../kit/rule";
import { quantity, texts } from "../kit/settings";
import { types } from "../kit/types";

/** Every VPC records all of its flows. */
export const flowLogs = stackRule({
  id: "flow-logs",
  group: "security",
  level: "mandatory",
  forbids: "A VPC without a flow log of all traffic.",
  prevents: "An intrusion that leaves no trace in the network.",
  source: "Security Hub EC2.6",
  settings: {},
  limits: "A flow log belongs to the VPC that its vpcId was made from.",
  examples: {
    bad: "new aws.ec2.FlowLog('log', { vpcId: otherVpc.id, trafficType: 'ALL' })",
    good: "{ vpcId: vpc.id, trafficType: 'ALL' }",
  },
  *check(stack) {
    const logs = stack.of(types.flowLog);
    yield* eachResource(stack.of(types.vpc), function* (vpc) {
      const own = logs.filter((log) => stack.linked(log, "vpcId").includes(vpc));
      const fix = "add aws.ec2.FlowLog with trafficType: ALL for this VPC";
      if (own.length === 0) {
        yield violation(vpc, { got: "no flow log", wanted: "one of all traffic", fix });
        return;
      }
      if (own.some((log) => log.at("trafficType").text() === "ALL")) return;
      yield violation(vpc, { got: `${own.length} flow log(s), none of all traffic`, wanted: "trafficType: ALL", fix });
    });
  },
});

const ports = [trafficLimits.httpPort.value, trafficLimits.httpsPort.value];

/** The world reaches the load balancer's web ports and nothing else. */
export const sgIngressClosed = resourceRule({
  id: "sg-ingress-closed",
  group: "security",
  level: "mandatory",
  forbids: "Ingress from the whole internet, except to the web ports of the entrance.",
  prevents: "From scan to breach in an afternoon.",
  source: "Control Tower CT.EC2.PR.3",
  settings: {
    widestPrefix: quantity(policyLimits.widestIngressPrefix, "lower", { minimum: 1, maximum: 32 }),
    entrances: texts(
      ["*"],
      // Every other list is narrower than this one.
      "Names of the groups and rules that are the entrance, * for any characters; environments narrow it.",
    ),
  },
  kinds: [types.securityGroup, types.securityGroupRule, types.ingressRule],
  limits: "What a group is attached to cannot be seen from the group: the entrance is known by its name.",
  examples: {
    bad: "ingress: [{ protocol: '-1', cidrBlocks: ['0.0.0.0/0'], … }]",
    good: "ALB: { protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['0.0.0.0/0'] }",
  },
  *check(resource, { widestPrefix, entrances }) {
    const entrance = entrances.some((pattern) => nameMatches(pattern, resource.name));
    const entries = ingressOf(resource).filter((entry) => !(entrance && isWeb(entry)));
    const blocks = entries.flatMap((entry) => blocksOf(entry));
    const fix = "name the networks, or the security groups, that may come in";
    for (const { block, field } of blocks) {
      if (block.prefix >= widestPrefix) continue;
      yield violation(resource, {
        at: field.path,
        got: shown(field.text()),
        wanted: `/${widestPrefix} or narrower`,
        fix,
      });
    }
    const world = families.filter((family) =>
      coversWorld(
        blocks.map(({ block }) => block),
        family,
      ),
    );
    const single = blocks.some(({ block }) => block.prefix === 0);
    if (world.length === 0 || single) return;
    yield violation(resource, {
      got: `blocks that together cover all of ${world.join(" and ")}`,
      wanted: "named networks",
      fix,
    });
  },
});

function nameMatches(pattern: string, name: string): boolean {
  const form = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${form.join(".*")}$`).test(name);
}

function ingressOf(resource: Resource): readonly Field[] {
  if (resource.is(types.securityGroup)) return resource.at("ingress").list();
  if (resource.is(types.securityGroupRule) && resource.at("type").text() !== "ingress") return [];
  return [resource.props];
}

function isWeb(entry: Field): boolean {
  const protocol = entry.at("protocol").text() ?? entry.at("ipProtocol").text();
  const [from, to] = [entry.at("fromPort").number(), entry.at("toPort").number()];
  return (protocol === "tcp" || protocol === "6") && from === to && from !== undefined && ports.includes(from);
}

function blocksOf(entry: Field): readonly { readonly block: Block; readonly field: Field }[] {
  const single = [entry.at("cidrIpv4"), entry.at("cidrIpv6")].filter((field) => field.isSet());
  const fields = [...entry.at("cidrBlocks").list(), ...entry.at("ipv6CidrBlocks").list(), ...single];
  return fields.flatMap((field) => {
    const block = parseBlock(field.text() ?? "");
    // What is no CIDR at all AWS refuses by itself; it lets nobody in.
    return block === undefined ? [] : [{ block, field }];
  });
}

/** Nobody reads or changes what is under way. */
export const albTls = resourceRule({
  id: "alb-tls",
  group: "security",
  level: "mandatory",
  forbids: "A listener that serves HTTP, or HTTPS with an outdated policy.",
  prevents: "Interception, and downgrade to ciphers that are broken.",
  source: "Security Hub ELB.1; ALB user guide, security policies",
  settings: { policies: texts([], "Further security policies that are accepted, by their full name.", "any") },
  kinds: [types.listener],
  examples: {
    bad: "{ port: 443, protocol: 'HTTPS' }   # unset sslPolicy means 2016-08",
    good: "{ port: 443, protocol: 'HTTPS', sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06', … }",
  },
  *check(listener, { policies }) {
    const protocol = listener.at("protocol").text();
    if (protocol === "HTTPS" || protocol === "TLS") {
      yield* judgePolicy(listener, policies);
      return;
    }
    if (protocol !== undefined && protocol !== "HTTP") return;
    const actions = listener.at("defaultActions");
    const parts = actions.list();
    if (parts.length > 0 && parts.every(redirectsToTls)) return;
    const got = protocol === undefined ? "no protocol" : "HTTP without a redirect to HTTPS";
    yield violation(listener, {
      at: actions.path,
      got,
      wanted: "a redirect to HTTPS",
      fix: "set defaultActions to one redirect with protocol: HTTPS",
    });
  },
});

function redirectsToTls(action: Field): boolean {
  return action.at("type").text() === "redirect" && action.at("redirect", "protocol").text() === "HTTPS";
}

/** TLS 1.2 and up with forward secrecy. Source: ALB user guide, security policies; the Ext and 1-0, 1-1 families are weaker. */
const strong = /^ELBSecurityPolicy-TLS13-1-[23](-(Res|FIPS|Res-FIPS|PQ|Res-PQ|FIPS-PQ|Res-FIPS-PQ))?(-\d{4}-\d{2})$/;

function* judgePolicy(listener: Resource, accepted: readonly string[]): Iterable<Finding> {
  const field = listener.at("sslPolicy");
  const policy = field.text();
  if (policy !== undefined && (strong.test(policy) || accepted.includes(policy))) return;
  const got = policy === undefined ? "nothing, which means ELBSecurityPolicy-2016-08" : "a weaker policy";
  const fix = "set sslPolicy: ELBSecurityPolicy-TLS13-1-2-2021-06";
  yield violation(listener, {
    at: field.path,
    got,
    wanted: "TLS 1.2 or newer alone (ELBSecurityPolicy-TLS13-1-2 or -1-3)",
    fix,
  });
}
