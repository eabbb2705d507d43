/** Facts of the simulated account that no resource made: regions, zones, quotas, denied regions. */
import type { PropertyMap } from "../../values/values";
import { readTable } from "../../tables";

/** One region as the account sees it. */
export interface RegionFacts {
  /** Zone name of this account to physical zone id, such as `us-east-1a: use1-az1`. */
  readonly zones: Readonly<Record<string, string>>;
  /** Zone ids in which EKS places no control plane. */
  readonly eksRefuses: readonly string[];
  /** Hosted zone id of load balancer names in this region. */
  readonly albZoneId: string;
  /** Hosted zone id of bucket websites in this region. */
  readonly s3ZoneId: string;
}

/** One quota: AWS's default and what this account was raised to. */
export interface Quota {
  readonly default: number;
  readonly raised: number;
  readonly source: string;
  /** The type that counts. */
  readonly type: string;
  /** What the number is of: paths of the inputs, or `zone`; the region or account when absent. */
  readonly within?: readonly string[];
  /** Inputs that an object must have to count. */
  readonly where?: Readonly<Record<string, string>>;
  /** Path of a number in the inputs that is limited itself. */
  readonly measure?: string;
  readonly code: string;
  readonly message: string;
}

/** Everything about the account beside its objects. */
export interface Facts {
  readonly regions: Readonly<Record<string, RegionFacts>>;
  /** Regions in which an organisation policy denies every call. */
  readonly deniedRegions: readonly string[];
  readonly quotas: Readonly<Record<string, Quota>>;
  /** Which column of the quotas counts. */
  readonly quotaLevel: "default" | "raised";
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
  return readTable("cloud/seed.yaml");
}

/** The facts of `seed.yaml` and `quotas.yaml`. */
export function loadFacts(): Facts {
  return { ...readSeed(), quotas: readTable("cloud/quotas.yaml") };
}
