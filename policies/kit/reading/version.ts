/** Exact versions against ranges, tags and branches. */
import valid from "semver/functions/valid";

/** Whether the text names exactly one release. */
export function isExactVersion(text: string): boolean {
  // The library forgives white space and a leading "=", which name no release of a chart or an image.
  return /^v?\d\S*$/.test(text) && valid(text) !== null;
}
