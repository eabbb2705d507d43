/** Patterns with wild cards as regular expressions: what a wild card stands for has a name, and everything else is itself. */

/** What stands for what, by who reads the pattern; a longer wild card goes before one that it begins with. */
export const wildcards = {
  /** `*` is any text: names in settings. */
  name: { "*": ".*" },
  /** `*` is any text without a slash, so that `shop/*` is not `shop/a/b`: names in namespaces. */
  path: { "*": "[^/]*" },
  /** `*` is any text within one part of a URN, `**` goes across them. @source `pulumi up --target` */
  urn: { "**": ".*", "*": "[^:]*" },
  /** `*` is any text and `?` one letter. @source https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html */
  iam: { "*": ".*", "?": "." },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The text as a regular expression that matches just it. */
export function escapeRegExp(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

const EVERY_OTHER = 2;

/**
 * The whole pattern as a regular expression.
 * @param meaning what its wild cards stand for.
 * @param flags of the expression, beside `s`: any text may have lines. @default none
 */
export function globToRegExp(pattern: string, meaning: Readonly<Record<string, string>>, flags = ""): RegExp {
  const wild = new RegExp(`(${Object.keys(meaning).map(escapeRegExp).join("|")})`);
  // Splitting at a group keeps what it matched: every other part is a wild card.
  const parts = pattern
    .split(wild)
    .map((part, index) => (index % EVERY_OTHER === 1 ? meaning[part] : escapeRegExp(part)));
  return new RegExp(`^${parts.join("")}$`, `s${flags}`);
}
