/** Removes repeated findings: a malformed value is one finding, however many rules read it. */
import type { Finding } from "../kit/finding/finding";
import { hasOwnPath, withoutForeignPaths } from "../kit/finding/foreign-paths";
import type { Rule } from "../kit/rule/rule";

/** A finding of a rule with its level. */
export interface LeveledFinding {
  readonly rule: Rule;
  readonly level: Rule["level"];
  readonly finding: Finding;
}

/** The findings, with one for each malformed value: the first that blocks, else the first. */
export function withoutRepeated(all: readonly LeveledFinding[]): readonly LeveledFinding[] {
  const placed = new Set(withoutForeignPaths(all.map(({ finding }) => finding)));
  const kept = new Map<string, LeveledFinding>();
  for (const one of all.filter(isInPlace)) {
    const key = keyOf(one.finding);
    const first = kept.get(key);
    if (first === undefined || (first.level === "advisory" && one.level === "mandatory")) kept.set(key, one);
  }
  return all.filter((one) => (isInPlace(one) ? kept.get(keyOf(one.finding)) === one : placed.has(one.finding)));
}

/** Whether the finding is about a malformed value of its own resource. */
function isInPlace({ finding }: LeveledFinding): boolean {
  return finding.malformed === true && hasOwnPath(finding);
}

function keyOf({ resource, at }: Finding): string {
  return JSON.stringify([resource.urn, resource.props.path, at]);
}
