/** Rules of AppConfig's multi-variant flags, as its guide describes them: `(and (eq $country "DE") (split by::$userId pct::5))`. */

/** What the caller says of the person, from the header `Context`. */
export type Context = Readonly<Record<string, string>>;

type Value = string | boolean | readonly string[];

const TOKEN = /[\s,]*([()[\]]|"(?:[^"\\]|\\.)*"|[^\s,()[\]"]+(?:"(?:[^"\\]|\\.)*")?)/y;
const PERCENT = 100;
/** FNV-1a, 32 bits: an emulator's choice; AWS says only that a person stays where they were when the share grows. */
const FNV = { offset: 0x811c9dc5, prime: 0x01000193 };
/** Parts of a percent that the hash distinguishes. */
const STEPS = 10_000;

function tokensOf(rule: string): readonly string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < rule.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const found = TOKEN.exec(rule);
    if (found === null) throw new Error(`rule ${rule}: nothing can be read at ${at}`);
    tokens.push(found[1] ?? "");
  }
  return tokens;
}

function hashOf(text: string): number {
  let hash = FNV.offset;
  for (const byte of Buffer.from(text)) hash = Math.imul(hash ^ byte, FNV.prime) >>> 0;
  // Avalanche: the low digits of FNV alone follow the last letter.
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b) >>> 0;
  return (hash ^ (hash >>> 16)) >>> 0;
}

const truth = (value: Value): boolean => value === true;

/** One call: its name and its arguments, some of them `key::value`. */
function called(name: string, args: readonly Value[], named: Readonly<Record<string, Value>>): boolean {
  const [first = "", second = ""] = args;
  switch (name) {
    case "eq":
      return first === second;
    case "in":
      return Array.isArray(second) && second.includes(first);
    case "contains":
      return String(first).includes(String(second));
    case "and":
      return args.every(truth);
    case "or":
      return args.some(truth);
    case "not":
      return !truth(first);
    case "split": {
      const by = named["by"];
      if (by === undefined || by === "") return false;
      const bucket = hashOf(`${String(by)}${String(named["seed"] ?? "")}`) % STEPS;
      return bucket < (Number(named["pct"]) / PERCENT) * STEPS;
    }
    default:
      throw new Error(`the operator ${name} is not one of eq, in, contains, and, or, not, split`);
  }
}

class Reader {
  private at = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly context: Context,
  ) {}

  value(): Value {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error("the rule ends too early");
    if (token === "[") return this.list();
    return token === "(" ? this.call() : this.plain(token);
  }

  private list(): readonly string[] {
    const items: string[] = [];
    while (this.tokens[this.at] !== "]") {
      const item = this.value();
      if (typeof item !== "string") throw new Error("a list has texts only");
      items.push(item);
    }
    this.at++;
    return items;
  }

  private plain(token: string): string {
    if (token.startsWith("$")) return this.context[token.slice(1)] ?? "";
    return token.startsWith('"') ? (JSON.parse(token) as string) : token;
  }

  private call(): Value {
    const name = this.tokens[this.at++] ?? "";
    const args: Value[] = [];
    const named: Record<string, Value> = {};
    while (this.tokens[this.at] !== ")") {
      const pair = /^(\w+)::(.+)$/.exec(this.tokens[this.at] ?? "");
      if (pair === null) args.push(this.value());
      else {
        this.at++;
        named[pair[1] ?? ""] = this.plain(pair[2] ?? "");
      }
    }
    this.at++;
    return called(name, args, named);
  }
}

/** Whether the rule holds for this person. @throws Error for a rule that is none. */
export function holds(rule: string, context: Context): boolean {
  return truth(new Reader(tokensOf(rule), context).value());
}
