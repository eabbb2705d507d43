/** The development environment: small, cheap and without deletion protection. */
import type { EnvironmentInput } from "./schema";

/** One pool, one NAT gateway, two zones; one of each add-on. */
export const dev: EnvironmentInput = {
  name: "dev",
  role: "none",
  region: "us-east-1",
  zones: ["use1-az1", "use1-az2"],
  controlPlaneZones: ["use1-az1", "use1-az2"],
  cidr: "10.10.0.0/16",
  domain: "dev.example.com",
  natGateways: "single",
  // An interface endpoint costs as much as a small node. Without one, requests use NAT; its failure affects no users here.
  interfaceEndpoints: {},
  profile: "dev",
  slots: { blue: { kubernetes: "1.35" } },
  weights: { blue: 100, green: 0 },
  pools: { system: { instanceType: "t3.large", size: { min: 2, desired: 2, max: 4 }, tainted: false } },
  systemPool: "system",
  protect: false,
  retention: { controlPlaneDays: 7, flowLogDays: 7 },
  gitOps: {
    repositoryUrl: "https://github.com/example/fridayproof.git",
    revision: "main",
    applications: [],
    private: false,
  },
  freezes: "none",
};
