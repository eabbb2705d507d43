/** The environment's names in Route 53: apex, wildcard and the region's own wildcard, all on the load balancer. */
import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { trafficLimits } from "../core/limits/traffic";
import { healthHost, healthPath } from "./health-host";

/** Which leg of the failover pair an environment is; `none` has no partner. */
export type FailoverRole = "primary" | "replica" | "none";

/** Arguments of {@link records}. */
export interface RecordsArgs {
  /** Domain of the environment, such as `example.com`. */
  readonly domain: string;
  /** Region of this leg, part of its own host names. */
  readonly region: string;
  /** Leg of the failover pair. */
  readonly role: FailoverRole;
  /** Hosted zone of the domain. */
  readonly zoneId: pulumi.Input<string>;
  /** DNS name of the load balancer. */
  readonly albDnsName: pulumi.Input<string>;
  /** Zone that AWS keeps the load balancer's name in. */
  readonly albZoneId: pulumi.Input<string>;
  /** Pulumi's protection; see FrontDoor. */
  readonly protect: boolean;
  /** Tags of the health check; records have none. */
  readonly tags?: Readonly<Record<string, string>>;
}

/**
 * What makes a record one leg of two, with a health check of its own; nothing for an environment without a partner. One
 * may become a leg later: the provider deletes the simple record and creates the leg in one change of Route 53, so the
 * name never stops resolving (terraform-provider-aws internal/service/route53/record.go, resourceRecordUpdate).
 */
function failoverLeg(name: string, args: RecordsArgs, parent: pulumi.Resource): Partial<aws.route53.RecordArgs> {
  if (args.role === "none") return {};
  const health = new aws.route53.HealthCheck(
    `${name}-health`,
    {
      type: "HTTPS",
      fqdn: healthHost(args.region, args.domain),
      port: trafficLimits.httpsPort.value,
      resourcePath: healthPath,
      enableSni: true,
      requestInterval: trafficLimits.recordHealthInterval.value,
      failureThreshold: trafficLimits.recordFailureThreshold.value,
      tags: { ...args.tags, Name: healthHost(args.region, args.domain) },
    },
    { parent },
  );
  return {
    setIdentifier: args.region,
    failoverRoutingPolicies: [{ type: args.role === "primary" ? "PRIMARY" : "SECONDARY" }],
    healthCheckId: health.id,
  };
}

/**
 * Declares the records. Health of alias targets is never evaluated: Route 53 counts a load balancer with an
 * empty target group as unhealthy, and the idle colour is empty by design.
 */
export function records(name: string, args: RecordsArgs, parent: pulumi.Resource): readonly aws.route53.Record[] {
  const leg = failoverLeg(name, args, parent);
  const hosts = [
    { role: "apex", host: args.domain, policy: leg },
    { role: "wildcard", host: `*.${args.domain}`, policy: leg },
    { role: "regional", host: `*.${args.region}.${args.domain}`, policy: {} },
  ];
  return hosts.map(
    ({ role, host, policy }) =>
      new aws.route53.Record(
        `${name}-${role}`,
        {
          zoneId: args.zoneId,
          name: host,
          type: "A",
          aliases: [{ name: args.albDnsName, zoneId: args.albZoneId, evaluateTargetHealth: false }],
          ...policy,
        },
        { parent, protect: args.protect },
      ),
  );
}
