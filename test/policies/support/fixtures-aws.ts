/** AWS resources that every rule accepts. */
import { from } from "./change";
import type { Given } from "./rule";

/** The VPC, its subnets and what stands in them. */
export const vpc: Given = {
  type: "aws:ec2/vpc:Vpc",
  name: "dev",
  options: { protect: true },
  props: { cidrBlock: "10.0.0.0/16" },
};
const subnet = (name: string, zone: string): Given => ({
  type: "aws:ec2/subnet:Subnet",
  name,
  options: { protect: true },
  props: { availabilityZoneId: zone, mapPublicIpOnLaunch: false },
});
/** Two private subnets in two zones. */
export const subnets = [subnet("private-use1-az1", "use1-az1"), subnet("private-use1-az2", "use1-az2")] as const;

/** The cluster. */
export const cluster: Given = {
  type: "aws:eks/cluster:Cluster",
  name: "dev",
  options: { protect: true },
  links: { vpcConfig: from(...subnets) },
  props: {
    name: "dev",
    version: "1.35",
    vpcConfig: { endpointPublicAccess: true, endpointPrivateAccess: true, publicAccessCidrs: ["203.0.113.16/28"] },
    enabledClusterLogTypes: ["api", "audit", "authenticator", "controllerManager", "scheduler"],
    encryptionConfig: { resources: ["secrets"], provider: { keyArn: "arn:aws:kms:us-east-1:1:key/a" } },
    accessConfig: { authenticationMode: "API" },
  },
};

/** The nodes. */
export const nodeGroup: Given = {
  type: "aws:eks/nodeGroup:NodeGroup",
  name: "apps",
  options: { ignoreChanges: ["scalingConfig.desiredSize"], protect: true },
  links: { subnetIds: from(...subnets), clusterName: from(cluster) },
  props: {
    clusterName: "dev",
    version: "1.35",
    releaseVersion: "1.35.1-20261101",
    amiType: "AL2023_x86_64_STANDARD",
    launchTemplate: { id: "lt-1", version: "3" },
    scalingConfig: { minSize: 3, maxSize: 10, desiredSize: 5 },
    updateConfig: { maxUnavailable: 1 },
  },
};

/** The load balancer. */
export const balancer: Given = {
  type: "aws:lb/loadBalancer:LoadBalancer",
  name: "web",
  options: { protect: true },
  links: { subnets: from(...subnets) },
  props: { name: "web-0123abc", enableDeletionProtection: true, idleTimeout: 60 },
};

/** A target group. */
export const targetGroup: Given = {
  type: "aws:lb/targetGroup:TargetGroup",
  name: "blue",
  options: { protect: true },
  props: {
    name: "blue-0123abc",
    deregistrationDelay: 30,
    healthCheck: { path: "/healthz/ready", port: "15021", interval: 5, timeout: 2 },
  },
};

/** The HTTPS listener. */
export const listener: Given = {
  type: "aws:lb/listener:Listener",
  name: "https",
  options: { protect: true },
  props: {
    port: 443,
    protocol: "HTTPS",
    sslPolicy: "ELBSecurityPolicy-TLS13-1-2-2021-06",
    defaultActions: [{ type: "forward" }],
  },
};
