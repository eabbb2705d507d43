/** Formats the duration of an effect. */
import type { Finding } from "../change/finding";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 86_400;

function length(seconds: number): string {
  if (seconds < 2 * MINUTE) return `${seconds} s`;
  if (seconds < 2 * HOUR) return `${Math.round(seconds / MINUTE)} min`;
  return seconds < 2 * DAY ? `${Math.round(seconds / HOUR)} h` : `${Math.round(seconds / DAY)} days`;
}

/** How long something lasts, as far as it is known. */
export function durationText(seconds: Finding["seconds"]): string | undefined {
  if (seconds === undefined) return undefined;
  if (seconds === null) return "until it is reverted";
  const [low, high] = seconds;
  if (high === 0) return "single requests, or until it is reverted";
  return low === high ? length(low) : `${length(low)} to ${length(high)}`;
}
