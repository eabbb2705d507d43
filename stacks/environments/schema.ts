/** The schema of an environment: every property with its meaning and its allowed values. */
import {
  branchForm,
  type colors,
  flagSegments,
  INTERFACE_SERVICES,
  type InterfaceService,
  recoveries,
  type RecoveryName,
} from "@fridayproof/components/plan";
import { deliveryLimits } from "@fridayproof/components/core/limits";
import { z } from "zod";

const minor = z.string("a Kubernetes minor in quotes").regex(/^1\.\d{2}$/, "a Kubernetes minor, such as 1.35");

/** A cluster slot: one generation of the cluster behind one colour of the load balancer. */
const slot = z.strictObject({
  /** Kubernetes minor, a row of the lock file. */
  kubernetes: minor,
  /** The nodes' minor where it is not the cluster's: the one before, as the first half of the way back. */
  nodes: minor.optional(),
  /** Removes the protection of the slot's resources, the step before the slot's removal. Its weight must be 0. */
  retiring: z.boolean("true or false").optional(),
});

const nodes = z.number("a number of nodes");

const pool = z.strictObject({
  /** A row of components/core/instance-types.json; another architecture is another pool. */
  instanceType: z.string("an instance type, such as t3.large"),
  size: z.strictObject({ min: nodes, desired: nodes, max: nodes }),
  /** Whether only pods that tolerate the pool may run there. */
  tainted: z.boolean("true or false"),
  /** Removes the protection of its node groups, the step before the pool's removal. */
  retiring: z.boolean("true or false").optional(),
});

/** The numbers that are allowed depend on the VPC's size: components/network/subnet-plan.ts checks them. */
const tier = z.strictObject({
  /** Bits by which the prefix of a subnet is longer than its zone's. */
  newBits: z.number("a number of bits"),
  /** Number of the block of that size within the zone's. */
  netNumber: z.number("a number from 0"),
  /** Route to the internet of its subnets. */
  egress: z.enum(["none", "nat"], "none or nat"),
});

const standby = z.strictObject({
  /** `none`: no application runs; `deployed`: they run and they get no traffic yet, as before an opening. */
  applications: z.enum(["none", "deployed"], "none or deployed"),
  /** Nodes of pools that are smaller in standby, as minimum and desired size. Other pools keep their size. */
  nodes: z.record(z.string(), nodes, "a number of nodes by pool").optional(),
});

const recovery = z.enum(
  Object.keys(recoveries) as [RecoveryName, ...RecoveryName[]],
  `one of ${Object.keys(recoveries).join(", ")}`,
);

/** What the numbers may be is checked by components/data/database-problems.ts. */
const database = z.strictObject({
  /** Major version of PostgreSQL, a row of the lock file. */
  version: z.string("a major version in quotes").regex(/^\d{2}$/, "a major version of PostgreSQL, such as 17"),
  /** Class of every instance; one with a price in guard/costs. */
  instanceClass: z.string("a class of RDS, such as db.r6g.large"),
  /** Instances, each in a zone of its own, in the order of `zones`. */
  instances: z.number("a number of instances"),
  /** Days of automated backups. */
  backupDays: z.number("a number of days"),
  /** How the database is recovered after the loss of its region: docs/components/database.md. */
  recovery,
  /** Region of the copies, for `backups`, or of the other cluster, for `global`. */
  copyRegion: z.string("a region").optional(),
});

const domain = /^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/;
const percent = z.number("a number from 0 to 100");
const weights = z.strictObject({ blue: percent, green: percent });
const days = z.number("a number of days").int("whole days").positive("a day or more");

/** CloudWatch Logs' periods: https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
const LOG_PERIODS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const logDays = z
  .number("a number of days")
  .refine((value) => LOG_PERIODS.includes(value), `one of CloudWatch's periods: ${LOG_PERIODS.join(", ")}`);

const services = Object.keys(INTERFACE_SERVICES) as [InterfaceService, ...InterfaceService[]];
const leastReason = deliveryLimits.leastReason.value;
const reason = z.string("a reason").min(leastReason, `a reason of ${leastReason} characters or more`);

/** One feature flag; components/delivery/flags describes each field and rejects what AppConfig would reject. */
const flag = z.strictObject({
  description: z.string("what the flag switches").optional(),
  owner: z.string("the team that owns it"),
  removeBy: z.string("a day, YYYY-MM-DD, in quotes"),
  default: z.boolean("true or false"),
  segments: z.array(z.enum(flagSegments, flagSegments.join(", ")), "a list of groups").optional(),
  countries: z.array(z.string("a country"), "a list of countries").optional(),
  percentage: z.number("a number of percent").optional(),
  killed: z.string("why it is killed").optional(),
});

/** The schema. Unknown properties are rejected, because they would have no effect. */
export const environmentSchema = z.strictObject({
  /** The stack's name; `gitops/standby` is the folder of every leg that stands by. */
  name: z
    .string("the stack's name")
    .regex(/^(?!standby$)[a-z][a-z0-9]{1,15}$/, "2 to 16 lower-case letters and digits, not standby"),
  /** Leg of a failover pair; `none` has no partner. */
  role: z.enum(["primary", "replica", "none"], "primary, replica or none"),
  /** The primary whose folder in Git and whose secrets it reads; its own where absent. */
  follows: z.string("the name of an environment").optional(),
  /** Present while the leg is in standby: its health check returns 503, its alarms have no actions, no job or migration runs. */
  standby: standby.optional(),
  region: z.string("a region").regex(/^[a-z]{2}(-gov)?-[a-z]+-\d$/, "a region, such as us-east-1"),
  /** Zone ids (not names) of nodes, load balancer and NAT. */
  zones: z.array(z.string("a zone id"), "a list of zone ids"),
  /** Zones to be removed: their subnets and node groups lose their protection, the step before a zone is left out. */
  retiringZones: z.array(z.string("a zone id"), "a list of zone ids").optional(),
  /** Zone ids of the control plane, frozen at creation. */
  controlPlaneZones: z.array(z.string("a zone id"), "a list of zone ids"),
  /** The VPC's block. */
  cidr: z.string("an address block"),
  /** Tiers of subnets beside public, private and intra, one subnet in each of `zones`; adding one changes nothing. */
  tiers: z.record(z.string(), tier, "a map of tiers").optional(),
  /** Domain with a hosted zone and an issued certificate in the account. */
  domain: z.string("a domain").regex(domain, "a domain in lower case, such as example.com"),
  /** Id of the domain's hosted zone; looked up where absent, which is a call of an API in us-east-1. */
  zoneId: z
    .string("the id of a hosted zone")
    .regex(/^Z[A-Z0-9]{1,31}$/, "the id of a hosted zone, such as Z0123456789ABCDEFGHIJ")
    .optional(),
  natGateways: z.enum(["single", "per-az"], "single or per-az"),
  /** AWS services with an interface endpoint, each with the reason why it is worth its price. */
  interfaceEndpoints: z.partialRecord(z.enum(services, `one of ${services.join(", ")}`), reason),
  /** One database for all applications, in the subnets of tier `data`. @default none */
  database: database.optional(),
  /** Settings of the add-ons: highly available, or small. */
  profile: z.enum(["production", "dev"], "production or dev"),
  /** One or both colours. */
  slots: z.strictObject({ blue: slot.optional(), green: slot.optional() }),
  /** Percent of traffic per colour. */
  weights,
  /** Reason for a change of the weights by more than one step; valid only for exactly these weights. */
  shiftReason: z.strictObject({ weights, reason }).optional(),
  pools: z.record(z.string(), pool, "a map of node pools"),
  /** The pool that runs the add-ons. */
  systemPool: z.string("the name of a pool"),
  /** Whether Pulumi and AWS refuse to delete what carries traffic or state. */
  protect: z.boolean("true or false"),
  /** Days of log retention. */
  retention: z.strictObject({
    /** The control plane's logs. */
    controlPlaneDays: logDays,
    /** The VPC's flow logs. */
    flowLogDays: logDays,
    /** The load balancer's access logs. @default none are written */
    accessLogDays: days.optional(),
  }),
  /** The Git repository that Argo CD syncs from. */
  gitOps: z.strictObject({
    repositoryUrl: z.url({ protocol: /^https$/, error: "an https URL" }),
    /** Protected branch, the targetRevision. */
    revision: z.string("a branch").regex(branchForm, "a branch, not HEAD"),
    /** Applications with a folder in `gitops/<environment>` and a namespace here. */
    applications: z.array(z.string("the name of an application"), "a list of applications"),
    /** The application at the domain itself. @default none */
    apex: z.string("the name of an application").optional(),
    /** Whether Argo CD needs a credential to read the repository. */
    private: z.boolean("true or false"),
  }),
  /** Feature flags by application, then by name; an application without any has none here. */
  flags: z.record(z.string(), z.record(z.string(), flag), "flags by application").optional(),
  /** The freeze calendar, in which nothing is deployed automatically: production's, or an empty one. */
  freezes: z.enum(["production", "none"], "production or none"),
  /** Reason for a temporary override of the freezes; written into the AppProject. */
  freezeOverride: reason.optional(),
  /** Tool that pages people; without it alerts have no receiver. Profile `production` needs it. */
  onCall: z.enum(["pagerduty", "webhook"], "pagerduty or webhook").optional(),
  /**
   * Whether Alertmanager calls an external service every minute, which pages when the calls stop. Its URL is
   * property `url` of the environment's secret `dead-mans-switch`. Profile `dev` has no Alertmanager.
   */
  deadMansSwitch: z.boolean("true or false").optional(),
  /** Identity provider of people. Argo CD in profile `production` needs it. */
  sso: z
    .strictObject({
      issuer: z.url({ protocol: /^https$/, error: "an https URL" }),
      clientId: z.string("the client id"),
    })
    .optional(),
});

/** A checked environment. */
export type Environment = z.infer<typeof environmentSchema>;

/** An unchecked environment, as its file states it. */
export type EnvironmentInput = z.input<typeof environmentSchema>;

/** A colour that the environment declares a slot for. */
export type Color = (typeof colors)[number];
