/** Rows from the entries of types: what a name may look like, and that nobody else has it. */
import { AWS_TYPES, type Naming, type Unique } from "../object/entry";
import type { ResourceContext } from "../object/resource-context";
import { rowOf, sentence, type ValidationRow } from "./row";

function misnamed(
  ctx: ResourceContext,
  { property = "name", min = 1, max, pattern, message }: Naming,
): string | undefined {
  if (ctx.inputs[property] === undefined) return undefined;
  const name = ctx.text(property);
  const fits = name.length >= min && name.length <= max && new RegExp(pattern).test(name);
  return fits ? undefined : sentence(ctx, message, { name, max });
}

function taken(ctx: ResourceContext, { by, message }: Unique): string | undefined {
  if (by.every((property) => ctx.inputs[property] === undefined)) return undefined;
  const keyOf = (inputs: ResourceContext["inputs"]): string =>
    JSON.stringify(by.map((property) => inputs[property] ?? null));
  return ctx.peers().some(({ inputs }) => keyOf(inputs) === keyOf(ctx.inputs)) ? sentence(ctx, message) : undefined;
}

/** One row for each type whose entry says `naming`. */
export function namingRows(): ValidationRow[] {
  return Object.entries(AWS_TYPES).flatMap(([type, { naming }]) =>
    naming === undefined ? [] : rowOf("naming", type, naming, (ctx) => misnamed(ctx, naming)),
  );
}

/** One row for each type whose entry says `unique`. */
export function takenRows(): ValidationRow[] {
  return Object.entries(AWS_TYPES).flatMap(([type, { unique }]) =>
    unique === undefined ? [] : rowOf("unique", type, unique, (ctx) => taken(ctx, unique), ["create"]),
  );
}
