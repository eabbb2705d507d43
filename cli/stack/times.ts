/** The duration of a plan, shown beneath it. */
import { wrapText } from "@fridayproof/sandbox/terminal";

const LABEL = "Time       ";

/** The sentence about it as lines; none where it is unknown. */
export function timeBlock(text: string | undefined, columns: number): readonly string[] {
  return text === undefined ? [] : wrapText(`${LABEL}${text}`, LABEL.length, columns);
}
