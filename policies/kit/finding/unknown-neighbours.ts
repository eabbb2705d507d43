/**
 * Verdicts that hang on a neighbour which a preview hides: who might belong to the resource cannot be taken for a
 * stranger, so that what the rule finds about the resource is left open until the update knows.
 */
import { valueOr, type Field } from "../reading/field";
import { type Finding, whoIs } from "./finding";
import { keysOf } from "../reading/path";
import type { Resource } from "../reading/resource";
import { types } from "../reading/types";

const keyOf = ({ kind, resource, at = "" }: Finding): string => JSON.stringify([kind, resource.urn, resource.name, at]);

/**
 * The findings, with those left open that an unknown neighbour may undo. What the rule says of the neighbour itself stays,
 * and so does what it says of resources that the neighbour cannot reach. In an update nothing is left open.
 */
export function withUnknownNeighbours(findings: readonly Finding[], preview: boolean): readonly Finding[] {
  const unknown = findings.filter(({ neighbour }) => neighbour !== undefined);
  const rescuing = new Set<Finding>();
  const all = findings.map((finding) => {
    if (!preview || finding.kind !== "violation" || finding.alone === true) return finding;
    const by = unknown.find((one) => mayReach(one, finding.resource));
    if (by === undefined) return finding;
    rescuing.add(by);
    return asUnknown(finding, by);
  });
  // One place is told once, by whichever of the rule's reads met it first.
  const seen = new Set<string>();
  const needed = all.filter((finding) => finding.neighbour !== "rescuer" || rescuing.has(finding));
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

/** Kinds that speak of objects in other namespaces than their own. */
const reachesFar =
  /^kubernetes:(networking\.istio\.io|gateway\.networking\.k8s\.io|rbac\.authorization\.k8s\.io|security\.istio\.io):/;

/** Whether what is unknown may make the neighbour one of the resource's. */
function mayReach({ resource: neighbour, at = "" }: Finding, subject: Resource): boolean {
  if (neighbour === subject) return false;
  const links = linksOf(neighbour, at);
  // What a value was made from is followed by the rules: it belongs there and nowhere else.
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
