/** Types of boundaries.mjs, for the tests. */

/** Which folder may import which. */
export const boundaries: readonly {
  readonly folder: string;
  readonly may: readonly string[];
  readonly packages: "any" | "none" | "no-pulumi";
  readonly reason: string;
}[];
