/** Rules from the entries of types: the pattern of a name, and that it is unique. */
import { AWS_TYPES, type Naming, type Unique } from "../object/entry";
import type { ResourceContext } from "../object/resource-context";
import { ruleOf, messageFor, type ValidationRule } from "./rule";

function misnamed(
  ctx: ResourceContext,
  { property = "name", min = 1, max, pattern, message }: Naming,
): string | undefined {
  if (ctx.inputs[property] === undefined) return undefined;
  const name = ctx.text(property);
  const fits = name.length >= min && name.length <= max && new RegExp(pattern).test(name);
  return fits ? undefined : messageFor(ctx, message, { name, max });
}

function taken(ctx: ResourceContext, { by, message }: Unique): string | undefined {
  if (by.every((property) => ctx.inputs[property] === undefined)) return undefined;
  const keyOf = (inputs: ResourceContext["inputs"]): string =>
    JSON.stringify(by.map((property) => inputs[property] ?? null));
  return ctx.peers().some(({ inputs }) => keyOf(inputs) === keyOf(ctx.inputs)) ? messageFor(ctx, message) : undefined;
}

/** One rule for each type whose entry has `naming`. */
export function namingRules(): ValidationRule[] {
  return Object.entries(AWS_TYPES).flatMap(([type, { naming }]) =>
    naming === undefined ? [] : ruleOf("naming", type, naming, (ctx) => misnamed(ctx, naming)),
  );
}

/** One rule for each type whose entry has `unique`. */
export function takenRules(): ValidationRule[] {
  return Object.entries(AWS_TYPES).flatMap(([type, { unique }]) =>
    unique === undefined ? [] : ruleOf("unique", type, unique, (ctx) => taken(ctx, unique), ["create"]),
  );
}
