/** Secrets in texts: the forms in which a secret may be quoted, and what is printed in its place. */
import { groupBy } from "./groups";

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

/** A mask for these values, in the clear and as they stand inside of JSON; of one that holds another the whole is hidden, and so are two that overlap. */
export function maskOf(secrets: readonly string[]): Mask {
  const secretTexts = secretForms(secrets).toSorted((a, b) => b.length - a.length);
  if (secretTexts.length === 0) return (text) => text;
  // A text is read once, however many secrets there are.
  const forms = groupBy(secretTexts, (form) => form.slice(0, SHORTEST));
  return (text) => {
    let [masked, shown, end] = ["", 0, 0];
    for (let at = 0; at + SHORTEST <= text.length; at += 1) {
      const form = forms.get(text.slice(at, at + SHORTEST))?.find((one) => text.startsWith(one, at));
      if (form === undefined) continue;
      if (at >= end) masked += text.slice(shown, at) + SECRET_TEXT;
      end = Math.max(end, at + form.length);
      shown = end;
    }
    return masked + text.slice(shown);
  };
}
