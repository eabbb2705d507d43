/** Secrets in texts: the forms in which a secret may be quoted, and what is printed in its place. */

/** What stands in a secret's place; Pulumi's own word for it. */
export const SECRET_TEXT = "[secret]";

/** Hides secrets in a text. */
export type Mask = (text: string) => string;

/** Shorter ones stand everywhere by chance. The real CLI's log filter leaves them too (Pulumi logging.CreateFilter). */
const SHORTEST = 3;

/** Each secret as it is and as it stands inside of JSON, once; those of fewer than three characters are left out. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST);
}

/** A mask for these values, in the clear and as they stand inside of JSON; the longest first, since one may hold another. */
export function maskOf(secrets: readonly string[]): Mask {
  const hidden = secretForms(secrets).toSorted((a, b) => b.length - a.length);
  if (hidden.length === 0) return (text) => text;
  return (text) => hidden.reduce((masked, form) => masked.replaceAll(form, SECRET_TEXT), text);
}
