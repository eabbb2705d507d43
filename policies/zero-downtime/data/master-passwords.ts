/** Passwords of a database's first user: one that RDS makes is in no program and in no state. */
import { type Finding, violation } from "../../kit/finding/finding";
import { fix, remove, set, together } from "../../kit/finding/remedy";
import type { Resource } from "../../kit/reading/resource";
import { types } from "../../kit/reading/types";

/**
 * A password that the program states, be it a literal or of encrypted configuration, between which rules cannot distinguish. One
 * that was made from another resource is that resource's; so is one that a preview hides (`quietAt`).
 */
export function* checkPassword(database: Resource): Iterable<Finding> {
  const key = database.is(types.databaseCluster) ? "masterPassword" : "password";
  const field = database.at(key);
  if (!field.isSet() || (database.links[key] ?? []).length > 0) return;
  yield violation(database, {
    at: field.path,
    got: "a password that the program states: it stands in the state, and is never rotated",
    expected: "one that RDS makes, keeps in Secrets Manager and rotates",
    fix: fix`${together([set("manageMasterUserPassword", true), remove(field)])}, once applications read RDS's own secret: the password changes at once`,
    advisory: true,
  });
}
