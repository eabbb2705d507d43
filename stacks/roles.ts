/** Roles that an account has before any environment: computed by convention, never looked up. */

/** What a role is for. */
export type AccountRole = "deploy" | "preview" | "ecr-push" | "read-only" | "break-glass";

/** Name of a role, such as `fridayproof-deploy`. */
export function accountRoleName(role: AccountRole): string {
  return `fridayproof-${role}`;
}

/** ARN of a role, such as `arn:aws:iam::111122223333:role/fridayproof-deploy`. */
export function accountRoleArn(account: string, role: AccountRole): string {
  return `arn:aws:iam::${account}:role/${accountRoleName(role)}`;
}
