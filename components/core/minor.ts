/** Minors of Kubernetes, such as `1.35`: no semantic versions, so no library of those reads them. */

/** The number behind the dot: 35 of `1.35`; NaN where there is none. */
export function minorOf(version: string): number {
  return Number(version.split(".")[1]);
}

/** Order of minors, the oldest first. */
export function byMinor(left: string, right: string): number {
  return minorOf(left) - minorOf(right);
}
