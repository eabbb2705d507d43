/** The simulated random package, as @pulumi/random 4.21: values live in state only and every generating input forces a new one. */
import { NO_DIFF, diffInputs } from "../../property/diff";
import { classOf } from "../../property/urn";
import { UNKNOWN, hasUnknown, type PropertyMap, type Value } from "../../property/values";
import { CloudError, type Provider, type ProviderPackage } from "../../protocol/provider";
import { Draw } from "./draw";
import { RANDOM_TYPES, type RandomType } from "./types";

/** The random package: it needs no account, and has nothing to configure. */
export function randomPackage(): ProviderPackage {
  return {
    name: "random",
    knows: (type) => entryOf(type) !== undefined,
    checkConfig: (news) => ({ inputs: news, failures: [] }),
    diffConfig: () => NO_DIFF,
    configure: () => randomProvider,
  };
}

const entryOf = (token: string): RandomType | undefined => RANDOM_TYPES[classOf(token)];

function typeOf(token: string): RandomType {
  const type = entryOf(token);
  if (type !== undefined) return type;
  throw new CloudError("UnknownType", `${token} is not simulated; it has ${Object.keys(RANDOM_TYPES).join(", ")}`);
}

const randomProvider: Provider = {
  check({ type }, _olds, news) {
    const { required = "", defaults, validate } = typeOf(type);
    // `number` is the old name of `numeric`.
    const numeric: PropertyMap = news.number === undefined ? {} : { numeric: news.number };
    const inputs = { ...defaults, ...numeric, ...news };
    if (required !== "" && news[required] === undefined)
      return { inputs, failures: [{ property: required, reason: "is required and missing" }] };
    return { inputs, failures: hasUnknown(news) ? [] : (validate?.(inputs) ?? []) };
  },
  diff: (_identity, old, news) => diffInputs(old.inputs, news, () => true),
  create({ type, urn, generation }, inputs, preview) {
    const { outputs, make } = typeOf(type);
    const unknown = outputs.map((name): [string, Value] => [name, UNKNOWN]);
    const result = preview
      ? { id: "", outputs: Object.fromEntries(unknown) }
      : make(new Draw(urn, inputs, generation), inputs);
    return { id: result.id, outputs: { ...inputs, ...result.outputs } };
  },
  read: (_identity, id, known) => ({ id, ...known }),
  update: (_identity, old, news) => ({ outputs: { ...old.outputs, ...news } }),
  delete: () => undefined,
  invoke(token) {
    throw new CloudError("UnknownFunction", `the random package has no functions; got ${token}`);
  },
};
