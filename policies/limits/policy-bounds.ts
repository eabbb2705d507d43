/** Bounds on what AWS resources may say, each at the end that its own service leaves open. */
import { byDefault, choice, hardLimit, limits } from "@fridayproof/components/core/limits";

/** Rows by name; every rule's default stands here. */
export const policyBounds = limits("2026-11-29", {
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
  ephemeralFrom: hardLimit(1024, "port", {
    source: "https://docs.aws.amazon.com/vpc/latest/userguide/custom-network-acl.html#nacl-ephemeral-ports",
    reason: "First port to which responses come back; a network ACL keeps no state and must let them in",
  }),
  publicEndpointTogether: choice(16, "count", {
    source: "Our choice: offices, VPNs and runners of one company; EKS takes 40 blocks of any width",
    reason: "How many of the widest blocks may reach the public API endpoint together",
  }),
  unhealthyNoticedWithin: choice(45, "seconds", {
    source: "Our choice: three checks at the longest interval",
    reason: "Longest time until a dead target is noticed: interval by unhealthyThreshold",
  }),
  healthyNoticedWithin: choice(75, "seconds", {
    source: "Our choice: five checks at the longest interval",
    reason: "Longest time until a new target serves: interval by healthyThreshold",
  }),
  recordForgottenWithin: choice(300, "seconds", {
    source:
      "Our choice: Route 53's developer guide recommends 60 s or less beside health checks; resolvers keep a little more",
    reason: "Longest time for which callers keep an address that Route 53 chose among several",
  }),
  healthThresholdByDefault: byDefault(3, "count", {
    source: "https://www.pulumi.com/registry/packages/aws/api-docs/lb/targetgroup/ (healthCheck)",
    reason: "Checks in a row that change a target's state when nothing is said",
  }),
  logRetentionAtLeast: choice(7, "days", {
    source: "Our choice: an incident of a long weekend is looked at in the week after it",
    reason: "Shortest time for which logs are kept",
  }),
  flagAtMost: choice(366, "days", {
    source: "Pete Hodgson, Feature Toggles: release toggles live for weeks; a year holds the longest of ours",
    reason: "Furthest removal date of a feature flag; a further one is none",
  }),
  flagNotice: choice(14, "days", {
    source: "Pete Hodgson, Feature Toggles: managing the carrying cost",
    reason: "Time to take a flag out of the code before its removal date stops every deployment",
  }),
  rotationAtMost: hardLimit(365, "days", {
    source: "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html (KMS.4)",
    reason: "Longest time between two turns of a key",
  }),
  spotTypesAtLeast: choice(2, "count", {
    source: "EC2 user guide, best practices for Spot: be flexible about instance types",
    reason: "Instance types of a Spot group; with one, a single reclaim takes all of its nodes",
  }),
  imagesKeptAtLeast: choice(50, "count", {
    source: "Our choice: more releases than run anywhere, replicas and rollbacks included",
    reason: "Images that a lifecycle policy must leave; fewer deletes what still runs",
  }),
  imagesKeptDays: choice(90, "days", {
    source: "Our choice: a service that nobody released for a quarter still restarts its pods",
    reason: "Age below which a lifecycle policy must not delete a tagged image",
  }),
  controllersByDefault: byDefault(2, "count", {
    source:
      "https://github.com/kubernetes-sigs/aws-load-balancer-controller/blob/main/helm/aws-load-balancer-controller/values.yaml",
    reason: "Pods of the load balancer controller when its chart's values say nothing",
  }),
  backupDaysAtLeast: choice(7, "days", {
    source: "Security Hub RDS.11",
    reason: "Shortest time for which a database's backups are kept",
  }),
  kubeProxyBehindAtMost: hardLimit(3, "count", {
    source: "https://kubernetes.io/releases/version-skew-policy/#kube-proxy",
    reason: "Minors that kube-proxy may lag behind the API server",
  }),
});
