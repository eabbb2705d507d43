/** Production. */
import type { EnvironmentInput } from "./environment";

/** Three zones; apps grow from three nodes to ten; the add-ons have nodes of their own. */
export const prod: EnvironmentInput = {
  name: "prod",
  role: "primary",
  region: "us-east-1",
  zones: ["use1-az1", "use1-az2", "use1-az4"],
  controlPlaneZones: ["use1-az1", "use1-az2", "use1-az4"],
  cidr: "10.30.0.0/16",
  domain: "example.com",
  natGateways: "per-az",
  profile: "production",
  slots: { blue: { kubernetes: "1.35" } },
  weights: { blue: 100, green: 0 },
  pools: {
    apps: { instanceType: "t3.xlarge", size: { min: 3, desired: 5, max: 10 }, tainted: false },
    system: { instanceType: "t3.xlarge", size: { min: 3, desired: 3, max: 6 }, tainted: true },
  },
  systemPool: "system",
  protect: true,
  logRetentionDays: 365,
  accessLogRetentionDays: 90,
  sso: { issuer: "https://login.example.com", clientId: "fridayproof-argocd" },
};
