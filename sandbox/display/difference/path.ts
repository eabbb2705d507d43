/** Where inside of a resource something differs, in the words by which a person finds it again. */
import { joinPath, type Step } from "../../property/paths";

/** An element of a list, named by what identifies it rather than by its position. */
export interface Identified {
  /** The member that identifies it, such as `Sid`. */
  readonly key: string;
  readonly value: string;
}

/** One step of a path: a member, a position, or an identified element. */
export type PathStep = Step | Identified;

/** From the resource's inputs inwards. */
export type DifferencePath = readonly PathStep[];

/** Whether the step names an element by its identity. */
export function isIdentified(step: PathStep | undefined): step is Identified {
  return typeof step === "object";
}

/** The members of a path, positions and identities left out: what tables of known paths are keyed by. */
export function membersOf(path: DifferencePath): string {
  return path.filter((step) => typeof step === "string").join(".");
}

/** `scalingConfig.maxSize`, `Statement "Look", Action`, `ports[0].port`: identities quoted, because they are texts. */
export function pathText(path: DifferencePath): string {
  let text = "";
  let isAfterIdentity = false;
  for (const step of path) {
    if (isIdentified(step)) text = `${text} "${step.value}"`.trimStart();
    else if (isAfterIdentity) text = `${text}, ${joinPath("", step)}`;
    else text = joinPath(text, step);
    isAfterIdentity = isIdentified(step);
  }
  return text;
}
