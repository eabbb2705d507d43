/** Rows from the entries of types: what a name may look like, and that nobody else has it. */
import { AWS_TYPES, type Naming, type Unique } from "../cloud/aws/entry";
import type { Making } from "../cloud/aws/making";
import { rowOf, sentence, type Refusal } from "./row";

function misnamed(made: Making, { property = "name", min = 1, max, pattern, message }: Naming): string | undefined {
  if (made.inputs[property] === undefined) return undefined;
  const name = made.text(property);
  const fits = name.length >= min && name.length <= max && new RegExp(pattern).test(name);
  return fits ? undefined : sentence(made, message, { name, max });
}

function taken(made: Making, { by, message }: Unique): string | undefined {
  if (by.every((property) => made.inputs[property] === undefined)) return undefined;
  const keyOf = (inputs: Making["inputs"]): string => JSON.stringify(by.map((property) => inputs[property] ?? null));
  return made.peers().some(({ inputs }) => keyOf(inputs) === keyOf(made.inputs)) ? sentence(made, message) : undefined;
}

/** One row for each type whose entry says `naming`. */
export function namingRows(): Refusal[] {
  return Object.entries(AWS_TYPES).flatMap(([type, { naming }]) =>
    naming === undefined ? [] : rowOf("naming", type, naming, (made) => misnamed(made, naming)),
  );
}

/** One row for each type whose entry says `unique`. */
export function takenRows(): Refusal[] {
  return Object.entries(AWS_TYPES).flatMap(([type, { unique }]) =>
    unique === undefined ? [] : rowOf("unique", type, unique, (made) => taken(made, unique), ["create"]),
  );
}
