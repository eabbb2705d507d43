/** Thresholds that only policy rules need. */
import { limits } from "./limit";

const read = "2026-11-21";

/** Rows by name; every rule's default stands here, its bounds beside the rule. */
export const policyLimits = limits({
  zonesAtLeast: {
    value: 2,
    unit: "count",
    kind: "hard limit",
    source: "https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html",
    checked: read,
    reason: "Zones that subnets must span; in one zone its loss is an outage",
  },
  publicEndpointWidestPrefix: {
    value: 16,
    unit: "prefix length",
    kind: "choice",
    source: "Our choice: an office or a runner pool fits into a /16; environments narrow it to /28",
    checked: read,
    reason: "Widest IPv4 block that may reach the public API endpoint",
  },
  publicEndpointWidestPrefixV6: {
    value: 48,
    unit: "prefix length",
    kind: "choice",
    source: "https://www.rfc-editor.org/rfc/rfc6177 (a site receives at most a /48)",
    checked: read,
    reason: "Widest IPv6 block that may reach the public API endpoint",
  },
});
