/** The duration of a plan, shown beneath it. */
import { wrapText } from "@fridayproof/sandbox/terminal";

const LABEL = "Time       ";

/** The sentence about it as lines; none where it is unknown. */
export function timeBlock(sentence: string | undefined, columns: number): readonly string[] {
  return sentence === undefined ? [] : wrapText(`${LABEL}${sentence}`, LABEL.length, columns);
}
