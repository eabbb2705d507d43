/** Whether Redis responds, through the client that the service uses: it fails at once while it is not connected. */
import type { Redis } from "ioredis";
import type { Dependency } from "./checks";

/** The check of one Redis. */
export class RedisCheck implements Dependency {
  constructor(private readonly redis: Redis) {}

  async check(): Promise<void> {
    await this.redis.ping();
  }

  async end(): Promise<void> {
    return Promise.resolve();
  }
}
