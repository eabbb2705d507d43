/** Exact versions against ranges, tags and branches. */

const semver =
  /^v?(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/;

/** Whether the text names exactly one release. */
export function isExactVersion(text: string): boolean {
  // "1.x.x"-like texts never match digits; a wildcard as pre-release ("1.2.3-x") is a name, hence exact.
  return semver.test(text);
}
