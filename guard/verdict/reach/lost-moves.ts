/** Finds a deletion with an equal creation under another address: probably a rename without a `moved` block or alias. */
import type { Resource } from "../plans/change";
import type { Finding } from "../change/finding";
import { canonical } from "../plans/difference";
import { isAbsent, isUnknown, stemOf, type Values } from "../plans/values";
import { isHelper } from "../effects/serving-path";

/** Properties that are ignored in the comparison. */
const COMPUTED = new Set(["id", "arn", "tags", "tagsAll"].map(stemOf));

/** How many of the known properties of the new one the old one has too, from 0 to 1. */
function likeness(old: Values, next: Values): number {
  const known = Object.entries(next).filter(
    ([key, value]) => !COMPUTED.has(stemOf(key)) && !isAbsent(value) && !isUnknown(value),
  );
  if (known.length === 0) return 0;
  return known.filter(([key, value]) => canonical(old[key]) === canonical(value)).length / known.length;
}

const ALIKE = 0.75;

function twinOf(gone: Resource, made: readonly Resource[]): Resource | undefined {
  return made.find((one) => likeness(gone.before ?? {}, one.after ?? {}) >= ALIKE);
}

/** A remark on each deletion that has a twin. */
export function lostMoves(resources: readonly Resource[]): readonly (readonly [string, Finding])[] {
  const made = new Map<string, Resource[]>();
  for (const one of resources)
    if (one.operation === "create" && one.custom && !isHelper(one.type))
      made.set(one.type, [...(made.get(one.type) ?? []), one]);
  return resources.flatMap((gone) => {
    const twin = gone.operation === "delete" ? twinOf(gone, made.get(gone.type) ?? []) : undefined;
    if (twin === undefined) return [];
    const reason = `an equal resource is created as ${twin.address}: probably a rename. A \`moved\` block of Terraform, or an alias of Pulumi, keeps it under its new address.`;
    return [
      [
        gone.address,
        { verdict: "SAFE", reason, safer: "Add the block or alias, and plan again." } satisfies Finding,
      ] as const,
    ];
  });
}
