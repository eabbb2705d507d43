/** Staging: production's settings at lower capacity, so that a change is tested with the same settings. */
import type { EnvironmentInput } from "./schema";

/** Three zones, both pools, everything highly available. */
export const staging: EnvironmentInput = {
  name: "staging",
  role: "none",
  region: "us-east-1",
  zones: ["use1-az1", "use1-az2", "use1-az4"],
  controlPlaneZones: ["use1-az1", "use1-az2", "use1-az4"],
  cidr: "10.20.0.0/16",
  domain: "staging.example.com",
  natGateways: "per-az",
  interfaceEndpoints: {
    "ecr.api": "as prod: a missing endpoint must show here first",
    "ecr.dkr": "as prod: a missing endpoint must show here first",
    "eks-auth": "as prod: a missing endpoint must show here first",
    ec2: "as prod: a missing endpoint must show here first",
    elasticloadbalancing: "as prod: a missing endpoint must show here first",
    autoscaling: "as prod: a missing endpoint must show here first",
    secretsmanager: "as prod: a missing endpoint must show here first",
  },
  profile: "production",
  slots: { blue: { kubernetes: "1.35" } },
  weights: { blue: 100, green: 0 },
  pools: {
    apps: { instanceType: "t3.xlarge", size: { min: 3, desired: 3, max: 6 }, tainted: false },
    system: { instanceType: "t3.xlarge", size: { min: 3, desired: 3, max: 3 }, tainted: true },
  },
  systemPool: "system",
  protect: true,
  retention: { controlPlaneDays: 30, flowLogDays: 14, accessLogDays: 30 },
  gitOps: {
    repositoryUrl: "https://github.com/example/fridayproof.git",
    revision: "main",
    applications: [],
    private: true,
  },
  freezes: "production",
  onCall: "pagerduty",
  sso: { issuer: "https://login.example.com", clientId: "fridayproof-argocd-staging" },
};
