/** The keys that encrypt logs, volumes and what else outlives a cluster. */
export { Keys, type KeysArgs } from "./keys";
