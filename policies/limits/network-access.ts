/** Address ranges and ports of network access that only policy rules need. */
import { byDefault, choice, hardLimit, limits } from "@fridayproof/components/core/limits";

/** Rows by name. */
export const networkAccessLimits = limits("2026-11-29", {
  publicEndpointWidestPrefix: choice(16, "prefix length", {
    source: "Our choice: an office or a runner pool fits into a /16; environments narrow it to /28",
    reason: "Widest IPv4 block that may reach the public API endpoint",
    checked: "2026-11-21",
  }),
  publicEndpointWidestPrefixV6: choice(48, "prefix length", {
    source: "https://www.rfc-editor.org/rfc/rfc6177",
    reason: "Widest IPv6 block that may reach the public API endpoint: what one site receives",
    checked: "2026-11-21",
  }),
  publicEndpointTogether: choice(16, "count", {
    source: "Our choice: offices, VPNs and runners of one company; EKS takes 40 blocks of any width",
    reason: "How many of the widest blocks may reach the public API endpoint together",
  }),
  widestIngressPrefix: choice(8, "prefix length", {
    source: "Our choice: no single organisation's network is wider than a /8",
    reason: "Widest IPv4 block that may enter a security group",
    checked: "2026-11-21",
  }),
  widestIngressPrefixV6: choice(32, "prefix length", {
    source: "https://www.ripe.net/publications/docs/ripe-738/ (5.1: a provider's first allocation)",
    reason: "Widest IPv6 block that may enter a security group: what one provider receives",
  }),
  sshPort: byDefault(22, "port", {
    source: "https://www.rfc-editor.org/rfc/rfc4253 (4.1)",
    reason: "Where SSH listens: open to the internet it is tried within minutes",
  }),
  remoteDesktopPort: byDefault(3389, "port", {
    source: "https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html (EC2.21)",
    reason: "Where remote desktop listens",
  }),
  dnsPort: hardLimit(53, "port", {
    source: "https://www.rfc-editor.org/rfc/rfc1035 (4.2)",
    reason: "Port of the cluster's DNS, over UDP and, for long responses, TCP",
    checked: "2026-11-21",
  }),
  ephemeralFrom: hardLimit(1024, "port", {
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports",
    reason: "First port to which responses come back; a network ACL keeps no state and must let them in",
  }),
});
