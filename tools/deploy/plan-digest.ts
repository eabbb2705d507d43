/** Digest of a plan: only the approved plan is carried out. */
import { createHash } from "node:crypto";

interface Step {
  readonly op?: unknown;
  readonly urn?: unknown;
  readonly replaceReasons?: unknown;
  readonly detailedDiff?: unknown;
  readonly newState?: { readonly inputs?: unknown } | null;
}

/** Members sorted by name, because their order in a plan varies. */
function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([key, member]) => [key, ordered(member)]),
  );
}

const IDLE = new Set(["same", "refresh", "read"]);

/** SHA-256 of every change: what is done to which resource, and with which inputs. Order, times and what stays do not count. */
export function planDigest(text: string): string {
  const { steps } = JSON.parse(text) as { readonly steps?: readonly Step[] };
  if (!Array.isArray(steps)) throw new Error("the plan has no steps: `preview --json` writes it.");
  const rows = (steps as readonly Step[])
    .filter(({ op }) => !IDLE.has(String(op)))
    .map(({ op, urn, replaceReasons, detailedDiff, newState }) =>
      JSON.stringify(ordered({ op, urn, replaceReasons, detailedDiff, inputs: newState?.inputs })),
    )
    .sort();
  return createHash("sha256").update(rows.join("\n")).digest("hex");
}
