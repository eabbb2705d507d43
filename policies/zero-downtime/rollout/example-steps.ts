/** Steps that fixes write into a canary: each is an example, of which the application's own may say more. */

/** Percent of a first weight that reaches few. */
export const firstWeight = 5;
/** A wait that is long enough to see something. */
export const pauseStep = { pause: { duration: "2m" } };
