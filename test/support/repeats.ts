/** Sequences that are looked at for their changes. */

/** The values without those that repeat the one before. */
export const withoutRepeats = <T>(values: readonly T[]): readonly T[] =>
  values.filter((each, index) => index === 0 || each !== values[index - 1]);
