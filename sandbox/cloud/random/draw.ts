/** Repeatable chance: bytes drawn from a hash of the resource and its inputs, so that runs repeat and resources differ. */
import { createHash } from "node:crypto";
import type { PropertyMap } from "../../property/values";

/** An endless source of bytes. */
export class Draw {
  private readonly seed: string;
  private counter = 0;

  /**
   * @param urn what makes this resource different from others.
   * @param inputs what makes a resource with other inputs different.
   * @param generation what makes an object different from the ones before it, whose inputs may have been the same.
   */
  constructor(urn: string, inputs: PropertyMap, generation = 0) {
    this.seed = `${urn}${generation === 0 ? "" : `#${generation}`}\n${JSON.stringify(inputs)}`;
  }

  /** The next bytes. */
  bytes(count: number): Buffer {
    return createHash("shake256", { outputLength: count }).update(`${this.seed}\n${this.counter++}`).digest();
  }

  /** A whole number below `limit`. */
  below(limit: number): number {
    return this.bytes(6).readUIntBE(0, 6) % limit;
  }

  /** One of the characters or items. */
  pick<T>(items: ArrayLike<T>): T {
    return items[this.below(items.length)] as T;
  }
}
