/** Availability zone ids: which region they lie in, their number, and which of them EKS refuses. */
import type { Problem } from "../core/checks";
import { networkLimits } from "../core/limits/network";

/** How AWS shortens each part of a region's name in its zone ids. */
const SHORT_FORMS: Readonly<Record<string, string>> = {
  north: "n",
  south: "s",
  east: "e",
  west: "w",
  central: "c",
  northeast: "ne",
  northwest: "nw",
  southeast: "se",
  southwest: "sw",
  gov: "g",
};

/**
 * Zones in which EKS puts no control plane.
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html, read 2026-11-21.
 */
const ZONES_REFUSED_BY_EKS: readonly string[] = ["use1-az3", "usw1-az2", "cac1-az3"];

const ZONE_PATTERN = /^(?<prefix>[a-z]{2,6}\d)-az(?<number>\d)$/;
const BINARY = 2;
const BLOCKS = BINARY ** networkLimits.zoneBits.value;

/** What the zone ids of a region begin with: `use1` for `us-east-1`. */
export function zonePrefix(region: string): string {
  return region
    .split("-")
    .map((part) => SHORT_FORMS[part] ?? part)
    .join("");
}

/**
 * The zone's number, from 1: part of the id for good, so what is computed from it never moves.
 * @throws Error when the text is no zone id.
 */
export function zoneNumber(zoneId: string): number {
  const number = ZONE_PATTERN.exec(zoneId)?.groups?.["number"];
  if (number === undefined) throw new Error(`${zoneId} is not an availability zone id`);
  return Number(number);
}

/**
 * The zones in an order that neither another order of the list nor one zone more can change: the control plane's, which
 * are frozen at creation, then the others, each by its number.
 */
export function zoneOrder(zones: readonly string[], controlPlaneZones: readonly string[]): string[] {
  const later = (zone: string): number => (controlPlaneZones.includes(zone) ? 0 : 1);
  return [...zones].sort((one, other) => later(one) - later(other) || zoneNumber(one) - zoneNumber(other));
}

/** What is wrong with one zone id for a cluster's network in this region. */
function zoneProblems(region: string, path: string, zoneId: string): Problem[] {
  const parts = ZONE_PATTERN.exec(zoneId)?.groups;
  const number = Number(parts?.["number"]);
  if (parts?.["prefix"] !== zonePrefix(region) || number < 1 || number > BLOCKS) {
    return [
      {
        path,
        got: zoneId,
        allowed: `a zone id of ${region}: ${zonePrefix(region)}-az1 to ${zonePrefix(region)}-az${BLOCKS}`,
        fix: "Write the zone id, not the zone name: names such as us-east-1a mean other zones in other accounts.",
      },
    ];
  }
  if (!ZONES_REFUSED_BY_EKS.includes(zoneId)) return [];
  return [{ path, got: zoneId, allowed: "a zone that EKS supports", fix: `EKS refuses ${zoneId}: take another zone.` }];
}

/** What is wrong with a list of zone ids; empty when nothing is. */
export function zonesProblems(region: string, path: string, zoneIds: readonly string[]): Problem[] {
  const repeated = zoneIds.flatMap((zoneId, index) => (zoneIds.indexOf(zoneId) < index ? [index] : []));
  const tooFew: Problem = {
    path,
    got: zoneIds,
    allowed: `${networkLimits.controlPlaneZones.value} zones or more`,
    fix: "Add a zone: EKS and the load balancer need two.",
  };
  return [
    ...(zoneIds.length < networkLimits.controlPlaneZones.value ? [tooFew] : []),
    ...zoneIds.flatMap((zoneId, index) => zoneProblems(region, `${path}[${index}]`, zoneId)),
    ...repeated.map((index) => ({
      path: `${path}[${index}]`,
      got: zoneIds[index],
      allowed: "each zone once",
      fix: "Remove the repetition.",
    })),
  ];
}
