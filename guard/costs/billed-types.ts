/** How each type that costs something is billed. */
import { type Charges, type Rule, unpriced } from "./charges";
import { part, type PlannedResource } from "./plan";
import { isFixedId } from "./prices";
import { chartVolumes, nodeDisks } from "./volumes";

const one = (rest: Omit<Charges, "problems">): Rule => {
  return () => rest;
};

/** A list of the plan, or undefined while it is not known. */
function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

function nodeGroup(resource: PlannedResource, plan: Parameters<Rule>[1]): Charges {
  const { desiredSize, minSize, maxSize } = part(resource.inputs, "scalingConfig");
  if (typeof desiredSize !== "number" || typeof minSize !== "number" || typeof maxSize !== "number")
    return unpriced("scalingConfig", { desiredSize, minSize, maxSize }, "three numbers of nodes");
  const capacity = resource.inputs?.capacityType;
  if (capacity !== "ON_DEMAND") return unpriced("capacityType", capacity, "ON_DEMAND");
  const [template] = plan.origins(resource, "launchTemplate", "aws:ec2/launchTemplate:LaunchTemplate");
  if (template === undefined)
    return unpriced("launchTemplate", resource.inputs?.launchTemplate, "a launch template of the same plan");
  const type = template.inputs?.instanceType;
  if (typeof type !== "string" || !isFixedId(type))
    return unpriced("launchTemplate.instanceType", type, "an instance type that has a price");
  const nodes = { quantity: desiredSize, least: minSize, most: maxSize };
  const disks = nodeDisks(template, nodes);
  return {
    ...disks,
    fixed: [{ price: type, ...nodes }, ...(disks.fixed ?? [])],
    usage: ["cpuSurplus", "betweenZones"],
  };
}

const loadBalancer: Rule = ({ inputs }) => {
  const { loadBalancerType, internal, subnets } = inputs ?? {};
  if (loadBalancerType !== "application") return unpriced("loadBalancerType", loadBalancerType, "application");
  const zones = listOf(subnets);
  if (zones === undefined) return unpriced("subnets", subnets, "a list of subnets");
  const addresses = internal === true ? 0 : zones.length;
  return {
    fixed: [
      { price: "loadBalancer", quantity: 1 },
      { price: "publicIpv4", quantity: addresses },
    ],
    usage: ["lcu", "internetOut", "betweenZones"],
  };
};

const endpoint: Rule = ({ inputs }) => {
  const { vpcEndpointType, subnetIds } = inputs ?? {};
  // Gateway endpoints, which S3 and DynamoDB have, are free.
  if (vpcEndpointType === "Gateway") return {};
  const zones = listOf(subnetIds);
  if (vpcEndpointType !== "Interface" || zones === undefined)
    return unpriced("vpcEndpointType", { vpcEndpointType, subnetIds }, "Gateway, or Interface with a list of subnets");
  return { fixed: [{ price: "interfaceEndpoint", quantity: zones.length }], usage: ["endpointData"] };
};

/** How many metrics an alarm on an expression reads; undefined where one of them is no metric of a minute or more. */
function queried(queries: unknown): number | undefined {
  if (!Array.isArray(queries)) return undefined;
  const metrics = (queries as readonly { readonly metric?: { readonly period?: unknown } }[]).flatMap(
    ({ metric }) => metric ?? [],
  );
  const known = metrics.every(({ period }) => typeof period === "number" && period >= 60);
  return known && metrics.length > 0 ? metrics.length : undefined;
}

const alarm: Rule = ({ inputs }) => {
  const { period, metricName, metricQueries } = inputs ?? {};
  const quantity = queried(metricQueries);
  if (quantity !== undefined) return { fixed: [{ price: "alarmMetric", quantity }] };
  if (typeof metricName !== "string" || typeof period !== "number" || period < 60)
    return unpriced("metricName", { metricName, metricQueries, period }, "one metric at a period of 60 s or more");
  return { fixed: [{ price: "alarmMetric", quantity: 1 }] };
};

const HEALTH_CHECKS = ["HTTP", "HTTPS", "HTTP_STR_MATCH", "HTTPS_STR_MATCH", "TCP"];
const OFTEN_SECONDS = 10;

const healthCheck: Rule = ({ inputs }) => {
  const { type, requestInterval, measureLatency } = inputs ?? {};
  if (typeof type !== "string" || !HEALTH_CHECKS.includes(type))
    return unpriced("type", type, HEALTH_CHECKS.join(", "));
  const features = [
    type.startsWith("HTTPS"),
    type.endsWith("STR_MATCH"),
    requestInterval === OFTEN_SECONDS,
    measureLatency === true,
  ].filter(Boolean);
  return {
    fixed: [
      { price: "healthCheck", quantity: 1 },
      { price: "healthCheckFeature", quantity: features.length },
    ],
  };
};

/** A Service can make a load balancer behind everybody's back. */
const service: Rule = ({ inputs }) => {
  const { type = "ClusterIP" } = part(inputs, "spec");
  return type === "ClusterIP" || type === "NodePort" ? {} : unpriced("spec.type", type, "ClusterIP or NodePort");
};

const build: Rule = ({ inputs }) => {
  const { computeType, type } = part(inputs, "environment");
  if (computeType !== "BUILD_GENERAL1_SMALL" || type !== "LINUX_CONTAINER")
    return unpriced("environment", { computeType, type }, "BUILD_GENERAL1_SMALL as LINUX_CONTAINER");
  return { usage: ["buildMinutes"] };
};

/** Instances of databases; their class is the price's own id. */
const databaseInstance: Rule = ({ inputs }) => {
  const type = inputs?.instanceClass;
  if (typeof type !== "string" || !isFixedId(type)) return unpriced("instanceClass", type, "a class that has a price");
  return { fixed: [{ price: type, quantity: 1 }], usage: ["betweenZones"] };
};

/** A secret is billed again in each region that it is copied to. */
const ownSecret: Rule = ({ inputs }) => ({
  fixed: [{ price: "secret", quantity: 1 + (listOf(inputs?.replicas) ?? []).length }],
  usage: ["secretRequests"],
});

const key = one({ fixed: [{ price: "kmsKey", quantity: 1 }], usage: ["kmsRotation", "kmsRequests"] });

/** Type token to its rule. */
export const billedTypes: ReadonlyMap<string, Rule> = new Map([
  // The way of each copy to another region; what lies there is its vault's.
  ["aws:backup/plan:Plan", one({ usage: ["betweenRegions"] })],
  ["aws:backup/vault:Vault", one({ usage: ["auroraBackups"] })],
  ["aws:appconfig/environment:Environment", one({ usage: ["flagPolls", "flagsReceived"] })],
  ["aws:cloudwatch/logGroup:LogGroup", one({ usage: ["logsIngested", "logsStored"] })],
  ["aws:cloudwatch/metricAlarm:MetricAlarm", alarm],
  ["aws:codebuild/project:Project", build],
  ["aws:ec2/eip:Eip", one({ fixed: [{ price: "publicIpv4", quantity: 1 }] })],
  [
    "aws:ec2/natGateway:NatGateway",
    one({ fixed: [{ price: "natGateway", quantity: 1 }], usage: ["natData", "internetOut"] }),
  ],
  ["aws:ec2/vpcEndpoint:VpcEndpoint", endpoint],
  ["aws:ecr/replicationConfiguration:ReplicationConfiguration", one({ usage: ["betweenRegions"] })],
  ["aws:ecr/repository:Repository", one({ usage: ["ecrStored"] })],
  ["aws:eks/cluster:Cluster", one({ fixed: [{ price: "eksCluster", quantity: 1 }], usage: ["extendedSupport"] })],
  ["aws:eks/nodeGroup:NodeGroup", nodeGroup],
  ["aws:kms/key:Key", key],
  ["aws:kms/replicaKey:ReplicaKey", key],
  ["aws:lb/loadBalancer:LoadBalancer", loadBalancer],
  ["aws:rds/cluster:Cluster", one({ usage: ["auroraStored", "auroraRequests", "auroraBackups"] })],
  ["aws:rds/clusterInstance:ClusterInstance", databaseInstance],
  ["aws:route53/healthCheck:HealthCheck", healthCheck],
  ["aws:s3/bucket:Bucket", one({ usage: ["s3Stored", "s3Writes"] })],
  ["aws:secretsmanager/secret:Secret", ownSecret],
  ["aws:sns/topic:Topic", one({ usage: ["snsRequests"] })],
  ["kubernetes:core/v1:Service", service],
  // The secret itself is billed where it is declared; here it is read again and again.
  ["kubernetes:external-secrets.io/v1:ExternalSecret", one({ usage: ["secretRequests"] })],
  ["kubernetes:helm.sh/v3:Release", chartVolumes],
]);
