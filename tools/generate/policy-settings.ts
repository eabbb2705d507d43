/** The type of the settings of an environment, by rule. */

/** Settings by rule. */
export type PolicyConfig = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
