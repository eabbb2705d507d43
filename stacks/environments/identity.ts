/** Whose manifests and secrets an environment reads: what names it is its own, and what it runs is the primary's. */
import type { Environment } from "./schema";

/** Name of the folder in Git and of the secrets' prefix. */
export function identityOf({ name, follows }: Pick<Environment, "name" | "follows">): string {
  return follows ?? name;
}
