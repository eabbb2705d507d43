/** A feature flag as its owner writes it down: plain data, by name. */

/** Groups of people that an application distinguishes; it sends a person's as `segment`. */
export const flagSegments = ["internal", "beta", "premium"] as const;

/** Group of people that a flag may be on for. */
export type FlagSegment = (typeof flagSegments)[number];

/** One flag: what it switches, who owns it, until when it may exist, and whom it is on for. */
export interface FeatureFlag {
  /** What is on when it is on. @default its name */
  readonly description?: string;
  /** Team that owns it. */
  readonly owner: string;
  /** Day until which the flag and its dead branch are gone, `YYYY-MM-DD`; a program with an older one is refused. */
  readonly removeBy: string;
  /** Whether it is on for everybody whom none of the fields below names. */
  readonly default: boolean;
  /** On for people of these groups. @default none */
  readonly segments?: readonly FlagSegment[];
  /** On in these countries: ISO 3166-1, two letters, as the application sends them as `country`. @default none */
  readonly countries?: readonly string[];
  /**
   * On for this share of people beside them, 1 to 99, drawn by `userId`: who has it keeps it when the share grows, and each
   * flag draws others. @default none
   */
  readonly percentage?: number;
  /** Why it is off for everyone, whatever the other fields: deployed at once, and not watched by the alarm. @default not killed */
  readonly killed?: string;
}

/** Flags of one application, by name. */
export type FeatureFlags = Readonly<Record<string, FeatureFlag>>;

/** Profile in which an application's flags are. */
export const FLAG_PROFILE = "flags";

/**
 * Name in AppConfig of an application's flags. It carries the environment: those of one account share a region, and
 * AppConfig would find the wrong one of two by one name.
 */
export function flagApplication(environment: string, application: string): string {
  return `${environment}-${application}`;
}
