/** The report on drift for people. */
import { counted, parseUrn } from "@fridayproof/components/core";
import type { DriftedResource, DriftReport } from "./drift";

const REPAIRS: Readonly<Record<DriftedResource["repair"], string>> = {
  create: "the next up makes it again",
  update: "the next up sets it back",
  replace: "the next up replaces it",
  delete: "the next up deletes it",
  same: "the next up leaves it as it is",
  unknown: "the next up sets it back, unless the program has changed too",
};

const nameOf = (urn: string): string => parseUrn(urn)?.name ?? urn;

const shortType = (type: string): string => type.split(":").at(-1) ?? type;

function resourceLines({ urn, type, gone, properties, repair, owner }: DriftedResource): readonly string[] {
  return [
    `≠ ${shortType(type)} ${nameOf(urn)}${gone ? "   is gone" : ""}`,
    ...properties.map(({ path, was, is, next }) => `    ${path}: was ${was}, is ${is}; ${next}`),
    `    ${REPAIRS[repair]}; changed by: ${owner}`,
  ];
}

/** Lines for a terminal. @param full churn too, one by one. */
export function driftText(report: DriftReport, full = false): readonly string[] {
  const { stack, drift, churn } = report;
  const count = counted(drift.length, "resource");
  const own = `${counted(churn.length, "change")} of controllers`;
  return [
    drift.length === 0 ? `${stack} is as its state has it.` : `${stack}: ${count} changed by others.`,
    ...drift.flatMap(resourceLines),
    ...(churn.length === 0 ? [] : [`${own} in their own right${full ? ":" : ", which --full shows"}`]),
    ...(full ? churn.map(({ urn, path, reason }) => `    ${nameOf(urn)} ${path}: ${reason}`) : []),
  ];
}
