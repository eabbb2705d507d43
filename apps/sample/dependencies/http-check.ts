/** Whether an HTTP API returns a status below 500. */
import { sampleLimits } from "../limits/sample";
import type { Dependency } from "./checks";

const SERVER_ERROR = 500;

/** The check of one address. */
export class HttpCheck implements Dependency {
  constructor(private readonly url: string) {}

  async check(): Promise<void> {
    const answer = await fetch(this.url, { signal: AbortSignal.timeout(sampleLimits.checkTimeout.value) });
    await answer.arrayBuffer();
    if (answer.status >= SERVER_ERROR) throw new Error(`it answers ${answer.status}`);
  }

  async end(): Promise<void> {
    return Promise.resolve();
  }
}
