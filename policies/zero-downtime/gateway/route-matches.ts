/** Requests that a rule of a VirtualService matches, by their paths; further conditions narrow a match. */
import type { Field } from "../../kit/reading/field";

/** One match of a rule: a path or its prefix, with further conditions or without. */
interface Match {
  readonly path: string;
  readonly exact: boolean;
  /** Whether headers, methods or the like decide as well. */
  readonly narrowed: boolean;
}

/** The ways into a rule. */
export type Matches = readonly Match[];

/** Members that change nothing about who matches. */
const idle = ["name", "uri"];
const everything = { path: "", exact: false };

/** The ways into the rule; without a match every request comes in.
 * @throws UnknownRead @throws MalformedRead */
export function matchesOf(rule: Field): Matches {
  const matches = rule.at("match").list();
  return matches.length === 0 ? [{ ...everything, narrowed: false }] : matches.map(matchOf);
}

function matchOf(match: Field): Match {
  const narrowed = match.members().some(([key, member]) => !idle.includes(key) && member.isSet());
  const uri = match.at("uri");
  const [exact, prefix, regex] = ["exact", "prefix", "regex"].map((key) => uri.at(key).text());
  if (exact !== undefined) return { path: exact, exact: true, narrowed };
  // Every path begins with a slash.
  if (prefix !== undefined) return { path: prefix === "/" ? "" : prefix, exact: false, narrowed };
  if (regex === undefined || /^\/?\.\*$/.test(regex)) return { ...everything, narrowed };
  return { ...everything, narrowed: true };
}

/** Whether whatever comes into the later rule went into the earlier one already. */
export function covers(earlier: Matches, later: Matches = []): boolean {
  return later.length > 0 && later.every((one) => earlier.some((other) => takes(other, one)));
}

function takes(earlier: Match, later: Match): boolean {
  if (earlier.narrowed) return false;
  return earlier.exact ? later.exact && later.path === earlier.path : later.path.startsWith(earlier.path);
}
