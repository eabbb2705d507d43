/** How a line fits the width of a terminal: labels in a column, words wrapped below their beginning, names never broken. */

/** Narrowest width that is laid out for; a narrower terminal wraps by itself. Characters. */
export const LEAST_COLUMNS = 60;

/** The width that is laid out for. */
function usableColumns(columns: number): number {
  return Math.max(columns, LEAST_COLUMNS);
}

/** `left`, and `right` at the end of the line; on a line of its own where both do not fit. */
export function withRight(left: string, right: string, columns: number): string[] {
  const width = usableColumns(columns) - 1;
  if (right === "") return [left];
  const gap = width - left.length - right.length;
  if (gap >= 2) return [left + " ".repeat(gap) + right];
  return [left, " ".repeat(Math.max(2, width - right.length)) + right];
}

/** A command with its verb and the stack, complete for copying. */
const COMMAND = /npx fridayproof \S+(?: -\w \S+)?/g;

/** In place of a space where no line may end. */
const HELD = "\u00a0";

/**
 * The words of a text on lines of at most `columns`, the later ones indented; a word that is longer has a line of its own,
 * and so has a command.
 */
export function wrap(text: string, indent: number, columns: number): string[] {
  const width = usableColumns(columns);
  const lead = text.slice(0, text.length - text.trimStart().length);
  const lines: string[] = [];
  let line = lead;
  const held = text.trimStart().replace(COMMAND, (command) => command.replaceAll(" ", HELD));
  for (const word of held.split(" ")) {
    const isFirst = line.trim() === "";
    const next = isFirst ? line + word : `${line} ${word}`;
    // A sign alone on a line would belong to nothing.
    if (isFirst || /^[+~-]$/.test(line.trim()) || next.length <= width) line = next;
    else {
      lines.push(line.trimEnd());
      line = " ".repeat(indent) + word;
    }
  }
  return [...lines, line].map((each) => each.replaceAll(HELD, " "));
}

/** Cells side by side where they fit, one below the other where not. */
export function inColumns(cells: readonly string[], indent: number, columns: number): string[] {
  const width = Math.max(0, ...cells.map((cell) => cell.length)) + 2;
  const count = Math.max(1, Math.floor((usableColumns(columns) - indent) / width));
  const rows = Math.ceil(cells.length / count);
  return Array.from({ length: rows }, (_, row) => {
    const members = Array.from({ length: count }, (_unused, column) => cells[row + column * rows] ?? "");
    return (" ".repeat(indent) + members.map((cell) => cell.padEnd(width)).join("")).trimEnd();
  });
}
