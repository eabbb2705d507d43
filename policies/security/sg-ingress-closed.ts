/** Rule sg-ingress-closed. */
import {
  type Cidr,
  coversInternet,
  families,
  type Family,
  globToRegExp,
  wildcards,
} from "@fridayproof/components/core";
import { networkAccessLimits } from "../limits/network-access";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { example, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { eachPart, resourceRule } from "../kit/rule/rule";
import { quantity, texts } from "../kit/rule/settings";
import { types } from "../kit/reading/types";
import { blocksOf, type Entry, entriesOf, isPathDiscovery, isWeb, templates } from "./ingress";

type Widest = Readonly<Record<Family, number>>;
const words = "name the networks, or the security groups, that may come in";
/** Networks as they may be named. */
const examples: Readonly<Record<Family, string>> = { IPv4: "10.0.0.0/16", IPv6: "2001:db8::/64" };

/** The internet reaches only the web ports of the load balancer. */
export const sgIngressClosed = resourceRule({
  id: "sg-ingress-closed",
  group: "security",
  level: "mandatory",
  forbids:
    "Ingress from the whole internet, or from a network too wide, except to the web ports of the front door; administration opened by a network ACL.",
  prevents: "From scan to breach in an afternoon.",
  source: "Control Tower CT.EC2.PR.3; Security Hub EC2.21",
  settings: {
    widestPrefix: quantity(networkAccessLimits.widestIngressPrefix, "lower", { minimum: 1, maximum: 32 }),
    widestPrefixV6: quantity(networkAccessLimits.widestIngressPrefixV6, "lower", { minimum: 1, maximum: 128 }),
    entrances: texts(
      ["front-door-*"],
      "Names of the groups and rules that are the front door, * for any characters; unset, only the platform's own.",
    ),
  },
  resourceTypes: [
    types.securityGroup,
    types.securityGroupRule,
    types.ingressRule,
    types.managedPrefixList,
    types.managedPrefixListEntry,
    types.networkAcl,
    types.networkAclRule,
    ...templates,
  ],
  limits:
    "What a group is attached to cannot be seen from the group: the front door is known by its name. A prefix list counts wherever it is used, and one of AWS's own is not looked into. A CloudFormation template is read from templateBody.",
  examples: {
    bad: "ingress: [{ protocol: '-1', cidrBlocks: ['0.0.0.0/0'], … }]",
    good: "front-door-alb: { protocol: 'tcp', fromPort: 443, toPort: 443, cidrBlocks: ['0.0.0.0/0'] }",
  },
  *check(resource, { widestPrefix, widestPrefixV6, entrances }) {
    const entrance = entrances.some((pattern) => globToRegExp(pattern, wildcards.name).test(resource.name));
    const widest: Widest = { IPv4: widestPrefix, IPv6: widestPrefixV6 };
    const blocks: Cidr[] = [];
    yield* eachPart(resource, entriesOf(resource), (entry) =>
      entrance && (isWeb(entry) || isPathDiscovery(entry)) ? [] : checkEntry(resource, entry, widest, blocks),
    );
    yield* checkTogether(resource, blocks);
  },
});

function* checkEntry(resource: Resource, entry: Entry, widest: Widest, blocks: Cidr[]): Iterable<Finding> {
  yield* eachPart(resource, blocksOf(entry), function* ({ read }) {
    for (const { block, field } of read()) {
      blocks.push(block);
      if (block.prefix >= widest[block.family]) continue;
      yield violation(resource, {
        at: field.path,
        got: valueText(field.text()),
        expected: `/${widest[block.family]} or narrower`,
        fix: example(set(field, examples[block.family]), "the networks that may come in"),
      });
    }
  });
}

function* checkTogether(resource: Resource, blocks: readonly Cidr[]): Iterable<Finding> {
  const openFamilies = families.filter((family) => coversInternet(blocks, family));
  if (openFamilies.length === 0 || blocks.some(({ prefix }) => prefix === 0)) return;
  const got = `blocks that together cover all of ${openFamilies.join(" and ")}`;
  yield violation(resource, { got, expected: "named networks", fix: words });
}
