/** What two states may differ in, and what of them could not be compared. */

/** What sort of thing differs. */
export type DifferenceKind =
  "missing" | "place" | "input" | "version" | "digest" | "capacity" | "edge" | "option" | "secret" | "must differ";

/** One difference. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly type: string;
  /** Logical name, with what is each stack's own as a placeholder. */
  readonly name: string;
  /** From the resource down; empty where the whole resource is meant. */
  readonly path: string;
  /** What stands in the states; undefined where nothing does, and for secrets. */
  readonly values: readonly [first: unknown, second: unknown];
  /** Why it matters, where that is not the difference itself. */
  readonly reason?: string;
}

/** Why a secret is not compared whose text nobody has. */
export const CLOSED_SECRET = "a secret that is not decrypted";

/** A place that could not be compared. */
export interface NotCompared {
  readonly type: string;
  readonly name: string;
  readonly path: string;
  readonly why: string;
}
