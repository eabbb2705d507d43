/** Lines of a journal as version 0.1.0 wrote them: a run that it left unfinished is continued by this one. */
import type { Change } from "./snapshot";

/** What version 0.1.0 called differently: `doom` is `pending-delete`, and `doomed` of a drop is `pendingDelete`. */
export type EarlierChange =
  | { readonly kind: "doom"; readonly urn: string }
  | { readonly kind: "drop"; readonly urn: string; readonly id?: string; readonly doomed: boolean };

/** A line of the journal with the names of today. */
export function currentChange(line: Change | EarlierChange): Change {
  if (line.kind === "doom") return { kind: "pending-delete", urn: line.urn };
  if (line.kind === "drop" && "doomed" in line) {
    const { doomed: pendingDelete, ...drop } = line;
    return { ...drop, pendingDelete };
  }
  return line;
}
