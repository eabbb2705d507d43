/** Facts of the simulated account that no resource made: regions, zones, quotas, denied regions. */
import type { PropertyMap } from "../../../property/values";
import { readTable } from "../../tables/tables";

/** One region of the account. */
export interface RegionFacts {
  /** Zone name of this account to physical zone id, such as `us-east-1a: use1-az1`. */
  readonly zones: Readonly<Record<string, string>>;
  /** Zone ids in which EKS places no control plane. */
  readonly unsupportedZones: readonly string[];
  /** Hosted zone id of load balancer names in this region. */
  readonly albZoneId: string;
  /** Hosted zone id of bucket websites in this region. */
  readonly s3ZoneId: string;
}

/** Which column of the quotas counts: what AWS gives a new account, or what this one was raised to. */
export type QuotaLevel = "default" | "raised";

/** One quota: AWS's default and what this account was raised to. */
export interface Quota {
  readonly default: number;
  readonly raised: number;
  readonly source: string;
  /** The service in Service Quotas, where it lists the quota. */
  readonly service?: string;
  /** The quota's code there. */
  readonly quota?: string;
  /** The type that counts; a quota without one is listed and never counted. */
  readonly type?: string;
  /** What the number is of: paths of the inputs, or `zone`; the region or account when absent. */
  readonly within?: readonly string[];
  /** Inputs that an object must have to count. */
  readonly where?: Readonly<Record<string, string>>;
  /** Path of a number in the inputs that is limited itself. */
  readonly measure?: string;
  /** Of the refusal, like the message. */
  readonly code?: string;
  readonly message?: string;
}

/** Everything about the account beside its objects. */
export interface Facts {
  readonly regions: Readonly<Record<string, RegionFacts>>;
  /** Regions that are lost: in the seed those of every run, each as `--deny-region` takes it; of a run all of them, by name. */
  readonly deniedRegions: readonly string[];
  readonly quotas: Readonly<Record<string, Quota>>;
  /** Which column of the quotas counts. */
  readonly quotaLevel: QuotaLevel;
  /** Regions in which another column counts: AWS raises a quota in one region only. */
  readonly quotaLevels: Readonly<Record<string, QuotaLevel>>;
}

/** The whole of `seed.yaml`. */
export interface Seed extends Omit<Facts, "quotas"> {
  /** What to make in a new account. */
  readonly objects: readonly SeedRow[];
}

/** One object of a new account. */
export interface SeedRow {
  readonly type: string;
  readonly name: string;
  /** us-east-1 when absent. */
  readonly region?: string;
  readonly inputs: PropertyMap;
}

/** The parsed `seed.yaml`. */
export function readSeed(): Seed {
  return readTable("seed.yaml");
}

/** The facts of `seed.yaml` and `quotas.yaml`. @param level the column that counts in every region; the seed's when absent. */
export function loadFacts(level?: QuotaLevel): Facts {
  const seed = readSeed();
  const levels =
    level === undefined
      ? { quotaLevel: seed.quotaLevel, quotaLevels: seed.quotaLevels }
      : { quotaLevel: level, quotaLevels: {} };
  return { ...seed, ...levels, quotas: readTable("quotas.yaml") };
}

/** How many there may be. @param scope region, or `global` for what an account has once. */
export function limitOf({ quotaLevel, quotaLevels }: Facts, quota: Quota, scope: string): number {
  return quota[quotaLevels[scope] ?? quotaLevel];
}

/** What one region may hold less of than another, as `vpcs 5 of 10`. */
export function lowerQuotas(facts: Facts, region: string, other: string): string[] {
  return Object.entries(facts.quotas).flatMap(([name, quota]) => {
    const [own, required] = [limitOf(facts, quota, region), limitOf(facts, quota, other)];
    return own < required && quota.service !== "iam" ? [`${name} ${own} of ${required}`] : [];
  });
}
