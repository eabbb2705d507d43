/** Deterministic hexadecimal digits: the same for the same text, so that runs repeat. */
import { createHash } from "node:crypto";

/** The first hex digits of a text's hash. */
export function hashHex(text: string | Uint8Array, length: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, length);
}

/** 32 hex digits, grouped as a UUID. */
export function asUuid(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, "$1-$2-$3-$4-$5");
}
