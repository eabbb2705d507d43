/** The texts by which a secret is known wherever it may be quoted. */

/** Shorter ones stand everywhere by chance. The real CLI's log filter leaves them too (Pulumi logging.CreateFilter). */
const SHORTEST = 3;

/** Each secret as it is and as it stands inside of JSON, once; those of fewer than three characters are left out. */
export function secretForms(secrets: readonly string[]): readonly string[] {
  const forms = secrets.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return [...new Set(forms)].filter((form) => form.length >= SHORTEST);
}
