/**
 * Patterns as Argo CD matches them (gobwas/glob): `*` and `**` for any text, `?`, classes in brackets and alternatives in braces.
 * Core's patterns have wild cards alone, and take brackets, braces and a backslash for themselves.
 */

/**
 * Whether the pattern matches the text; one that cannot be read matches nothing, as in Argo CD.
 * @param separator a character that `*` and `?` do not match, while `**` does. @default none
 */
export function globMatches(pattern: string, text: string, separator?: "/"): boolean {
  try {
    return new RegExp(`^${source(pattern, separator === undefined ? "." : `[^${separator}]`)}$`, "s").test(text);
  } catch {
    return false;
  }
}

/** Whether the pattern matches names of every kind: it consists of wild cards and of characters that any name has. */
export function isWild(pattern: string): boolean {
  const text = pattern.trim();
  // A denial (`!x`) permits everything else: in Argo CD it counts as a match of whatever it does not name.
  return text.startsWith("!") || (/[*?]/.test(text) && !/[A-Za-z0-9]/.test(text.replaceAll(/\[[^\]]*\]/g, "")));
}

const special: Readonly<Record<string, string>> = { "{": "(?:", "}": ")" };

/** The pattern as a regular expression; `any` is the expression for one character. */
function source(pattern: string, any: string): string {
  return pattern.replaceAll(/\\.|\*+|\[!?[^\]]*\]|\{[^}]*\}|[^A-Za-z0-9_]/g, (part) => {
    if (part === "?") return any;
    if (part.startsWith("*")) return `${part === "*" ? any : "."}*`;
    if (part.startsWith("[")) return part.replace("[!", "[^");
    if (part.startsWith("{") && part.length > 1)
      return `(?:${part
        .slice(1, -1)
        .split(",")
        .map((one) => source(one, any))
        .join("|")})`;
    return special[part] ?? (part.length > 1 ? part : `\\${part}`);
  });
}
