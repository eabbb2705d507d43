/** Specs and an environment for the tests of applications. */
import type { AppPlatform, AppSpec, Undo } from "../../../../components/delivery/app/spec";

const digest = `sha256:${"a".repeat(64)}`;

/** The smallest spec: name, image, port and two paths. */
export const smallest: AppSpec = {
  name: "shop",
  image: `registry.example.com/shop:1.4.2@${digest}`,
  port: 8080,
  readinessPath: "/ready",
  livenessPath: "/live",
};

/** A spec with everything that there is. */
export const fullest: AppSpec = {
  ...smallest,
  name: "cart",
  replicas: { min: 3, max: 12 },
  strategy: "canary-5-10-25-50-100",
  resources: { cpu: "500m", memory: "1Gi" },
  env: { LOG_LEVEL: "info" },
  secrets: { DATABASE_URL: { secret: "database", property: "url" } },
  objectives: "strict",
  businessMetrics: [{ name: "logins", query: 'logins{v="{{canary}}"} / logins{v="{{stable}}"}', atLeast: 0.9 }],
  expectedRps: 200,
  usualErrorRatio: 0.0001,
  journeys: ["/health/login"],
  calls: [
    { application: "shop", port: 8080 },
    { cidr: "10.10.64.0/20", port: 5432 },
    { cidr: "10.10.96.0/20", port: 443 },
  ],
  callers: ["checkout"],
  jobs: [{ name: "clean", schedule: "0 3 * * *", command: ["/app", "clean"] }],
  migration: ["/app", "migrate"],
  metricsPort: 9100,
  sessions: { kept: "shared-store", issuedBy: "/health/session", readBy: "/health/session/read" },
  state: { scratch: "/tmp", size: "64Mi" },
  flags: { application: "cart", profile: "release" },
};

/** What makes {@link fullest} one by a rolling update, which has no gates. */
export const rolling = { strategy: "rolling", businessMetrics: [], journeys: [], objectives: "standard" } as const;

/** An undo of these specs' image. */
export const undo: Undo = { of: `sha256:${"b".repeat(64)}`, to: digest };

/** An environment. */
export const platform: AppPlatform = {
  environment: "prod",
  domain: "example.com",
  curlImage: `registry.example.com/curl:8.10.1@${digest}`,
  flagAgentImage: `registry.example.com/appconfig-agent:2.0@${digest}`,
};
