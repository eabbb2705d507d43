/** Requests before the first user, as the cluster's load phase sends them: the first answers of a new process are its slowest. */
import { preview } from "./preview";

const REQUESTS = 20;
const PATIENCE_MS = 2_000;

/** Sends them to the version that nobody else has yet; what comes back is not looked at. */
export async function warmUp(proxy: string, cookie: string): Promise<void> {
  const ask = () => preview(proxy, cookie, PATIENCE_MS).catch(() => undefined);
  await Promise.all(Array.from({ length: REQUESTS }, ask));
}
