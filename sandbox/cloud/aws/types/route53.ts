/** Hosted zones, records and health checks: global, written through us-east-1. */
import type { Making } from "../making";
import type { AwsType } from "./entry";

const NAME_SERVERS = ["ns-1.awsdns-00.org", "ns-2.awsdns-00.com", "ns-3.awsdns-00.net", "ns-4.awsdns-00.co.uk"];

/** The record's whole name: names outside the zone are taken as relative to it. */
function fqdn(made: Making): string {
  const zone = made.caller.account.find("aws:route53/zone:Zone", made.text("zoneId"), "global");
  const domain = String(zone?.outputs.name ?? "");
  const name = made.text("name").replace(/\.$/, "");
  if (name === "") return domain;
  return name === domain || name.endsWith(`.${domain}`) ? name : `${name}.${domain}`;
}

/** Entries. */
export const ROUTE53: Readonly<Record<string, AwsType>> = {
  "aws:route53/zone:Zone": {
    source: "route53/zone.go",
    scope: "global",
    forceNew: ["delegationSetId", "name"],
    id: "Z{HASH20}",
    arn: "arn:aws:route53:::hostedzone/{id}",
    defaults: { comment: "Managed by Pulumi", forceDestroy: false },
    references: { "vpcs.vpcId": "vpc" },
    outputs: { zoneId: "{id}", nameServers: () => NAME_SERVERS, primaryNameServer: () => NAME_SERVERS[0] },
  },
  "aws:route53/record:Record": {
    source: "route53/record.go",
    scope: "global",
    forceNew: ["name", "setIdentifier", "zoneId"],
    id: (made) => [made.text("zoneId"), made.text("name"), made.text("type"), ...made.texts("setIdentifier")].join("_"),
    references: { zoneId: "zone", healthCheckId: "healthCheck" },
    outputs: { fqdn },
  },
  "aws:route53/healthCheck:HealthCheck": {
    source: "route53/health_check.go",
    scope: "global",
    forceNew: [
      "ipAddress",
      "measureLatency",
      "referenceName",
      "requestInterval",
      "routingControlArn",
      "triggers",
      "type",
    ],
    id: (made) => made.hash(32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
    arn: "arn:aws:route53:::healthcheck/{id}",
    defaults: { disabled: false, measureLatency: false },
    outputs: { enableSni: (made) => made.inputs.enableSni ?? made.text("type").startsWith("HTTPS") },
  },
};
