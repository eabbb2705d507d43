/** Production. */
import type { EnvironmentInput } from "./schema";

/** Three zones; apps grow from three nodes to ten; the add-ons have nodes of their own. */
export const prod: EnvironmentInput = {
  name: "prod",
  role: "primary",
  region: "us-east-1",
  zones: ["use1-az1", "use1-az2", "use1-az4"],
  controlPlaneZones: ["use1-az1", "use1-az2", "use1-az4"],
  cidr: "10.30.0.0/16",
  domain: "example.com",
  // Id of example.com in the simulated account. Change it with the domain, or remove it to have it looked up.
  zoneId: "Z76D6E39BD8709C624FC0",
  natGateways: "per-az",
  interfaceEndpoints: {
    "ecr.api": "a zone that loses its NAT gateway still starts pods",
    "ecr.dkr": "a zone that loses its NAT gateway still pulls images, and images do not pay for NAT",
    "eks-auth": "the load balancer controller must be able to log in to move targets",
    ec2: "pods get addresses and volumes without the internet",
    elasticloadbalancing: "gateway pods are registered without the internet",
    autoscaling: "the pool grows without the internet",
    secretsmanager: "secrets never leave the network, and are there when a pod starts",
  },
  // Beside the blocks of the public and private subnets; the CIDR block of a subnet cannot be changed.
  tiers: { data: { newBits: 3, netNumber: 6, egress: "none" } },
  database: {
    version: "17",
    instanceClass: "db.r6g.large",
    instances: 2,
    backupDays: 14,
    recovery: "backups",
    copyRegion: "us-west-2",
  },
  profile: "production",
  slots: { blue: { kubernetes: "1.35" } },
  weights: { blue: 100, green: 0 },
  pools: {
    apps: { instanceType: "t3.xlarge", size: { min: 3, desired: 5, max: 10 }, tainted: false },
    system: { instanceType: "t3.xlarge", size: { min: 3, desired: 3, max: 6 }, tainted: true },
  },
  systemPool: "system",
  protect: true,
  retention: { controlPlaneDays: 365, flowLogDays: 90, accessLogDays: 90 },
  gitOps: {
    repositoryUrl: "https://github.com/example/fridayproof.git",
    revision: "main",
    applications: [],
    private: true,
  },
  freezes: "production",
  onCall: "pagerduty",
  sso: { issuer: "https://login.example.com", clientId: "fridayproof-argocd" },
};
