/** The environment whose manifests and secrets are read: for a replica, those of its primary. */
import type { Environment } from "./schema";

/** Name of the folder in Git and of the secrets' prefix. */
export function identityOf({ name, follows }: Pick<Environment, "name" | "follows">): string {
  return follows ?? name;
}
