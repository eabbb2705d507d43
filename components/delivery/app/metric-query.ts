/** The query of a business metric: PromQL in which two names in double braces stand for the hosts of the versions. */

const PLACEHOLDER = /\{\{([^{}]*)\}\}/g;

/** Names that stand in double braces. */
export const placeholdersIn = (query: string): readonly string[] =>
  [...query.matchAll(PLACEHOLDER)].map(([, name = ""]) => name.trim());

/** The query with the hosts in their places; a name without a host stays as it is. */
export const withHosts = (query: string, hosts: Readonly<Record<string, string>>): string =>
  query.replace(PLACEHOLDER, (written, name: string) => hosts[name.trim()] ?? written);

/** Which bracket each one closes. */
const OPENED_BY: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** Quoted texts, of which only two kinds know a backslash; source: Prometheus, querying/basics, string literals. */
const TEXT = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`/g;

/** Whether every quote and bracket of the query is closed within it, and nothing of what is written behind it is a comment. */
export function closesWhatItOpens(query: string): boolean {
  const rest = query.replace(PLACEHOLDER, "").replace(TEXT, "");
  if (/["'`#]/.test(rest)) return false;
  const open: string[] = [];
  for (const character of rest) {
    if ("([{".includes(character)) open.push(character);
    else if (character in OPENED_BY && open.pop() !== OPENED_BY[character]) return false;
  }
  return open.length === 0;
}
