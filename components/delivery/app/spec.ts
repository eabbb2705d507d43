/** What a team writes about its application; everything else follows from it. */

/** How a new version takes over. The numbers are percent of the traffic, one gated step each. */
export type Strategy = "canary" | "canary-5-20-100" | "canary-5-10-25-50-100" | "blueGreen" | "rolling";

/** How many pods: a fixed number, or the bounds of the autoscaler. */
export type Replicas = number | { readonly min: number; readonly max: number };

/** Thresholds of a release. */
export type Objectives = "standard" | "strict";

/** A value in AWS Secrets Manager. */
export interface SecretReference {
  /** Name of the secret, such as `database`; the environment's and the application's prefix goes before it. */
  readonly secret: string;
  /** Key of the secret's JSON. */
  readonly property: string;
}

/**
 * The environment's database. The container finds `DATABASE_HOST`, `DATABASE_READER_HOST`, `DATABASE_PORT` and `DATABASE_NAME` of
 * the leg that it runs on, and `DATABASE_USER` and `DATABASE_PASSWORD` from its secret; `env` may be made of them, as in
 * `postgres://$(DATABASE_USER):$(DATABASE_PASSWORD)@$(DATABASE_HOST)/$(DATABASE_NAME)`. Pods wait until the database is there.
 */
export interface DatabaseReference {
  /** Name of the secret with `username` and `password`, such as `database`; the environment's and the application's prefix goes before it. */
  readonly secret: string;
}

/** A number of the business that must not fall with a new version. */
export interface BusinessMetric {
  /** Such as `logins`; lower-case letters, digits and dashes. */
  readonly name: string;
  /**
   * PromQL that gives the new version's number over the serving one's. `{{canary}}` and `{{stable}}` stand for the host
   * names of their Services.
   */
  readonly query: string;
  /**
   * Least ratio.
   * @unit ratio
   */
  readonly atLeast: number;
}

/** Something that the application calls. */
export type Callee =
  /** Another application, which names this one among its `callers`, by the port that its pods listen on. */
  | { readonly application: string; readonly port: number }
  /** An address outside of the cluster, such as a database's subnets. */
  | { readonly cidr: string; readonly port: number };

/** Two paths of a test user, between which a release carries sessions from each version to the other. */
export interface SessionPaths {
  /**
   * Opens a session. The response's body holds the headers by which a request belongs to it, one a line, such as
   * `Cookie: session=…`; its user has no rights that anybody could use.
   */
  readonly issuedBy: string;
  /** Returns a status below 300 to a request with those headers, and 401, 403 or a redirect to any other. */
  readonly readBy: string;
}

/** Where the application keeps what a user's next request needs. */
export interface Sessions extends Partial<SessionPaths> {
  /**
   * `stateless`: nowhere, or in what the request brings, such as a signed token; `shared-store`: where every pod of both
   * versions reads it; `sticky`: in the memory of one pod, to which the gateway sends the user again, and which takes the
   * sessions along when it goes.
   */
  readonly kept: "stateless" | "shared-store" | "sticky";
}

/** Files that the application writes: none, or some that go with the pod. What must stay is in a database or in S3. */
export type State =
  | "none"
  | {
      /** Folder, such as `/tmp`; everything else is read-only. */
      readonly scratch: string;
      /** Its bound, such as `64Mi`. */
      readonly size: string;
    };

/** Where its feature flags are in AWS AppConfig; the environment there is called as this one is. */
export interface FlagSource {
  /** Name in AppConfig. @default the one that FeatureFlags gives: environment and application, with a dash */
  readonly application?: string;
  /** Configuration profile. @default the one of FeatureFlags, `flags` */
  readonly profile?: string;
}

/** Work that must run once, however many slots are live. */
export interface ScheduledJob {
  readonly name: string;
  /** Cron expression, in UTC. */
  readonly schedule: string;
  readonly command: readonly string[];
}

/** A release that is taken back: what served before takes over at once, by the gates that it passed when it was new. */
export interface Undo {
  /** Digest that is taken back, such as `sha256:…`. */
  readonly of: string;
  /** Digest that serves again. `image` has it too, so that no later release keeps this field and leaves its gates out. */
  readonly to: string;
}

/** An application as its team describes it. */
export interface AppSpec {
  /** Name, namespace and first part of the host name; lower-case letters, digits and dashes. */
  readonly name: string;
  /** Image by digest, such as `registry.example.com/shop:1.4.2@sha256:…`. */
  readonly image: string;
  /**
   * Port that the container serves HTTP on.
   * @unit port
   */
  readonly port: number;
  /** Path that returns 200 while this pod can serve, with what it depends on. */
  readonly readinessPath: string;
  /** Path that returns 200 while the process works, whatever it depends on. */
  readonly livenessPath: string;
  /** @default autoscaled between 3 and 10 */
  readonly replicas?: Replicas;
  /** @default `canary`: 5, 25, 50 and 100 percent */
  readonly strategy?: Strategy;
  /** Requested, and of memory also the limit. @default 250m CPU and 256Mi of memory */
  readonly resources?: { readonly cpu: string; readonly memory: string };
  /** Environment variables. @default none */
  readonly env?: Readonly<Record<string, string>>;
  /** Environment variables from AWS Secrets Manager. @default none */
  readonly secrets?: Readonly<Record<string, SecretReference>>;
  /** The environment's database. @default none: nothing reaches it */
  readonly database?: DatabaseReference;
  /** @default `standard` */
  readonly objectives?: Objectives;
  /** @default none */
  readonly businessMetrics?: readonly BusinessMetric[];
  /**
   * Requests that usually arrive, at a quiet hour of a working day.
   * @unit requests per second
   * @default unknown: a Job sends the requests that each gate needs to the new version
   */
  readonly expectedRps?: number;
  /**
   * Share of requests that fails without a bug.
   * @unit ratio
   * @default 0.001
   */
  readonly usualErrorRatio?: number;
  /** Further paths of the smoke test, beside the readiness path; each must return a status below 400. @default none */
  readonly journeys?: readonly string[];
  /** What it calls; everything else is closed. @default nothing but name resolution */
  readonly calls?: readonly Callee[];
  /** Applications that may call it, beside the gateway. @default none */
  readonly callers?: readonly string[];
  /** @default none */
  readonly jobs?: readonly ScheduledJob[];
  /**
   * Command of the image that migrates the database before each release, in one cluster alone. It finds the key of the
   * lock that it should take in `MIGRATION_LOCK_KEY`.
   * @default none
   */
  readonly migration?: readonly string[];
  /** @default `stateless`, and no session is carried from one version to the other */
  readonly sessions?: Sessions;
  /** @default `none` */
  readonly state?: State;
  /**
   * Feature flags, from AWS AppConfig's agent beside each pod; the container finds their address in `FLAGS_URL`, and
   * needs a value of its own for each flag where no response comes. @default none
   */
  readonly flags?: FlagSource;
  /** Port of the container's own metrics, at `/metrics`. @unit port @default none: the gateway's metrics alone */
  readonly metricsPort?: number;
  /** Written by `npx fridayproof undo`; the next release takes it out. @default none: releases pass their gates */
  readonly undo?: Undo;
}

/** What an application's manifests take from the environment that they are for. */
export interface AppPlatform {
  /** Name of the environment. */
  readonly environment: string;
  /** The application is served at `<name>.<domain>`. */
  readonly domain: string;
  /** Image by digest with curl, for smoke tests and synthetic load. */
  readonly curlImage: string;
  /** Image by digest with AWS AppConfig's agent. @default none: an application with flags is refused */
  readonly flagAgentImage?: string;
}
