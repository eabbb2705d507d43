/** The demo as a picture: what users met in each way of delivery, as bars. */
import { escapeMarkup } from "@fridayproof/components/core";
import type { Chosen } from "./bugs";
import type { Way } from "./ways";

const SIZE = { width: 900, row: 44, head: 88, foot: 40, words: 270, end: 190, bar: 18 } as const;
const FONT = "ui-sans-serif,system-ui,Segoe UI,Helvetica,Arial,sans-serif";

function row({ name, errors, users, slow, verdict }: Way, index: number, most: number): string {
  const top = SIZE.head + index * SIZE.row;
  const room = SIZE.width - SIZE.words - SIZE.end;
  // By the root: a thousand errors beside five would leave no bar for the five.
  const width = most === 0 ? 0 : Math.sqrt(errors / most) * room;
  const at = SIZE.words + width;
  return [
    `<text x="12" y="${top + 14}" fill="#1f2328">${escapeMarkup(name)}</text>`,
    `<text x="12" y="${top + 29}" fill="#59636e" font-size="11">${escapeMarkup(verdict)}</text>`,
    `<rect x="${SIZE.words}" y="${top + 2}" width="${width.toFixed(1)}" height="${SIZE.bar}" fill="${errors === 0 ? "#1a7f37" : "#cf222e"}"/>`,
    `<text x="${(at + 8).toFixed(1)}" y="${top + 15}" fill="#1f2328">${errors} errors, ${users} users${slow === 0 ? "" : `, ${slow} slow`}</text>`,
  ].join("");
}

/** SVG, a text that ends with a line break. */
export function fridayPicture(
  { name, what }: Pick<Chosen, "name" | "what">,
  ways: readonly Way[],
  measured: string,
): string {
  const height = SIZE.head + ways.length * SIZE.row + SIZE.foot;
  const most = Math.max(...ways.map(({ errors }) => errors));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${height}" width="${SIZE.width}" height="${height}" font-family="${FONT}" font-size="13" role="img" aria-label="One bug in each way of delivery">`,
    `<rect width="${SIZE.width}" height="${height}" fill="#ffffff"/>`,
    `<text x="12" y="28" font-weight="bold" font-size="16" fill="#1f2328">One bug on a Friday, by the way it was delivered: ${escapeMarkup(name)}</text>`,
    `<text x="12" y="48" fill="#59636e">The new version: ${escapeMarkup(what)}.</text>`,
    `<text x="12" y="66" fill="#59636e">Errors that users met, those after the way back included; bars by the square root.</text>`,
    ...ways.map((way, index) => row(way, index, most)),
    `<text x="12" y="${height - 14}" fill="#59636e" font-size="11">${escapeMarkup(measured)}</text>`,
    "</svg>",
    "",
  ].join("\n");
}
