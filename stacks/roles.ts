/** Roles that an account has before any environment: computed by convention, never looked up. */

/** What a role is for. */
export type AccountRole = "deploy" | "read-only" | "break-glass";

/** ARN of a role, such as `arn:aws:iam::111122223333:role/fridayproof-deploy`. */
export function accountRoleArn(account: string, role: AccountRole): string {
  return `arn:aws:iam::${account}:role/fridayproof-${role}`;
}
