/** What us-east-1 bills for as long as something stands, used or not. */
import type { InstanceType } from "@fridayproof/components/core";
import { INSTANCE_PRICES_CHECKED, INSTANCE_PRICES_SOURCE, instancePrices } from "./instance-prices";
import type { Price } from "./price";
import { AURORA_PRICES, readInVirginia, recorded } from "./price-sources";

function instancePrice(type: string, value: number) {
  return {
    what: `EC2 ${type}, Linux, on demand`,
    value,
    unit: "USD per hour",
    source: INSTANCE_PRICES_SOURCE,
    checked: INSTANCE_PRICES_CHECKED,
  } as const;
}

const instances = Object.fromEntries(
  Object.entries(instancePrices).map(([type, value]) => [type, instancePrice(type, value)]),
) as Readonly<Record<InstanceType, ReturnType<typeof instancePrice>>>;

/** By id; instance and volume types are their own ids, because a plan names them. */
export const fixedPrices = readInVirginia<Price>()({
  eksCluster: {
    what: "EKS control plane",
    value: 0.1,
    unit: "USD per hour",
    source: recorded("eks_cluster"),
  },
  ...instances,
  gp3: {
    what: "EBS gp3 volume at its included speed",
    value: 0.08,
    unit: "USD per GB-month",
    source: recorded("ebs_volume"),
  },
  "db.r6g.large": {
    what: "Aurora db.r6g.large, on demand",
    value: 0.26,
    unit: "USD per hour",
    source: AURORA_PRICES,
    checked: "2026-11-30",
    evidence: "from knowledge, not re-read",
  },
  natGateway: {
    what: "NAT gateway",
    value: 0.045,
    unit: "USD per hour",
    source: recorded("nat_gateway"),
  },
  publicIpv4: {
    what: "public IPv4 address",
    value: 0.005,
    unit: "USD per hour",
    source: "https://www.doit.com/aws-public-ipv4-price-increase-the-complete-guide/",
  },
  loadBalancer: {
    what: "Application Load Balancer",
    value: 0.0225,
    unit: "USD per hour",
    source: recorded("lb"),
  },
  interfaceEndpoint: {
    what: "interface endpoint, per zone",
    value: 0.01,
    unit: "USD per hour",
    source: recorded("vpc_endpoint"),
  },
  kmsKey: {
    what: "KMS key, before its first rotation",
    value: 1,
    unit: "USD per month",
    source: "https://aws.amazon.com/kms/pricing/",
  },
  alarmMetric: {
    what: "CloudWatch alarm, per metric",
    value: 0.1,
    unit: "USD per month",
    source: recorded("cloudwatch_metric_alarm"),
  },
  healthCheck: {
    what: "Route 53 health check of an endpoint in AWS",
    value: 0.5,
    unit: "USD per month",
    source: recorded("route53_health_check"),
  },
  healthCheckFeature: {
    what: "feature of a health check (HTTPS, every 10 s, latency, text)",
    value: 1,
    unit: "USD per month",
    source: recorded("route53_health_check"),
  },
  hostedZone: {
    what: "Route 53 hosted zone",
    value: 0.5,
    unit: "USD per month",
    source: recorded("route53_zone"),
  },
  secret: {
    what: "secret in Secrets Manager",
    value: 0.4,
    unit: "USD per month",
    source: recorded("secretsmanager_secret"),
  },
});

/** A price that does not depend on use. */
export type FixedId = keyof typeof fixedPrices;
