/** How arguments of options are read. */

/** An option that may be repeated: all its arguments. */
export const collect = (value: string, previous: readonly string[] = []): string[] => [...previous, value];
