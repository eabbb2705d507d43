/** Findings about a neighbour's malformed value: a rule that reads it reports its path on the wrong object. */
import { type Field, valueOr } from "../reading/field";
import type { Finding } from "./finding";
import { keysOf } from "../reading/path";

/** The findings without those about a neighbour's value that are reported on the neighbour itself too. */
export function withoutForeignPaths(findings: readonly Finding[]): readonly Finding[] {
  const malformed = findings.filter((finding) => finding.malformed === true);
  const foreign = new Set(malformed.filter((finding) => !hasOwnPath(finding)));
  const reported = new Set(malformed.filter((finding) => !foreign.has(finding)).map(({ at }) => at));
  return findings.filter((finding) => !foreign.has(finding) || !reported.has(finding.at));
}

/** Whether the finding's path exists in its own resource. */
export function hasOwnPath({ resource, at = "" }: Finding): boolean {
  return valueOr(() => {
    let field: Field = resource.props;
    for (const key of keysOf(at.slice(resource.props.path.length))) {
      const next = typeof key === "number" ? field.list()[key] : field.at(key);
      if (next === undefined) return false;
      field = next;
    }
    return field.isSet();
  }, true);
}
