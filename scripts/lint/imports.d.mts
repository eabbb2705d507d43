/** Types of imports.mjs, for its test. */

/** Which folder may import which. */
export const boundaries: readonly {
  readonly folder: string;
  readonly may: readonly string[];
  readonly packages: "any" | "none" | "no-pulumi";
  readonly reason: string;
}[];

/** The workspace packages and their folders. */
export const siblings: Readonly<Record<string, string>>;

/** What is wrong with an import, or undefined. */
export function judge(file: string, specifier: string): string | undefined;
