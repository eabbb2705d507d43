/** Rows from the entries of types: what a name may look like, and that nobody else has it. */
import { AWS_TYPES, type AwsType } from "../aws/entry";
import type { Making } from "../aws/making";
import { sentence, WRITES, type Refusal } from "./row";

function misnamed(
  made: Making,
  { property = "name", min = 1, max, pattern, message }: NonNullable<AwsType["naming"]>,
): string | undefined {
  if (made.inputs[property] === undefined) return undefined;
  const name = made.text(property);
  const fits = name.length >= min && name.length <= max && new RegExp(pattern).test(name);
  return fits ? undefined : sentence(made, message, { name, max });
}

function taken(made: Making, { by, message }: NonNullable<AwsType["unique"]>): string | undefined {
  if (by.every((property) => made.inputs[property] === undefined)) return undefined;
  const keyOf = (inputs: Making["inputs"]): string => JSON.stringify(by.map((property) => inputs[property] ?? null));
  const holders = made.caller.account.all(made.type).filter(({ scope }) => scope === made.scope);
  return holders.some(({ inputs }) => keyOf(inputs) === keyOf(made.inputs)) ? sentence(made, message) : undefined;
}

/** One row for each type whose entry says `naming`. */
export function namingRows(): Refusal[] {
  return Object.entries(AWS_TYPES).flatMap(([type, { naming }]) => {
    if (naming === undefined) return [];
    const { code, source } = naming;
    return {
      rule: "naming",
      code,
      types: [type],
      operations: WRITES,
      source,
      refuses: (made) => misnamed(made, naming),
    };
  });
}

/** One row for each type whose entry says `unique`. */
export function takenRows(): Refusal[] {
  return Object.entries(AWS_TYPES).flatMap(([type, { unique }]) => {
    if (unique === undefined) return [];
    const { code, source } = unique;
    return {
      rule: "unique",
      code,
      types: [type],
      operations: ["create"],
      source,
      refuses: (made) => taken(made, unique),
    };
  });
}
