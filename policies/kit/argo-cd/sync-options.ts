/** Options of a sync: a list in one annotation, as Argo CD and Flux read it. */
import type { Field } from "../reading/field";
import { type Remedy, remove, set } from "../finding/remedy";

/** The options of the text, without the blanks around them. */
export function optionsIn(field: Field): readonly string[] {
  return field
    .textOrEmpty()
    .split(",")
    .map((word) => word.trim());
}

/** Options that a message may show. */
const printable = /^[A-Za-z]+(=[A-Za-z]+)?$/;

/** Removes the options from the field, whatever their case; the field itself where no option is left that a message may show. */
export function withoutOptions(field: Field, options: readonly string[]): Remedy {
  const unwanted = options.map((option) => option.toLowerCase());
  const rest = optionsIn(field).filter((word) => !unwanted.includes(word.toLowerCase()));
  return rest.length === 0 || !rest.every((word) => printable.test(word)) ? remove(field) : set(field, rest.join(","));
}
