/** A number with its noun in singular or plural. */

/** The number with its noun: `1 zone`, `2 zones`, `3 entries`. */
export function counted(number: number, noun: string): string {
  return `${number} ${number === 1 ? noun : `${noun.replace(/(?<![aeiou])y$/, "ie")}s`}`;
}
