/** The mirror of production at lower capacity: what passes here has met the same settings. */
import type { EnvironmentInput } from "./environment";

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
  profile: "production",
  slots: { blue: { kubernetes: "1.35" } },
  weights: { blue: 100, green: 0 },
  pools: {
    apps: { instanceType: "t3.xlarge", size: { min: 3, desired: 3, max: 6 }, tainted: false },
    system: { instanceType: "t3.xlarge", size: { min: 3, desired: 3, max: 3 }, tainted: true },
  },
  systemPool: "system",
  protect: true,
  logRetentionDays: 30,
  accessLogRetentionDays: 30,
  sso: { issuer: "https://login.example.com", clientId: "fridayproof-argocd-staging" },
};
