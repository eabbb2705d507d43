/** What AppConfig holds against feature flags and their deployments. */
import { isObject, parseJson, type PropertyMap, type Value } from "../../../property/values";
import { runningDeployment } from "../object/deployments";
import type { ResourceContext } from "../object/resource-context";
import type { Check } from "./rule";

const PROFILE = "aws:appconfig/configurationProfile:ConfigurationProfile";
const VERSION = "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion";
/** The guide's bound of AppConfig's own store. */
const MAX_BYTES = 1_048_576;
const MAX_ATTRIBUTES = 25;
const KEY = /^[a-z][a-zA-Z\d_-]{0,63}$/;
const ATTRIBUTE_TYPES = ["string", "number", "boolean", "array"];

const objectAt = (value: Value | undefined): PropertyMap => (isObject(value) ? value : {});

function* unknownKeys(value: PropertyMap, known: readonly string[], where: string): Iterable<string> {
  const other = Object.keys(value).find((key) => !known.includes(key));
  if (other !== undefined) yield `${where} has no property ${other}`;
}

function* definitionProblems(name: string, definition: PropertyMap): Iterable<string> {
  const own = ["name", "description", "_createdAt", "_updatedAt", "_deprecation", "attributes"];
  yield* unknownKeys(definition, own, `flag ${name}`);
  const attributes = objectAt(definition.attributes);
  if (Object.keys(attributes).length > MAX_ATTRIBUTES) yield `flag ${name} has more than ${MAX_ATTRIBUTES} attributes`;
  for (const [attribute, row] of Object.entries(attributes)) {
    const type = objectAt(objectAt(row).constraints).type;
    if (!KEY.test(attribute) || attribute === "enabled") yield `flag ${name} cannot have an attribute ${attribute}`;
    if (type !== undefined && !ATTRIBUTE_TYPES.includes(String(type)))
      yield `attribute ${attribute} of flag ${name} has no type ${String(type)}`;
  }
}

/** Attributes against what the definition demands of them. */
function* attributeProblems(name: string, definition: PropertyMap, values: PropertyMap): Iterable<string> {
  const attributes = objectAt(definition.attributes);
  for (const [attribute, row] of Object.entries(attributes)) {
    const { required, pattern } = objectAt(objectAt(row).constraints);
    const value = values[attribute];
    if (required === true && value === undefined) yield `flag ${name} lacks its attribute ${attribute}`;
    if (typeof pattern === "string" && typeof value === "string" && !new RegExp(pattern).test(value))
      yield `attribute ${attribute} of flag ${name} does not match its pattern`;
  }
  const other = Object.keys(values).find((key) => attributes[key] === undefined);
  if (other !== undefined) yield `flag ${name} has no attribute ${other}`;
}

function* variantProblems(name: string, definition: PropertyMap, variants: readonly Value[]): Iterable<string> {
  for (const [index, each] of variants.entries()) {
    const variant = objectAt(each);
    if (typeof variant.enabled !== "boolean" || typeof variant.name !== "string")
      yield `a variant of flag ${name} lacks enabled or name`;
    const isLast = index === variants.length - 1;
    if (isLast !== (variant.rule === undefined)) yield `the default variant of flag ${name} is last, and has no rule`;
    yield* attributeProblems(name, definition, objectAt(variant.attributeValues));
  }
}

function* valueProblems(name: string, definition: PropertyMap | undefined, value: PropertyMap): Iterable<string> {
  if (definition === undefined) return yield `there is no flag ${name}`;
  const { enabled, _variants: variants, _createdAt, _updatedAt, ...attributes } = value;
  if (Array.isArray(variants)) return yield* variantProblems(name, definition, variants);
  if (typeof enabled !== "boolean") yield `flag ${name} lacks enabled`;
  return yield* attributeProblems(name, definition, attributes);
}

function* documentProblems(document: Value | undefined): Iterable<string> {
  if (!isObject(document)) return yield "it is no JSON object";
  yield* unknownKeys(document, ["version", "flags", "values"], "it");
  if (document.version !== "1") yield 'version is not "1"';
  const flags = objectAt(document.flags);
  for (const [name, definition] of Object.entries(flags)) {
    if (!KEY.test(name)) yield `a flag cannot be called ${name}`;
    yield* definitionProblems(name, objectAt(definition));
  }
  for (const [name, value] of Object.entries(objectAt(document.values)))
    yield* valueProblems(name, isObject(flags[name]) ? flags[name] : undefined, objectAt(value));
  return undefined;
}

function isOfFlags(ctx: ResourceContext): boolean {
  const id = ctx.text("configurationProfileId");
  const profile = ctx.near(PROFILE).find(({ outputs }) => outputs.configurationProfileId === id);
  return profile?.inputs.type === "AWS.AppConfig.FeatureFlags";
}

/** Checks of rules.yaml, by name. */
export const FLAG_CHECKS: Readonly<Record<string, Check>> = {
  flagsTooLarge: (ctx) => Buffer.byteLength(ctx.text("content")) > MAX_BYTES && { max: MAX_BYTES },
  flagsAgainstSchema(ctx) {
    if (!isOfFlags(ctx)) return undefined;
    const [problem] = documentProblems(parseJson(ctx.text("content")));
    return problem !== undefined && { problem };
  },
  noSuchVersion(ctx) {
    const versions = ctx.near(VERSION).filter(({ inputs, outputs }) => {
      const isOfProfile = inputs.configurationProfileId === ctx.text("configurationProfileId");
      const names = [String(outputs.versionNumber), inputs.versionLabel];
      return isOfProfile && names.includes(ctx.text("configurationVersion"));
    });
    return versions.length === 0;
  },
  oneDeployment(ctx) {
    const running = runningDeployment(ctx);
    return running !== undefined && { running };
  },
};
