/** Exact versions, as opposed to ranges, tags and branches. */
import valid from "semver/functions/valid";

/** Whether the text names exactly one release. */
export function isExactVersion(text: string): boolean {
  // The library accepts white space and a leading "=", with which charts and images have no release.
  return /^v?\d\S*$/.test(text) && valid(text) !== null;
}
