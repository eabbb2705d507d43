/** Roles that an account has before any environment: computed by convention, never looked up. */

/** What a role is for. */
export type AccountRole = "deploy" | "preview" | "ecr-push" | "read-only" | "break-glass";

/** Name of a role, such as `fridayproof-deploy`. */
export function accountRoleName(role: AccountRole): string {
  return `fridayproof-${role}`;
}

/** ARN of the role that a run takes; undefined where it keeps the caller's own credentials. */
export function takenRoleArn({ account, role }: { account: string; role: AccountRole | "caller" }): string | undefined {
  return role === "caller" ? undefined : accountRoleArn(account, role);
}

/** Whether an ARN of STS is of a session of the role; paths of roles do not show in it. */
export function isSessionOf(callerArn: string, role: AccountRole): boolean {
  return (
    callerArn
      .split(":")
      .pop()
      ?.startsWith(`assumed-role/${accountRoleName(role)}/`) === true
  );
}

/** ARN of a role, such as `arn:aws:iam::111122223333:role/fridayproof-deploy`. */
export function accountRoleArn(account: string, role: AccountRole): string {
  return `arn:aws:iam::${account}:role/${accountRoleName(role)}`;
}
