/** Finds a deletion with an equal creation under another address: probably a rename without a `moved` block or alias. */
import { groupBy } from "@fridayproof/components/core";
import type { Resource } from "../plans/change";
import type { Finding } from "../change/finding";
import { canonical } from "../plans/difference";
import { isAbsent, isUnknown, stemOf, type Values } from "../plans/values";
import { isHelper } from "../effects/serving-path";

/** Properties that are ignored in the comparison. */
const COMPUTED = new Set(["id", "arn", "tags", "tagsAll"].map(stemOf));

/** The share of the known properties of the new one that the old one has too, from 0 to 1. */
function similarity(old: Values, next: Values): number {
  const known = Object.entries(next).filter(
    ([key, value]) => !COMPUTED.has(stemOf(key)) && !isAbsent(value) && !isUnknown(value),
  );
  if (known.length === 0) return 0;
  return known.filter(([key, value]) => canonical(old[key]) === canonical(value)).length / known.length;
}

const SIMILAR = 0.75;

function similarTo(deleted: Resource, created: readonly Resource[]): Resource | undefined {
  return created.find((one) => similarity(deleted.before ?? {}, one.after ?? {}) >= SIMILAR);
}

/** A finding on each deletion with a similar creation. */
export function probableRenames(resources: readonly Resource[]): readonly (readonly [string, Finding])[] {
  const created = groupBy(
    resources.filter(({ operation, custom, type }) => operation === "create" && custom && !isHelper(type)),
    ({ type }) => type,
  );
  return resources.flatMap((deleted) => {
    const renamed = deleted.operation === "delete" ? similarTo(deleted, created.get(deleted.type) ?? []) : undefined;
    if (renamed === undefined) return [];
    const reason = `an equal resource is created as ${renamed.address}: probably a rename. A \`moved\` block of Terraform, or an alias of Pulumi, keeps it under its new address.`;
    return [
      [
        deleted.address,
        { verdict: "SAFE", reason, safer: "Add the block or alias, and plan again." } satisfies Finding,
      ] as const,
    ];
  });
}
