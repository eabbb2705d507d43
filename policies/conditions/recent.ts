/** What was made last, by its text: rules read the same few texts for each resource that names them. */

/** Keeps what was made; what was used longest ago goes first. */
export class Recent<Value> {
  private readonly kept = new Map<string, Value>();

  /** @param most how many are kept. */
  constructor(private readonly most: number) {}

  /** What was made for the text, or what `make` makes of it now. @throws what `make` throws, and keeps nothing then. */
  get(text: string, make: () => Value): Value {
    const value = this.kept.get(text) ?? make();
    this.kept.delete(text);
    this.kept.set(text, value);
    for (const oldest of this.kept.keys()) {
      if (this.kept.size <= this.most) break;
      this.kept.delete(oldest);
    }
    return value;
  }
}
