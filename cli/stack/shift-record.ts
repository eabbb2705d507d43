/** The weights before the last shift, for `shift --back`. */
import * as path from "node:path";
import { UserError } from "@fridayproof/sandbox/errors";
import { readText, replaceFile } from "../context/files";

/** Percent by slot. */
type Weights = Readonly<Record<string, number>>;

const fileOf = (work: string, stack: string): string => path.join(work, "shifts", `${stack}.json`);

/** The weights before the last shift; undefined where none was made from this folder. @throws UserError for a file that is none of ours. */
export function weightsBefore(work: string, stack: string): Weights | undefined {
  const file = fileOf(work, stack);
  const text = readText(file);
  if (text === undefined) return undefined;
  try {
    const { before } = JSON.parse(text) as { readonly before?: unknown };
    if (typeof before === "object" && before !== null && Object.values(before).every((one) => typeof one === "number"))
      return before as Weights;
  } catch {
    // Reported below, as for any other invalid content.
  }
  throw new UserError(`${file} holds no weights. Remove it, and name the weights with --to.`);
}

/** Saves the weights that have served until now. */
export function keepWeights(work: string, stack: string, before: Weights): void {
  replaceFile(fileOf(work, stack), `${JSON.stringify({ before })}\n`);
}
