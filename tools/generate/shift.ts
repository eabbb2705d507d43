/** Plans other weights in an environment's file. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import type { ShiftPlan, ShiftRequest } from "../../cli/context/hook-types";
import { environmentFile, environmentLine } from "./environment-line";

/** Weights by slot. */
type Weights = Readonly<Record<string, number>>;

const WEIGHTS = /^ {2}weights: \{[^}]*\},$/m;
const REASON = /^ {2}shiftReason: \{(?:.*\},|\n(?: {4}.*\n)* {2}\},)\n/m;

/** The resources with the weights: the listener's rule, and the listener with its default action. */
const TARGETS = ["front-door-https", "front-door-weights-rule"];

const written = (weights: Weights): string =>
  `{ ${Object.entries(weights)
    .map(([slot, weight]) => `${slot}: ${weight}`)
    .join(", ")} }`;

/** As the house format has it: the quotes that need no backslash. */
function quoted(text: string): string {
  const json = JSON.stringify(text);
  return text.includes('"') && !text.includes("'") ? `'${json.slice(1, -1).replaceAll('\\"', '"')}'` : json;
}

/** The plan. @throws Error where the environment has no file of its own, or writes its weights another way. */
export function shift(root: string, { stack, weights, reason }: ShiftRequest): ShiftPlan {
  const file = environmentFile(stack);
  if (!existsSync(path.join(root, file)))
    throw new Error(`${file} is not there: ${stack} is no environment with weights of its own.`);
  const like = `"  weights: { blue: 100, green: 0 },": change its weights by hand.`;
  const { input: old } = environmentLine(root, stack, WEIGHTS, like);
  const line = `  weights: ${written(weights)},`;
  const why =
    reason === undefined ? "" : `\n  shiftReason: { weights: ${written(weights)}, reason: ${quoted(reason)} },`;
  return { files: [{ file, text: old.replace(REASON, "").replace(WEIGHTS, () => `${line}${why}`) }], targets: TARGETS };
}
