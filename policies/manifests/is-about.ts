/** Whether an exemption names an object of a folder. */
import { covers, type Exemption } from "../kit/rule/exemption";
import { unpack } from "../kit/reading/resource";
import { findManifests } from "./files";
import { readManifests } from "./parse";

/** Whether the row names an object below the folder; undefined where something there cannot be read or is not rendered. */
export function isAbout(row: Exemption, folder: string): boolean | undefined {
  const found = findManifests(folder);
  const read = found.texts.map(({ file, text }) => readManifests(file, text));
  const resources = read.flatMap(({ inputs }) => inputs.flatMap(unpack));
  if (resources.some((resource) => covers(row, resource))) return true;
  const complete = [...found.problems, ...found.unrendered, ...read.flatMap(({ problems }) => problems)].length === 0;
  return complete ? false : undefined;
}
