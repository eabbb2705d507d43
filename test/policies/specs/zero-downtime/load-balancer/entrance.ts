/** Cases of the rules about the entrance and feature flags. */
import { flagLifecycle } from "../../../../../policies/zero-downtime/configuration/flag-lifecycle";
import {
  albDeletionProtection,
  tgDeregistration,
  tgHealthCheck,
} from "../../../../../policies/zero-downtime/load-balancer/load-balancer";
import { balancer, but, targetGroup } from "../../../support/fixtures";
import type { Given } from "../../../support/rule";
import { given, type Spec } from "../../../support/spec";

const flags = (content: unknown): Given => ({
  type: "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion",
  name: "flags",
  props: { contentType: "application/json", content: JSON.stringify(content) },
});
const checkout = { enabled: true, owner: "payments", removeBy: "2027-03-01" };
const attributes = { owner: "payments", removeBy: "2027-03-01" };
/** A flag for some people, with what its variants say of it. */
const variants = (...said: readonly object[]) => ({
  _variants: said.map((attributeValues, at) => ({ name: `v${at}`, enabled: at > 0, attributeValues })),
});
const flagSet = (values: Readonly<Record<string, unknown>>): unknown => ({
  version: "1",
  flags: { checkout: { name: "checkout" } },
  values: { checkout: values },
});

const endpoint = (props: object): Given => ({
  type: "aws:route53/healthCheck:HealthCheck",
  name: "entrance",
  props: { type: "HTTPS", fqdn: "a.example.com", port: 443, ...props },
});
const record = (props: Readonly<Record<string, unknown>>): Given => ({
  type: "aws:route53/record:Record",
  name: "www",
  options: { protect: true },
  props: { name: "www", type: "A", records: ["203.0.113.1"], ...props },
});

/** Cases of the rules about the entrance and feature flags. */
export const entranceSpecs: readonly Spec[] = [
  {
    rule: albDeletionProtection,
    good: {
      protected: given(balancer),
      "being taken down": { ...given(but(balancer, { enableDeletionProtection: false })), context: { teardown: true } },
    },
    bad: {
      "unset under the alb token": given({
        ...but(balancer, { enableDeletionProtection: undefined }),
        type: "aws:alb/loadBalancer:LoadBalancer",
      }),
      off: given(but(balancer, { enableDeletionProtection: false })),
    },
  },
  {
    rule: tgHealthCheck,
    good: {
      "every 5 s": given(targetGroup),
      "a function": given({ ...targetGroup, props: { targetType: "lambda" } }),
      "a connection of a network load balancer": given(
        but(targetGroup, { protocol: "TCP", healthCheck: { protocol: "tcp", port: "15021", interval: 10 } }),
      ),
      "redirects count": given(but(targetGroup, { "healthCheck.matcher": "200,204,301-302,399" })),
      "gRPC that answers, or knows no such method": given(
        but(targetGroup, { protocolVersion: "gRPC", "healthCheck.matcher": "0,12" }),
      ),
      "noticed just in time": given(
        but(targetGroup, { "healthCheck.unhealthyThreshold": 9, "healthCheck.healthyThreshold": 15 }),
      ),
      "a choice that is forgotten in a minute, an alias, and a record without a choice": given(
        record({ ttl: 60, failoverRoutingPolicies: [{ type: "PRIMARY" }], healthCheckId: "hc" }),
        record({
          aliases: [{ name: "a", zoneId: "b", evaluateTargetHealth: true }],
          weightedRoutingPolicies: [{ weight: 1 }],
        }),
        record({ ttl: 86_400, weightedRoutingPolicies: [] }),
        endpoint({}),
        { ...endpoint({ disabled: false }), name: "other" },
      ),
    },
    bad: {
      "an error counts as health": given(but(targetGroup, { "healthCheck.matcher": "200-499" })),
      "only errors count": given(but(targetGroup, { "healthCheck.matcher": "404" })),
      "any answer of gRPC": given(
        but(targetGroup, { protocolVersion: "GRPC", "healthCheck.matcher": "0-99" }),
        but(targetGroup, { protocolVersion: "GRPC", "healthCheck.matcher": "5" }),
      ),
      "a dead target stays": given(but(targetGroup, { "healthCheck.unhealthyThreshold": 10 })),
      "a new target waits": given(but(targetGroup, { "healthCheck.healthyThreshold": 16 })),
      "a connection of an application load balancer": given(
        but(targetGroup, { protocol: "HTTP", healthCheck: { protocol: "TCP", interval: 10 } }),
      ),
      "no path beside a web check": given(
        but(targetGroup, { protocol: "TCP", healthCheck: { protocol: "HTTP", interval: 10 } }),
      ),
      unset: given(but(targetGroup, { healthCheck: undefined })),
      "every 30 s": given(but(targetGroup, { "healthCheck.interval": 30 })),
      "as long as the interval": given(but(targetGroup, { "healthCheck.timeout": 5 })),
      "the default timeout is too long": given(but(targetGroup, { "healthCheck.timeout": undefined })),
      "no path": given(but(targetGroup, { "healthCheck.path": undefined })),
      "not a path": given(but(targetGroup, { "healthCheck.path": "" })),
      off: given(but(targetGroup, { "healthCheck.enabled": false })),
      "a failover that callers forget in a day": given(
        record({ ttl: 86_400, failoverRoutingPolicies: [{ type: "PRIMARY" }] }),
      ),
      "an answer by distance, kept for an hour": given(
        record({ ttl: 3600, geoproximityRoutingPolicy: { awsRegion: "us-east-1" } }),
      ),
      "a check that is switched off": given(endpoint({ disabled: true })),
      "several answers, kept for an hour": given(record({ ttl: 3600, multivalueAnswerRoutingPolicy: true })),
    },
  },
  {
    rule: tgDeregistration,
    good: {
      "30 s": given(targetGroup),
      "a function": given({ ...targetGroup, props: { targetType: "lambda" } }),
      "15 s": given(but(targetGroup, { deregistrationDelay: 15 })),
      "120 s": given(but(targetGroup, { deregistrationDelay: 120 })),
    },
    bad: {
      unset: given(but(targetGroup, { deregistrationDelay: undefined })),
      "too brief": given(but(targetGroup, { deregistrationDelay: "14" })),
      "too long": given(but(targetGroup, { deregistrationDelay: 121 })),
    },
  },
  {
    rule: flagLifecycle,
    good: {
      "owned and dated": given(flags(flagSet(checkout))),
      "on the last day that may be named": given(flags(flagSet({ ...checkout, removeBy: "2027-11-22" }))),
      "no flags": given(flags({ limit: 3 })),
      "so far away that nobody is told": { ...given(flags(flagSet(checkout))), settings: { asOf: "2027-02-14" } },
      "in each variant": given(flags(flagSet(variants(attributes, attributes)))),
    },
    bad: {
      "an owner of signs": given(flags(flagSet({ ...checkout, owner: "-" }))),
      "a date far away": given(flags(flagSet({ ...checkout, removeBy: "9999-12-31" }))),
      "a day too far away": given(flags(flagSet({ ...checkout, removeBy: "2027-11-23" }))),
      "no owner": given(flags(flagSet({ ...checkout, owner: " " }))),
      "no date": given(flags(flagSet({ ...checkout, removeBy: undefined }))),
      "not a day": given(flags(flagSet({ ...checkout, removeBy: "soon" }))),
      "not a day of the calendar": given(flags(flagSet({ ...checkout, removeBy: "2027-13-01" }))),
      "date passed": given(flags(flagSet({ ...checkout, removeBy: "2026-11-20" }))),
      "on its last day": { ...given(flags(flagSet(checkout))), settings: { asOf: "2027-03-01" } },
      "two weeks before": { ...given(flags(flagSet(checkout))), settings: { asOf: "2027-02-15" } },
      "a variant without owner and date": given(flags(flagSet(variants(attributes, {})))),
      "passed in both variants, told once": {
        ...given(flags(flagSet(variants(attributes, attributes)))),
        settings: { asOf: "2027-03-02" },
      },
      "no JSON": given({ ...flags({}), props: { content: "flags:" } }),
      "date passed as of a later day": { ...given(flags(flagSet(checkout))), settings: { asOf: "2027-03-02" } },
      "an owner who is not named": given(flags(flagSet({ ...checkout, owner: undefined }))),
      "a day of the month that is none": given(flags(flagSet({ ...checkout, removeBy: "2027-02-30" }))),
      "a flag whose name cannot be shown": given(
        flags({ flags: { "Checkout!": {} }, values: { "Checkout!": { removeBy: "2026-11-20" } } }),
      ),
    },
  },
];
