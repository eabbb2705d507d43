/** Types of last-killers.mjs, for its test. */

/** The ids of the tests that killed last. */
export class LastKillers {
  add(id: string): void;
  first(ids: readonly string[]): readonly string[];
}
