/**
 * Violations that depend on a neighbour which is unknown in a preview: an object that may belong to the resource
 * must not count as another one's, so that the finding about the resource is unknown until the update.
 */
import { valueOr, type Field } from "../reading/field";
import { type Finding, whoIs } from "./finding";
import { keysOf } from "../reading/path";
import type { Resource } from "../reading/resource";
import { types } from "../reading/types";

const keyOf = ({ kind, resource, at = "" }: Finding): string => JSON.stringify([kind, resource.urn, resource.name, at]);

/**
 * The findings; those that an unknown neighbour may undo become unknown. Findings about the neighbour itself stay,
 * and so do those about resources that the neighbour cannot reach. In an update every finding stays as it is.
 */
export function withUnknownNeighbours(findings: readonly Finding[], preview: boolean): readonly Finding[] {
  const unknown = findings.filter(({ neighbour }) => neighbour !== undefined);
  const suppressing = new Set<Finding>();
  const all = findings.map((finding) => {
    if (!preview || finding.kind !== "violation" || finding.alone === true) return finding;
    const by = unknown.find((one) => mayReach(one, finding.resource));
    if (by === undefined) return finding;
    suppressing.add(by);
    return asUnknown(finding, by);
  });
  // An unknown path is reported once, by the first of the rule's reads.
  const seen = new Set<string>();
  const needed = all.filter((finding) => finding.neighbour !== "suppressor" || suppressing.has(finding));
  return needed.filter((finding) => {
    const fresh = finding.kind !== "unknown" || !seen.has(keyOf(finding));
    seen.add(keyOf(finding));
    return fresh;
  });
}

function asUnknown(finding: Finding, { resource, at = "" }: Finding): Finding {
  const path = at === "" ? "what" : `${at}, which`;
  return {
    ...finding,
    kind: "unknown",
    got: `${finding.got}, as far as is known: ${path} ${resource.name} (${whoIs(resource)}) has is not known yet`,
  };
}

/** Kinds that may name objects in other namespaces. */
const reachesFar =
  /^kubernetes:(networking\.istio\.io|gateway\.networking\.k8s\.io|rbac\.authorization\.k8s\.io|security\.istio\.io):/;

/** Whether what is unknown may make the neighbour one of the resource's. */
function mayReach({ resource: neighbour, at = "" }: Finding, subject: Resource): boolean {
  if (neighbour === subject) return false;
  const links = linksOf(neighbour, at);
  // Rules follow the resources that a value depends on: the neighbour belongs to those and to no others.
  if (links.length > 0) return links.some((urn) => urn === subject.urn || knows(subject, urn));
  if (reachesFar.test(neighbour.type)) return true;
  const [own, theirs] = [pathOf(neighbour), pathOf(subject)];
  return own === undefined || theirs === undefined || own === theirs;
}

function linksOf({ links }: Resource, at: string): readonly string[] {
  const [top] = keysOf(at);
  return Object.entries(links).flatMap(([property, urns]) => (property === top ? urns : []));
}

function knows({ links }: Resource, urn: string): boolean {
  return Object.values(links).some((all) => all.includes(urn));
}

/** The namespace that the object is in, or is; undefined where it is in none or unknown. */
function pathOf(resource: Resource): string | undefined {
  const read = (field: () => Field): string | undefined => valueOr(() => field().text(), undefined);
  if (resource.is(types.namespace)) return read(() => resource.at("metadata", "name"));
  return read(() => resource.at("metadata", "namespace"));
}
