/** Durations for people. */

const SECONDS_PER_MINUTE = 60;
/** From here on tenths of a second are noise. */
const WHOLE_FROM_SECONDS = 10;

/** `0.4 s`, `12 s`, `3 min 05 s`. @param seconds zero or more. */
export function formatDuration(seconds: number): string {
  if (seconds < WHOLE_FROM_SECONDS - 0.05) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < SECONDS_PER_MINUTE) return `${whole} s`;
  const rest = String(whole % SECONDS_PER_MINUTE).padStart(2, "0");
  return `${Math.floor(whole / SECONDS_PER_MINUTE)} min ${rest} s`;
}
