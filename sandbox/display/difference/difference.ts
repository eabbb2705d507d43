/** What differs between two property maps, as a person compares them: by identity, as documents, and without secrets. */
import type { DifferencePath } from "./path";
import type { Value } from "../../property/values";

/** One side of a scalar difference; absent where the property is not there. */
export type Side = Value | undefined;

/** A leaf that differs. */
export interface LeafDifference {
  readonly kind: "leaf";
  readonly path: DifferencePath;
  readonly old: Side;
  readonly now: Side;
}

/** Elements that came or went; elements that changed are differences of their own, below the identified element. */
export interface ListDifference {
  readonly kind: "list";
  readonly path: DifferencePath;
  readonly removed: readonly Value[];
  readonly added: readonly Value[];
  /** How many elements are on both sides unchanged. */
  readonly equal: number;
}

/** The same elements in another order, where order counts. */
export interface OrderDifference {
  readonly kind: "order";
  readonly path: DifferencePath;
  readonly equal: number;
}

/** A text of several lines. */
export interface TextDifference {
  readonly kind: "text";
  readonly path: DifferencePath;
  readonly lines: readonly TextLine[];
}

/** One line of a text: gone, new, or beside one that is. */
export interface TextLine {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** A JSON or YAML text, compared as a document. */
export interface DocumentDifference {
  readonly kind: "document";
  readonly path: DifferencePath;
  /** Empty where only the text's form differs. */
  readonly inner: readonly Difference[];
  /** Leaves of the document that there are now. */
  readonly leaves: number;
}

/** A secret: nothing of it is shown but whether it changed. */
export interface SecretDifference {
  readonly kind: "secret";
  readonly path: DifferencePath;
  /** `exposed` where a secret stops being one with the same value, `sealed` where it becomes one. */
  readonly state: "differs" | "not compared" | "sealed" | "exposed" | "added" | "removed";
}

/** Any difference. */
export type Difference =
  LeafDifference | ListDifference | OrderDifference | TextDifference | DocumentDifference | SecretDifference;
