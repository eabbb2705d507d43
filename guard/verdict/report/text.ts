/** The verdict for people: the worst first, each with why, for how long, for whom, and what to do instead. */
import type { ChangeVerdict, Finding } from "../change/finding";
import type { VerdictDocument } from "./document";
import { durationText } from "../combined/duration";

function findingLines({ verdict, path, reason, seconds, who, safer, source, evidence }: Finding): readonly string[] {
  const facts = [durationText(seconds), who].filter((fact) => fact !== undefined).join("; ");
  const known = {
    read: "",
    summary: ", from a summary",
    derived: ", of other rows of the type; this one follows from them",
    knowledge: "",
  }[evidence ?? "read"];
  return [
    `    ${verdict}${path === undefined ? "" : ` ${path}`}: ${reason}`,
    ...(facts === "" ? [] : [`      how long, for whom: ${facts}`]),
    ...(safer === undefined ? [] : [`      safer: ${safer}`]),
    ...(source === undefined || verdict === "SAFE"
      ? []
      : [`      ${evidence === "knowledge" ? "not sourced" : "source"}: ${source}${known}`]),
  ];
}

function changeLines(change: ChangeVerdict): readonly string[] {
  const order = change.order === undefined ? "" : ` (${change.order})`;
  const accepted = change.acceptedBy === undefined ? "" : `  accepted: ${change.acceptedBy}`;
  const hurting = change.findings.filter(({ verdict, safer }) => verdict !== "SAFE" || safer !== undefined);
  return [
    `${change.verdict} ${change.operation}${order} ${change.address}${accepted}`,
    ...(hurting.length === 0 ? change.findings.slice(0, 1) : hurting).flatMap(findingLines),
  ];
}

/** Lines for a terminal. @param full harmless changes too, one by one. */
export function textOf(document: VerdictDocument, full: boolean): readonly string[] {
  const shown = document.changes.filter(({ verdict }) => full || verdict !== "SAFE");
  const omitted = document.changes.length - shown.length;
  return [
    document.summary,
    "",
    ...shown.flatMap(changeLines),
    ...(omitted === 0 ? [] : [`${omitted} SAFE changes: --full shows them`]),
    ...document.notes.map(({ text, verdict }) => `${verdict === undefined ? "note" : verdict}: ${text}`),
    ...document.remarks.map((remark) => `acceptances: ${remark}`),
    `table ${document.table.version}: ${document.table.rows} rows, ${document.table.sourced} with a source, ${document.table.derived} derived from those`,
  ];
}
