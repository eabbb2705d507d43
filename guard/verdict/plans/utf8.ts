/** Files that Windows has written: a shell's `>` writes UTF-16 there, and an editor puts a mark in front of UTF-8. */

/** The bytes as UTF-8 without a mark; marks at the beginning of a text say what it is written in. */
export function asUtf8(bytes: Buffer): Buffer {
  const [first, second, third] = bytes;
  if (first === 0xff && second === 0xfe) return Buffer.from(bytes.toString("utf16le", 2), "utf8");
  if (first === 0xfe && second === 0xff)
    return Buffer.from(
      Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2)))
        .swap16()
        .toString("utf16le"),
      "utf8",
    );
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray("\ufeff".length + 2) : bytes;
}
