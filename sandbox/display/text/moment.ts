/** Moments for people. */

/** Characters of a moment without its seconds. */
const MINUTES = "2026-12-01 00:00".length;

/** `2026-12-01 00:00`, in UTC. */
export function minuteText(milliseconds: number): string {
  return new Date(milliseconds).toISOString().replace("T", " ").slice(0, MINUTES);
}
