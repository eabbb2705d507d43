/** The values of the random package: drawn from a hash of the resource and its inputs, so that runs repeat and resources differ. */
import { createHash } from "node:crypto";
import type { PropertyMap, Value } from "../../values/values";

const CLASSES = {
  lower: "abcdefghijklmnopqrstuvwxyz",
  upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  numeric: "0123456789",
  special: "!@#$%&*()-_=+[]{}<>:?",
};
const MINIMA = { lower: "minLower", upper: "minUpper", numeric: "minNumeric", special: "minSpecial" } as const;

const ADVERBS = ["boldly", "calmly", "fairly", "gladly", "keenly", "mildly", "quietly", "wisely"];
const ADJECTIVES = ["amber", "brave", "eager", "gentle", "modest", "proud", "sunny", "vivid"];
const ANIMALS = ["badger", "crane", "falcon", "heron", "lynx", "marten", "otter", "wren"];

/** An endless, repeatable source of bytes. */
export class Draw {
  private block = Buffer.alloc(0);
  private counter = 0;

  /**
   * @param urn what makes this resource different from others.
   * @param inputs what makes a replacement of it different from the old one.
   */
  constructor(
    private readonly urn: string,
    private readonly inputs: PropertyMap,
  ) {}

  /** The next bytes. */
  bytes(count: number): Buffer {
    while (this.block.length < count) {
      const hash = createHash("sha256").update(`${this.urn}\n${JSON.stringify(this.inputs)}\n${this.counter++}`);
      this.block = Buffer.concat([this.block, hash.digest()]);
    }
    const taken = this.block.subarray(0, count);
    this.block = this.block.subarray(count);
    return taken;
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

/** A string or password: each class's minimum first, the rest from all enabled classes, then shuffled. */
export function text(draw: Draw, inputs: PropertyMap): string {
  const alphabets = { ...CLASSES, special: String(inputs.overrideSpecial ?? CLASSES.special) };
  const enabled = (Object.keys(CLASSES) as (keyof typeof CLASSES)[]).filter((name) => inputs[name] !== false);
  const all = enabled.map((name) => alphabets[name]).join("");
  const characters = enabled.flatMap((name) =>
    Array.from({ length: Number(inputs[MINIMA[name]] ?? 0) }, () => draw.pick(alphabets[name])),
  );
  while (characters.length < Number(inputs.length)) characters.push(draw.pick(all));
  for (let last = characters.length - 1; last > 0; last--) {
    const other = draw.below(last + 1);
    [characters[last], characters[other]] = [characters[other] as string, characters[last] as string];
  }
  return characters.join("");
}

/** A pet name of `length` words: an animal, an adjective before it, adverbs before both. */
export function pet(draw: Draw, inputs: PropertyMap): string {
  const length = Number(inputs.length);
  const words = Array.from({ length }, (_, index) =>
    draw.pick(index === length - 1 ? ANIMALS : index === length - 2 ? ADJECTIVES : ADVERBS),
  );
  return [...(typeof inputs.prefix === "string" ? [inputs.prefix] : []), ...words].join(String(inputs.separator));
}

/** A version 4 UUID. */
export function uuid(draw: Draw): string {
  const hex = draw.bytes(16).toString("hex");
  const variant = "89ab"[draw.below(4)] ?? "8";
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, variant + hex.slice(17, 20), hex.slice(20)].join(
    "-",
  );
}

/** Shaped like a bcrypt hash of cost 10, but no hash of the password: nothing may verify against it. */
export function bcryptShape(draw: Draw): string {
  const tail = draw.bytes(40).toString("base64").replace(/\+/g, ".").slice(0, 53);
  return `$2a$10$${tail}`;
}

/** The four spellings of a random id. */
export function spellings(
  bytes: Buffer,
  prefix: Value | undefined,
): Record<"b64Std" | "b64Url" | "dec" | "hex", string> {
  const before = typeof prefix === "string" ? prefix : "";
  const hex = bytes.toString("hex");
  return {
    b64Std: before + bytes.toString("base64"),
    b64Url: before + bytes.toString("base64url"),
    dec: before + (hex === "" ? "0" : BigInt(`0x${hex}`).toString()),
    hex: before + hex,
  };
}
