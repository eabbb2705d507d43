/** Types of install.cjs, for the tests. */

/** Compiles the policy project when its sources or the limits it reads changed; ends the process when that fails. */
export function buildPolicies(root: string): void;
