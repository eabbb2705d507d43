/** Text that Markdown shows as it stands: no name, value or message of a plan may format the comment, or mention anybody. */

/** HTML's own signs as entities. */
function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A text in a paragraph or a cell, on one line. */
export function plain(text: string): string {
  return escapeHtml(text.replace(/\s+/g, " ").trim())
    .replace(/[\\`*_[\]|~]/g, (sign) => `\\${sign}`)
    .replace(/@(?=\w)/g, "@\u2060")
    .replace(/#(?=\d)/g, "#\u2060");
}

/** A name or a value: in an element of HTML, since a pair of backticks ends at the value's own. */
export function code(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `<code>${line.replace(/[&<>|\\`*_~[\]@#]/g, (sign) => `&#${sign.codePointAt(0) ?? 0};`)}</code>`;
}

/** A link to a source that is a page; empty for another one. */
export function sourceLink(source: string): string {
  const [address] = /^https:\/\/[^\s,;]+/.exec(source) ?? [];
  if (address === undefined) return "";
  return `[source](${encodeURI(address).replaceAll("(", "%28").replaceAll(")", "%29").replaceAll("|", "%7C")})`;
}
