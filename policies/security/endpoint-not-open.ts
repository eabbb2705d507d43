/** Rule endpoint-not-open. */
import { type Cidr, counted, coversInternet, families, type Family, readCidr } from "@fridayproof/components/core";
import { networkAccessLimits } from "../limits/network-access";
import type { Field } from "../kit/reading/field";
import { type Finding, valueText, violation } from "../kit/finding/finding";
import { either, example, fix, type Remedy, set } from "../kit/finding/remedy";
import type { Resource } from "../kit/reading/resource";
import { resourceRule } from "../kit/rule/rule";
import { quantity } from "../kit/rule/settings";
import { types } from "../kit/reading/types";

/** The Kubernetes API is reachable only from named networks. */
export const endpointNotOpen = resourceRule({
  id: "endpoint-not-open",
  group: "security",
  level: "mandatory",
  forbids: "A public EKS API endpoint that the whole internet, or too wide a network, can reach.",
  prevents: "Attacks on the API server with stolen tokens or the next authentication bug.",
  source: "Security Hub EKS.1; EKS best practices, Identity, make the cluster endpoint private",
  settings: {
    widestPrefix: quantity(networkAccessLimits.publicEndpointWidestPrefix, "lower", { minimum: 1, maximum: 32 }),
    widestPrefixV6: quantity(networkAccessLimits.publicEndpointWidestPrefixV6, "lower", { minimum: 1, maximum: 128 }),
    together: quantity(networkAccessLimits.publicEndpointTogether, "higher", { minimum: 1 }),
  },
  resourceTypes: [types.cluster],
  examples: {
    bad: "vpcConfig: { subnetIds }   # public to 0.0.0.0/0 by default",
    good: "vpcConfig: { subnetIds, endpointPrivateAccess: true, publicAccessCidrs: ['203.0.113.16/28'] }",
  },
  *check(cluster, { widestPrefix, widestPrefixV6, together }) {
    const config = cluster.at("vpcConfig");
    // The endpoint is public by default.
    if (config.at("endpointPublicAccess").flag() === false) return;
    const cidrs = config.at("publicAccessCidrs");
    const items = cidrs.list();
    if (items.length === 0) {
      yield violation(cluster, {
        at: cidrs.path,
        got: "no block, which means 0.0.0.0/0",
        expected: "named networks",
        fix: close(cluster),
      });
      return;
    }
    yield* check(cluster, cidrs, items, { IPv4: widestPrefix, IPv6: widestPrefixV6 }, together);
  },
});

/** The fix: a private endpoint, or the deployers' CIDR blocks. */
function close(cluster: Resource): Remedy {
  const config = cluster.at("vpcConfig");
  const [outside, inside] = [config.at("endpointPublicAccess"), config.at("endpointPrivateAccess")];
  const blocks = set(config.at("publicAccessCidrs"), ["203.0.113.0/28"]);
  return either(fix`${set(outside, false)} and ${set(inside, true)}`, example(blocks, "the deployers' own blocks"));
}

/** Each additional prefix bit halves the block. */
const binary = 2;

function* check(
  cluster: Resource,
  cidrs: Field,
  items: readonly Field[],
  widest: Readonly<Record<Family, number>>,
  together: number,
): Iterable<Finding> {
  const known = items.filter((item) => !item.isUnknown());
  const blocks: Cidr[] = [];
  for (const item of known) {
    const text = item.textOrEmpty();
    const block = readCidr(text);
    if (block === undefined) {
      yield violation(cluster, { at: item.path, got: valueText(text), expected: "a CIDR block", fix: close(cluster) });
      continue;
    }
    blocks.push(block);
    if (block.prefix >= widest[block.family]) continue;
    yield violation(cluster, {
      at: item.path,
      got: valueText(text),
      expected: `/${widest[block.family]} or narrower`,
      fix: close(cluster),
    });
  }
  const openFamilies = families.filter((family) => coversInternet(blocks, family));
  if (openFamilies.length > 0) {
    const got = `all of ${openFamilies.join(" and ")}, in ${counted(blocks.length, "block")}`;
    yield violation(cluster, { at: cidrs.path, got, expected: "named networks", fix: close(cluster) });
  }
  for (const family of families) {
    // The sum of all blocks' sizes, in units of the widest allowed block.
    const sum = blocks
      .filter((block) => block.family === family && block.prefix >= widest[family])
      .reduce((total, { prefix }) => total + 1 / binary ** (prefix - widest[family]), 0);
    if (sum <= together || openFamilies.includes(family)) continue;
    const got = `${blocks.length} blocks, together ${Math.ceil(sum)} times a /${widest[family]}`;
    yield violation(cluster, {
      at: cidrs.path,
      got,
      expected: `at most ${together} times a /${widest[family]}`,
      fix: close(cluster),
    });
  }
  // Unknown items are read last: they are reported as unknown after the violations of the known ones.
  items.forEach((item) => item.value());
}
