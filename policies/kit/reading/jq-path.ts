/** Paths that a jq expression may reach, as far as it is made of paths; anything else counts as reaching everything. */

/** One step of a path: a member, an index of a list, or every member or item. */
export type Step =
  { readonly key: string } | { readonly index: true } | { readonly every: true; readonly picked?: true };

/** A path from the object down. */
export type JqPath = readonly Step[];

/** Every path that the expression names; undefined when it is no list of paths. */
export function jqPaths(expression: string): readonly JqPath[] | undefined {
  const reader = new Reader(expression);
  try {
    const paths = reader.pipe([[]]);
    return reader.done() ? paths : undefined;
  } catch (error) {
    if (error instanceof UnreadableJq) return undefined;
    throw error;
  }
}

class UnreadableJq extends Error {}

const word = /[A-Za-z_][A-Za-z0-9_]*/y;
const text = /"((?:[^"\\]|\\.)*)"/y;
const number = /-?\d+/y;

/** Reads `a, b`, `a | b`, `.a["b"][0][]?`, `(…)`, `select(…)` and `first(…)`. */
class Reader {
  private at = 0;

  constructor(private readonly source: string) {}

  done(): boolean {
    this.blanks();
    return this.at === this.source.length;
  }

  /** Paths of `a | b`, from the path of the input. */
  pipe(from: readonly JqPath[]): readonly JqPath[] {
    let paths = this.comma(from);
    while (this.take("|")) paths = this.comma(paths);
    return paths;
  }

  private comma(from: readonly JqPath[]): readonly JqPath[] {
    const paths = [...this.term(from)];
    while (this.take(",")) paths.push(...this.term(from));
    return paths;
  }

  private term(from: readonly JqPath[]): readonly JqPath[] {
    this.blanks();
    if (this.take("(")) {
      const inner = this.pipe(from);
      this.need(")");
      return this.suffixes(inner);
    }
    const name = this.match(word);
    if (name !== undefined) return this.call(name[0], from);
    if (this.source.startsWith("..", this.at) || !this.take(".")) throw new UnreadableJq();
    const key = this.match(word)?.[0] ?? this.match(text)?.[1];
    return this.suffixes(key === undefined ? from : extended(from, { key }));
  }

  /** `select` passes its input on; the comparison in it decides which of it. */
  private call(name: string, from: readonly JqPath[]): readonly JqPath[] {
    if (name !== "select" && name !== "first") throw new UnreadableJq();
    this.need("(");
    if (name === "first") {
      const inner = this.pipe(from);
      this.need(")");
      return inner;
    }
    const condition = this.argument();
    if (!/==|\b(test|startswith|endswith|contains|inside|any|IN)\b/.test(condition)) return from;
    return from.map((path) =>
      path.map((step, index) => ("every" in step && index === path.length - 1 ? { ...step, picked: true } : step)),
    );
  }

  /** The argument of a call. */
  private argument(): string {
    const start = this.at;
    for (let depth = 1; depth > 0;) {
      if (this.match(text) !== undefined) continue;
      const sign = this.source[this.at++];
      if (sign === undefined) throw new UnreadableJq();
      if (sign === "(") depth++;
      if (sign === ")") depth--;
    }
    return this.source.slice(start, this.at - 1);
  }

  private suffixes(from: readonly JqPath[]): readonly JqPath[] {
    let paths = from;
    for (;;) {
      if (this.takeAtOnce("?")) continue;
      if (this.takeAtOnce("[")) paths = this.brackets(paths);
      else if (/^\.(?=[A-Za-z_"[])/.test(this.source.slice(this.at))) {
        this.at++;
        const key = this.match(word)?.[0] ?? this.match(text)?.[1];
        if (key !== undefined) paths = extended(paths, { key });
      } else return paths;
    }
  }

  private brackets(from: readonly JqPath[]): readonly JqPath[] {
    if (this.take("]")) return extended(from, { every: true });
    const steps: Step[] = [];
    do {
      this.blanks();
      const key = this.match(text)?.[1];
      if (key !== undefined) steps.push({ key });
      else if (this.match(number) !== undefined) steps.push({ index: true });
      else throw new UnreadableJq();
    } while (this.take(","));
    const slice = this.take(":");
    if (slice) this.match(number);
    this.need("]");
    return slice ? extended(from, { every: true }) : steps.flatMap((step) => extended(from, step));
  }

  private match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.source) ?? undefined;
    if (found !== undefined) this.at = pattern.lastIndex;
    return found;
  }

  private blanks(): void {
    while (/\s/.test(this.source[this.at] ?? "")) this.at++;
  }

  private take(sign: string): boolean {
    this.blanks();
    return this.takeAtOnce(sign);
  }

  private takeAtOnce(sign: string): boolean {
    if (this.source[this.at] !== sign) return false;
    this.at++;
    return true;
  }

  private need(sign: string): void {
    if (!this.take(sign)) throw new UnreadableJq();
  }
}

function extended(paths: readonly JqPath[], step: Step): readonly JqPath[] {
  return paths.map((path) => [...path, step]);
}
