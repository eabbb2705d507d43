/** One value that no property can have is one finding, however many rules read it. */
import type { Finding } from "../kit/finding";
import { standsThere } from "../kit/misplaced";
import type { Rule } from "../kit/rule";

/** What a rule found, and how it acts. */
export interface LeveledFinding {
  readonly rule: Rule;
  readonly level: Rule["level"];
  readonly finding: Finding;
}

/** The findings, with one for each malformed value: of those that block, where one does, the first. */
export function withoutEchoes(all: readonly LeveledFinding[]): readonly LeveledFinding[] {
  const kept = new Map<string, LeveledFinding>();
  for (const one of all.filter(({ finding }) => finding.malformed === true && standsThere(finding))) {
    const key = keyOf(one.finding);
    const first = kept.get(key);
    if (first === undefined || (first.level === "advisory" && one.level === "mandatory")) kept.set(key, one);
  }
  const places = new Set([...kept.values()].map(({ finding }) => finding.at));
  return all.filter((one) => {
    if (one.finding.malformed !== true) return true;
    // A rule about a neighbour meets the value as well, and names its place on the wrong object.
    return standsThere(one.finding) ? kept.get(keyOf(one.finding)) === one : !places.has(one.finding.at);
  });
}

function keyOf({ resource, at }: Finding): string {
  return JSON.stringify([resource.urn, resource.props.path, at]);
}
