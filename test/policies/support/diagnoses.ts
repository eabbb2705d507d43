/** What tests of the compiled pack ask of its answers. */
import type { Diagnosis } from "./pack";

/** The pack runs on the real day, and no exemption may be longer than a year. */
export const nextMonth = new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10);

/** The answers of one policy. */
export function about(rule: string, all: readonly Diagnosis[]): readonly Diagnosis[] {
  return all.filter(({ policy }) => policy === rule);
}
