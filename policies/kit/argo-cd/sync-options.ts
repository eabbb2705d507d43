/** Options that stand beside each other in one annotation, as Argo CD and Flux read them. */
import type { Field } from "../reading/field";
import { type Remedy, remove, set } from "../finding/remedy";

/** The options of the text, without the blanks around them. */
export function optionsIn(field: Field): readonly string[] {
  return field
    .textOrEmpty()
    .split(",")
    .map((word) => word.trim());
}

/** What a message may show of an option. */
const printable = /^[A-Za-z]+(=[A-Za-z]+)?$/;

/** The field without these options, in any case; without any that is left, or that no message may show, it goes. */
export function withoutOptions(field: Field, options: readonly string[]): Remedy {
  const unwanted = options.map((option) => option.toLowerCase());
  const rest = optionsIn(field).filter((word) => !unwanted.includes(word.toLowerCase()));
  return rest.length === 0 || !rest.every((word) => printable.test(word)) ? remove(field) : set(field, rest.join(","));
}
