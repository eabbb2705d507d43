/** The verdict on an update in place: the effects of each changed property. */
import type { ChangedPath } from "../plans/change";
import { commonRows, rowsForPath, rowsOf } from "../effects/table";
import { isHelper } from "../effects/serving-path";
import type { Finding } from "./finding";
import { stemOf } from "../plans/values";
import { pathFindings, pathText, type PlannedChange } from "./rows";

/** Properties that repeat `tags`, computed by the provider. */
const REPEATED = new Set(["tagsAll"].map(stemOf));

function onePath(path: ChangedPath, planned: PlannedChange): readonly Finding[] {
  const own = rowsOf(planned.resource.type);
  const found =
    (own === undefined ? undefined : pathFindings(rowsForPath(own, path.segments), path, planned)) ??
    pathFindings(rowsForPath(commonRows(), path.segments), path, planned);
  if (found !== undefined) return found;
  const known = own === undefined ? "of this type" : "about this property";
  return [
    {
      verdict: "UNKNOWN",
      reason: `the table has no row ${known}: the effect of a change is not known here.`,
      path: pathText(path),
    },
  ];
}

/** Findings about an update. An update without a visible difference is UNKNOWN, not SAFE. */
export function updateFindings(planned: PlannedChange): readonly Finding[] {
  if (isHelper(planned.resource.type))
    return [
      { verdict: "SAFE", reason: "it exists only in the state; resources that read it have verdicts of their own." },
    ];
  const { paths } = planned.resource;
  const own = paths.filter(
    ({ segments }) =>
      !(REPEATED.has(stemOf(segments[0] ?? "")) && paths.some((other) => stemOf(other.segments[0] ?? "") === "tag")),
  );
  if (paths.length === 0) {
    if (planned.index.plan.tool !== "pulumi")
      return [{ verdict: "SAFE", reason: "nothing differs but order and spelling." }];
    return [{ verdict: "UNKNOWN", reason: "the plan has an update and does not show what differs." }];
  }
  return own.flatMap((path) => onePath(path, planned));
}
