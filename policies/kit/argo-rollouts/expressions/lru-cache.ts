/** Cache of the values used last, by text: rules parse the same few texts for each resource that names them. */

/** A cache without the values that were used longest ago. */
export class LruCache<Value> {
  private readonly values = new Map<string, Value>();

  /** @param most number of cached values. */
  constructor(private readonly most: number) {}

  /** Empties the cache. */
  clear(): void {
    this.values.clear();
  }

  /** The cached value for the text, else that of `make`. @throws the error of `make`, which is not cached. */
  get(text: string, make: () => Value): Value {
    const value = this.values.get(text) ?? make();
    this.values.delete(text);
    this.values.set(text, value);
    for (const oldest of this.values.keys()) {
      if (this.values.size <= this.most) break;
      this.values.delete(oldest);
    }
    return value;
  }
}
