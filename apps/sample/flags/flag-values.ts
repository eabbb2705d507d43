/** The response of AWS AppConfig's agent, and the defaults without it. */

/** One flag: switched on or not, with what its owner wrote beside it. */
export interface FlagValue {
  readonly enabled: boolean;
  readonly [attribute: string]: unknown;
}

/** Flags by name. */
export type FlagValues = Readonly<Record<string, FlagValue>>;

/** What a flag is without an agent, in a profile that lacks it, or where its value is none: what the old version did. */
export const flagDefaults = {
  orders: { enabled: true },
  "price-preview": { enabled: false },
} as const satisfies FlagValues;

/** Name of a flag of the service. */
export type FlagName = keyof typeof flagDefaults;

const isFlag = (value: unknown): value is FlagValue =>
  typeof value === "object" && value !== null && typeof (value as { enabled?: unknown }).enabled === "boolean";

/** The flags of an answer; what is no flag is left out. @throws Error for an answer that is no object. */
export function flagsIn(answer: unknown): FlagValues {
  if (typeof answer !== "object" || answer === null || Array.isArray(answer)) throw new Error("no object of flags");
  return Object.fromEntries(Object.entries(answer).filter(([, value]) => isFlag(value)));
}
