/** An update in place: what each changed property does. */
import type { ChangedPath } from "../plans/change";
import { commonRows, rowsForPath, rowsOf } from "../effects/table";
import { isHelper } from "../effects/serving-path";
import type { Finding } from "./finding";
import { stemOf } from "../plans/values";
import { pathFindings, pathText, type PlannedChange } from "./rows";

/** Two names of one thing: what the provider computes of tags repeats them. */
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
      reason: `no row of the table is ${known}: what a change of it does is not known here.`,
      path: pathText(path),
    },
  ];
}

/** What an update does. A plan that says update and shows no difference is not believed to do nothing. */
export function updateFindings(planned: PlannedChange): readonly Finding[] {
  if (isHelper(planned.resource.type))
    return [{ verdict: "SAFE", reason: "it exists in the state alone; what reads it has a verdict of its own." }];
  const { paths } = planned.resource;
  const own = paths.filter(
    ({ segments }) =>
      !(REPEATED.has(stemOf(segments[0] ?? "")) && paths.some((other) => stemOf(other.segments[0] ?? "") === "tag")),
  );
  if (paths.length === 0) {
    if (planned.index.plan.tool !== "pulumi")
      return [{ verdict: "SAFE", reason: "nothing differs once order and spelling are left aside." }];
    return [{ verdict: "UNKNOWN", reason: "the plan says update and does not show what differs." }];
  }
  return own.flatMap((path) => onePath(path, planned));
}
