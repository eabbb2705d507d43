/** Settings of every rule that an environment has something to say to. */

/** Settings by rule. */
export type PolicyConfig = Readonly<Record<string, Readonly<Record<string, unknown>>>>;
