/** Texts that stand in base64, as user data and certificates do. */

/** Shorter ones are words that happen to be base64. */
const SHORTEST = 16;

/** Characters of base64, and at its end what fills up. */
const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Whatever an editor would not show: bytes of an image, a key or a compressed text. */
const NO_TEXT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd]/;

/** What a text says in base64; undefined where it is none, or not of a text. */
export function encodedText(text: string): string | undefined {
  if (text.length < SHORTEST || text.length % 4 !== 0 || !BASE64.test(text)) return undefined;
  const decoded = Buffer.from(text, "base64").toString("utf8");
  return NO_TEXT.test(decoded) ? undefined : decoded;
}
