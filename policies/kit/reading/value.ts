/** Forms of a property's value: plain JSON, one of the engine's sentinels for unknown values, or a secret's envelope. */
import * as engine from "@fridayproof/components/core";

// Bound once: each use of an import is a call of a getter in CommonJS, and every value that a rule reads comes by here.
const { OUTPUT_SIG, SECRET_SIG, SIG, UNKNOWN } = engine;

export { SECRET_SIG as SECRET, SIG as SIGNATURE };

/** Sentinels for unknown values, one per type. Source: `@pulumi/policy` proxy.ts. */
export const unknownSentinels: readonly string[] = [
  UNKNOWN,
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
];

const sentinels: ReadonlySet<unknown> = new Set(unknownSentinels);

/** Whether the value is unknown in this preview. */
export function isUnknown(value: unknown): boolean {
  return sentinels.has(value);
}

/** Whether the value is an object with members, neither null nor a list. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value without its secret envelope; null becomes undefined, because the engine drops null members. */
export function open(value: unknown): unknown {
  if (value === null) return undefined;
  if (!isRecord(value)) return value;
  const signature = value[SIG];
  if (signature === SECRET_SIG) return open(value["value"]);
  if (signature === OUTPUT_SIG) return "value" in value ? open(value["value"]) : UNKNOWN;
  return value;
}

/** The kind of the value for a message, without the value itself: it may be secret. */
export function kindOf(value: unknown): string {
  if (value === undefined) return "nothing";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  if (typeof value === "number") return Number.isFinite(value) ? "a number" : "a number without end";
  return typeof value === "boolean" ? "a boolean" : "a text";
}
