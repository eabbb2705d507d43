/** What is recorded of the cases of rules, and how a run of some of them records it without losing the others. */

/** Something recorded, by rule and case. */
export type CaseTable<T> = Readonly<Record<string, Readonly<Record<string, T>>>>;

/** What a run has seen, by rule and case; undefined where a case ran and there is nothing to record. */
export type Seen<T> = Record<string, Record<string, T | undefined>>;

/**
 * The table to record: of each case what this run has seen, else what stands; nothing of cases that are gone.
 * A run with a filter of names sees only some of them.
 * @param cases names of each rule's cases, in the order in which they are recorded.
 */
export function recorded<T>(
  cases: readonly (readonly [rule: string, names: readonly string[]])[],
  stands: CaseTable<T>,
  seen: Seen<T>,
): CaseTable<T> {
  const rows = cases.map(([rule, names]) => {
    const now: Readonly<Record<string, T | undefined>> = { ...stands[rule], ...seen[rule] };
    const kept = names.flatMap((name) => (now[name] === undefined ? [] : [[name, now[name]] as const]));
    return [rule, Object.fromEntries(kept) as Readonly<Record<string, T>>] as const;
  });
  return Object.fromEntries(rows.filter(([, row]) => Object.keys(row).length > 0));
}
