/** The paths that a step of Pulumi changes: its own list, with the values of the inputs. */
import type { ChangedPath } from "./change";
import { difference } from "./difference";
import { objectOf } from "./objects";
import { stemOf, valueAt, type Values } from "./values";

/** `a.b[0]["c.d"]` as names, without indexes. */
function pathSegments(path: string): readonly string[] {
  const found = path.match(/\["(?:[^"\\]|\\.)*"\]|\[\d+\]|\[\*\]|[^.[\]]+/g) ?? [];
  return found.flatMap((part) =>
    part.startsWith('["') ? [part.slice(2, -2)] : /^\[[\d*]+\]$/.test(part) ? [] : [part],
  );
}

function startsWith(longer: readonly string[], shorter: readonly string[]): boolean {
  return (
    shorter.length <= longer.length &&
    shorter.every((segment, index) => stemOf(segment) === stemOf(longer[index] ?? ""))
  );
}

/** The plan's own list of paths, with the values of the inputs; what the inputs do not show has none. */
export function pathsOf(detailedDiff: unknown, before: Values, after: Values): readonly ChangedPath[] {
  const own = difference(before, after);
  const detailed = Object.entries(objectOf(detailedDiff) ?? {}).map(([path, kind]) => ({
    segments: pathSegments(path).filter((segment) => !segment.startsWith("__")),
    kind: String(objectOf(kind)?.["kind"] ?? "update").replace(/-replace$/, "") as ChangedPath["kind"],
  }));
  if (detailed.length === 0) return own;
  const kept = own.filter(({ segments }) =>
    detailed.some((row) => startsWith(segments, row.segments) || startsWith(row.segments, segments)),
  );
  const secretPaths = detailed.filter(
    ({ segments }) =>
      segments.length > 0 &&
      !kept.some((row) => startsWith(row.segments, segments) || startsWith(segments, row.segments)),
  );
  return [
    ...kept,
    ...secretPaths.map(({ segments, kind }) => ({
      segments,
      kind,
      before: valueAt(before, segments),
      after: valueAt(after, segments),
    })),
  ];
}
