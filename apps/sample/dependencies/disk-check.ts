/** Whether there is room on the disk. */
import { statfsSync } from "node:fs";
import { sampleLimits } from "../limits/sample";
import type { Dependency } from "./checks";

/** The check of one folder's disk. */
export class DiskCheck implements Dependency {
  constructor(private readonly folder: string) {}

  async check(): Promise<void> {
    // At once: read through Node's thread pool it took 8.5 s while eight password hashes kept the threads.
    const { bavail, bsize } = statfsSync(this.folder);
    const free = bavail * bsize;
    const least = sampleLimits.diskLeast.value;
    if (free < least) throw new Error(`${free} bytes are free, and ${least} are needed`);
    return Promise.resolve();
  }

  async end(): Promise<void> {
    return Promise.resolve();
  }
}
