/** Application Load Balancers, their listeners, rules and target groups. */
import { nameLimits } from "../../../../components/core/limits";
import { isObject } from "../../../engine/values";
import type { Making } from "../making";
import type { AwsType, Naming } from "./entry";

const API = "https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference";
const ARN = "arn:aws:elasticloadbalancing:{region}:{account}";

function naming(max: number, source: string): Naming {
  return {
    max,
    pattern: /^(?!internal-)[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/,
    code: "ValidationError",
    message:
      "The name '{name}' is refused: up to {max} letters, digits and hyphens, no hyphen at either end, not starting with internal-",
    source,
  };
}

function suffix(made: Making): string {
  return made.id
    .split(":")
    .slice(5)
    .join(":")
    .replace(/^loadbalancer\//, "");
}

/** Listener ARN without what follows the load balancer's. */
function below(made: Making, kind: string, parent: string): string {
  return `${made.text(parent).replace(/:(loadbalancer|listener)\//, `:${kind}/`)}/${made.hash(16)}`;
}

/** Entries. */
export const LB: Readonly<Record<string, AwsType>> = {
  "aws:lb/loadBalancer:LoadBalancer": {
    source: "elbv2/load_balancer.go",
    forceNew: ["customerOwnedIpv4Pool", "internal", "loadBalancerType", "name", "namePrefix"],
    id: "{arn}",
    arn: `${ARN}:loadbalancer/app/{name}/{hash16}`,
    autoname: { max: nameLimits.loadBalancer.value },
    defaults: {
      clientKeepAlive: 3600,
      desyncMitigationMode: "defensive",
      enableDeletionProtection: false,
      enableHttp2: true,
      enableWafFailOpen: false,
      enableZonalShift: false,
      idleTimeout: 60,
      loadBalancerType: "application",
      xffHeaderProcessingMode: "append",
    },
    naming: naming(nameLimits.loadBalancer.value, nameLimits.loadBalancer.source),
    unique: {
      by: ["name"],
      code: "DuplicateLoadBalancerName",
      message: "A load balancer with the same name '{name}' exists, but with different settings",
      source: `${API}/API_CreateLoadBalancer.html`,
    },
    references: {
      subnets: "lbSubnet",
      "subnetMappings.subnetId": "lbSubnet",
      securityGroups: "lbGroup",
      "accessLogs.bucket": "lbBucket",
    },
    outputs: {
      arnSuffix: suffix,
      dnsName: (made) =>
        made.fill(`${made.inputs.internal === true ? "internal-" : ""}{name}-`) +
        `${Number.parseInt(made.hash(8, "dns"), 16)}.${made.region}.elb.amazonaws.com`,
      internal: (made) => made.inputs.internal ?? false,
      ipAddressType: (made) => made.inputs.ipAddressType ?? "ipv4",
      vpcId: (made) =>
        made.find("aws:ec2/subnet:Subnet", made.text("subnets") || made.text("subnetMappings.subnetId"))?.outputs.vpcId,
      zoneId: (made) => made.caller.facts.regions[made.region]?.albZoneId,
    },
  },
  "aws:lb/targetGroup:TargetGroup": {
    source: "elbv2/target_group.go",
    forceNew: [
      "ipAddressType",
      "name",
      "namePrefix",
      "port",
      "protocol",
      "protocolVersion",
      "targetControlPort",
      "targetType",
      "vpcId",
    ],
    id: "{arn}",
    arn: `${ARN}:targetgroup/{name}/{hash16}`,
    autoname: { max: nameLimits.targetGroup.value },
    defaults: {
      deregistrationDelay: 300,
      lambdaMultiValueHeadersEnabled: false,
      proxyProtocolV2: false,
      slowStart: 0,
      targetType: "instance",
    },
    naming: naming(nameLimits.targetGroup.value, nameLimits.targetGroup.source),
    unique: {
      by: ["name"],
      code: "DuplicateTargetGroupName",
      message: "A target group with the same name '{name}' exists, but with different settings",
      source: `${API}/API_CreateTargetGroup.html`,
    },
    references: { vpcId: "lbVpc" },
    outputs: {
      arnSuffix: suffix,
      ipAddressType: (made) => made.inputs.ipAddressType ?? "ipv4",
      loadBalancingAlgorithmType: (made) => made.inputs.loadBalancingAlgorithmType ?? "round_robin",
      protocolVersion: (made) => made.inputs.protocolVersion ?? "HTTP1",
      healthCheck: (made) => ({
        enabled: true,
        healthyThreshold: 3,
        interval: 30,
        matcher: "200",
        path: "/",
        port: "traffic-port",
        protocol: "HTTP",
        timeout: 5,
        unhealthyThreshold: 3,
        ...(isObject(made.inputs.healthCheck) ? made.inputs.healthCheck : {}),
      }),
    },
  },
  "aws:lb/listener:Listener": {
    source: "elbv2/listener.go",
    forceNew: ["loadBalancerArn"],
    id: (made) => below(made, "listener", "loadBalancerArn"),
    references: {
      loadBalancerArn: "loadBalancer",
      certificateArn: "lbCertificate",
      "defaultActions.targetGroupArn": "targetGroup",
      "defaultActions.forward.targetGroups.arn": "targetGroup",
    },
    unique: {
      by: ["loadBalancerArn", "port"],
      code: "DuplicateListener",
      message: "A listener already exists on this port for this load balancer '{loadBalancerArn}'",
      source: `${API}/API_CreateListener.html`,
    },
    outputs: {
      arn: "{id}",
      protocol: (made) => made.inputs.protocol ?? "HTTP",
      sslPolicy: (made) =>
        made.inputs.sslPolicy ?? (made.text("protocol") === "HTTPS" ? "ELBSecurityPolicy-2016-08" : ""),
    },
  },
  "aws:lb/listenerRule:ListenerRule": {
    source: "elbv2/listener_rule.go",
    forceNew: ["listenerArn"],
    id: (made) => below(made, "listener-rule", "listenerArn"),
    references: {
      listenerArn: "listener",
      "actions.targetGroupArn": "targetGroup",
      "actions.forward.targetGroups.arn": "targetGroup",
    },
    unique: {
      by: ["listenerArn", "priority"],
      code: "PriorityInUse",
      message: "Priority '{priority}' is currently in use",
      source: `${API}/API_CreateRule.html`,
    },
    outputs: { arn: "{id}" },
  },
  "aws:lb/listenerCertificate:ListenerCertificate": {
    source: "elbv2/listener_certificate.go",
    forceNew: ["certificateArn", "listenerArn"],
    id: "{listenerArn}_{certificateArn}",
    references: { listenerArn: "listener", certificateArn: "lbCertificate" },
  },
};
