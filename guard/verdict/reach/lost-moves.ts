/** One thing deleted and the same made under another address: probably a move that nobody wrote down. */
import type { Resource } from "../plans/change";
import type { Finding } from "../change/finding";
import { canonical } from "../plans/difference";
import { isAbsent, isUnknown, stemOf, type Values } from "../plans/values";
import { isHelper } from "../effects/serving-path";

/** What says little about what a thing is. */
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
    const reason = `the same is made anew as ${twin.address}: probably a move that nobody wrote down. A \`moved\` block of Terraform, or an alias of Pulumi, keeps it under its new address.`;
    return [
      [
        gone.address,
        { verdict: "SAFE", reason, safer: "Write the move down and plan again." } satisfies Finding,
      ] as const,
    ];
  });
}
