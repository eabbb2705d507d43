/** The simulated random package, as @pulumi/random 4.21: values live in state only and every generating input forces a new one. */
import { UNKNOWN, hasUnknown, type PropertyMap, type Value } from "../../values/values";
import { NO_DIFF, diffInputs } from "../../values/diff";
import type { Account } from "../account";
import { CloudError, type CheckFailure, type Made, type Provider, type ProviderPackage } from "../provider";
import { Draw, bcryptShape, pet, spellings, text, uuid } from "./generate";

/** What one type takes, gives and refuses. */
interface RandomType {
  readonly required: readonly string[];
  readonly defaults: PropertyMap;
  readonly outputs: readonly string[];
  refuse?(inputs: PropertyMap): CheckFailure[];
  make(draw: Draw, inputs: PropertyMap): Made;
}

const TEXT_DEFAULTS = {
  lower: true, upper: true, numeric: true, number: true, special: true,
  minLower: 0, minUpper: 0, minNumeric: 0, minSpecial: 0,
}; // prettier-ignore

/** Types by the last part of their token. Ids and outputs: pulumi-random provider/resources.go and the SDK's classes. */
const TYPES: Readonly<Record<string, RandomType>> = {
  RandomId: {
    required: ["byteLength"],
    defaults: {},
    outputs: ["b64Std", "b64Url", "dec", "hex"],
    make(draw, inputs) {
      const bytes = draw.bytes(Number(inputs.byteLength));
      return { id: bytes.toString("base64url"), outputs: spellings(bytes, inputs.prefix) };
    },
  },
  RandomString: textType(["result"], (draw, inputs) => {
    const result = text(draw, inputs);
    return { id: result, outputs: { result } };
  }),
  RandomPassword: textType(["result", "bcryptHash"], (draw, inputs) => {
    const result = text(draw, inputs);
    return { id: "none", outputs: { result, bcryptHash: bcryptShape(draw) } };
  }),
  RandomPet: {
    required: [],
    defaults: { length: 2, separator: "-" },
    outputs: [],
    make: (draw, inputs) => ({ id: pet(draw, inputs), outputs: {} }),
  },
  RandomUuid: {
    required: [],
    defaults: {},
    outputs: ["result"],
    make(draw) {
      const result = uuid(draw);
      return { id: result, outputs: { result } };
    },
  },
};

function textType(outputs: readonly string[], make: RandomType["make"]): RandomType {
  return { required: ["length"], defaults: TEXT_DEFAULTS, outputs, refuse: refuseText, make };
}

function refuseText(inputs: PropertyMap): CheckFailure[] {
  const classes = ["lower", "upper", "numeric", "special"].filter((name) => inputs[name] !== false);
  const minima = ["minLower", "minUpper", "minNumeric", "minSpecial"].reduce(
    (sum, name) => sum + Number(inputs[name] ?? 0),
    0,
  );
  const failures: CheckFailure[] = [];
  if (classes.length === 0)
    failures.push({ property: "lower", reason: "one of lower, upper, numeric and special must be true" });
  if (Number(inputs.length) < Math.max(1, minima)) {
    failures.push({
      property: "length",
      reason: `got ${inputs.length}, want at least ${Math.max(1, minima)} (1, or the sum of the min settings)`,
    });
  }
  return failures;
}

function typeOf(token: string): RandomType {
  const type = TYPES[token.split(":").pop() ?? ""];
  if (type === undefined)
    throw new CloudError("UnknownType", `${token} is not simulated; it has ${Object.keys(TYPES).join(", ")}`);
  return type;
}

/** The random package. The account is taken so that all packages are made alike: random values live in state only. */
export const randomPackage: (account: Account) => ProviderPackage = () => ({
  name: "random",
  checkConfig: (news) => ({ inputs: news, failures: [] }),
  diffConfig: () => NO_DIFF,
  configure: () => randomProvider,
});

const randomProvider: Provider = {
  check({ type }, _olds, news) {
    const { required, defaults, refuse } = typeOf(type);
    const aliased: PropertyMap =
      news.number !== undefined && news.numeric === undefined ? { numeric: news.number } : {};
    const inputs: PropertyMap = { ...defaults, ...news, ...aliased };
    const failures = required
      .filter((name) => news[name] === undefined)
      .map((property) => ({ property, reason: "is required and missing" }));
    return { inputs, failures: failures.length > 0 || hasUnknown(news) ? failures : (refuse?.(inputs) ?? []) };
  },
  diff: (_subject, old, news) => diffInputs(old.inputs, news, () => true),
  create({ type, urn }, inputs, preview) {
    const { outputs, make } = typeOf(type);
    if (preview)
      return {
        id: "",
        outputs: { ...inputs, ...Object.fromEntries(outputs.map((name): [string, Value] => [name, UNKNOWN])) },
      };
    const made = make(new Draw(urn, inputs), inputs);
    return { id: made.id, outputs: { ...inputs, ...made.outputs } };
  },
  read: (_subject, id, known) => ({ id, ...known }),
  update: (_subject, old, news) => ({ outputs: { ...old.outputs, ...news } }),
  delete: () => undefined,
  invoke(token) {
    throw new CloudError("UnknownFunction", `the random package has no functions; got ${token}`);
  },
};
