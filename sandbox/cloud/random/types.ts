/** The types of the random package: what each takes, gives, refuses and how it is drawn. */
import type { PropertyMap } from "../../property/values";
import { asUuid } from "../account/hash-hex";
import type { CheckFailure, CreateResult } from "../../protocol/provider";
import type { Draw } from "./draw";

/** One type. */
export interface RandomType {
  /** The input without which nothing can be drawn. */
  readonly required?: string;
  readonly defaults?: PropertyMap;
  /** Outputs beside the inputs: unknown in a preview. */
  readonly outputs: readonly string[];
  validate?(inputs: PropertyMap): CheckFailure[];
  make(draw: Draw, inputs: PropertyMap): CreateResult;
}

const ADVERBS = ["boldly", "calmly", "fairly", "gladly", "keenly", "mildly", "quietly", "wisely"];
const ADJECTIVES = ["amber", "brave", "eager", "gentle", "modest", "proud", "sunny", "vivid"];
const ANIMALS = ["badger", "crane", "falcon", "heron", "lynx", "marten", "otter", "wren"];

/** Classes of characters: the input that allows one, the input with its least number. */
const CLASSES = [
  { allowed: "lower", least: "minLower", characters: "abcdefghijklmnopqrstuvwxyz" },
  { allowed: "upper", least: "minUpper", characters: "ABCDEFGHIJKLMNOPQRSTUVWXYZ" },
  { allowed: "numeric", least: "minNumeric", characters: "0123456789" },
  { allowed: "special", least: "minSpecial", characters: "!@#$%&*()-_=+[]{}<>:?" },
];

/** What strings and passwords have in common. */
const TEXT = {
  required: "length",
  // prettier-ignore
  defaults: {
    lower: true, upper: true, numeric: true, number: true, special: true,
    minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0,
  },
  validate(inputs: PropertyMap): CheckFailure[] {
    const failures: CheckFailure[] = [];
    if (CLASSES.every(({ allowed }) => inputs[allowed] === false))
      failures.push({ property: "lower", reason: "one of lower, upper, numeric and special must be true" });
    const least = CLASSES.reduce((sum, { least }) => sum + Number(inputs[least]), 0) || 1;
    const reason = `got ${inputs.length}, want at least ${least} (1, or the sum of the min settings)`;
    return Number(inputs.length) < least ? [...failures, { property: "length", reason }] : failures;
  },
};

function shuffled(draw: Draw, items: readonly string[]): string[] {
  const placed = items.map((item): [number, string] => [draw.below(Number.MAX_SAFE_INTEGER), item]);
  return placed.sort(([left], [right]) => left - right).map(([, item]) => item);
}

/** A string or password: each class's least number first, the rest from all allowed classes, then shuffled. */
function text(draw: Draw, inputs: PropertyMap): string {
  const allowed = CLASSES.filter(({ allowed }) => inputs[allowed] !== false).map(({ least, characters }) => ({
    least: Number(inputs[least]),
    characters: least === "minSpecial" ? String(inputs.overrideSpecial ?? characters) : characters,
  }));
  const drawn = allowed.flatMap(({ least, characters }) => Array.from({ length: least }, () => draw.pick(characters)));
  const all = allowed.map(({ characters }) => characters).join("");
  while (drawn.length < Number(inputs.length)) drawn.push(draw.pick(all));
  return shuffled(draw, drawn).join("");
}

/** An animal, an adjective before it, adverbs before both. */
function pet(draw: Draw, { length, prefix, separator }: PropertyMap): string {
  const adverbs = Array.from({ length: Math.max(0, Number(length) - 2) }, () => draw.pick(ADVERBS));
  const words = [...adverbs, draw.pick(ADJECTIVES), draw.pick(ANIMALS)].slice(-Number(length));
  return [...(prefix === undefined ? [] : [prefix]), ...words].join(String(separator));
}

/** A version 4 UUID. */
function uuid(draw: Draw): string {
  return asUuid(
    draw
      .bytes(16)
      .toString("hex")
      .replace(/^(.{12}).(.{3})./, `$14$2${draw.pick("89ab")}`),
  );
}

const resultAsId = (result: string): CreateResult => ({ id: result, outputs: { result } });

/** Types by the last part of their token. Ids and outputs: pulumi-random provider/resources.go and the SDK's classes. */
export const RANDOM_TYPES: Readonly<Record<string, RandomType>> = {
  RandomId: {
    required: "byteLength",
    outputs: ["b64Std", "b64Url", "dec", "hex"],
    make(draw, { byteLength, prefix = "" }) {
      const bytes = draw.bytes(Number(byteLength));
      const [hex, id] = [bytes.toString("hex"), bytes.toString("base64url")];
      const spelled = { b64Std: bytes.toString("base64"), b64Url: id, dec: BigInt(`0x${hex}`), hex };
      const outputs = Object.entries(spelled).map(([key, value]) => [key, `${prefix}${value}`]);
      return { id, outputs: Object.fromEntries(outputs) };
    },
  },
  RandomString: { ...TEXT, outputs: ["result"], make: (draw, inputs) => resultAsId(text(draw, inputs)) },
  RandomPassword: {
    ...TEXT,
    outputs: ["result", "bcryptHash"],
    make(draw, inputs) {
      // Shaped like a bcrypt hash of cost 10, but no hash of the password: nothing may verify against it.
      const tail = draw.bytes(40).toString("base64").replace(/\+/g, ".").slice(0, 53);
      return { id: "none", outputs: { result: text(draw, inputs), bcryptHash: `$2a$10$${tail}` } };
    },
  },
  RandomPet: {
    defaults: { length: 2, separator: "-" },
    outputs: [],
    make: (draw, inputs) => ({ id: pet(draw, inputs), outputs: {} }),
  },
  RandomUuid: { outputs: ["result"], make: (draw) => resultAsId(uuid(draw)) },
};
