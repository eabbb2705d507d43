/** A picture of a terminal from what a command printed: the colours of its text as they are, on a grid that holds in any font. */
import { escapeMarkup } from "@fridayproof/components/core";

/** Of one character. Pixels. */
const CELL = { width: 8.4, height: 18 };
const FONT_SIZE = 14;
/** Around the text, and of the bar above it. Pixels. */
const MARGIN = 16;
const BAR = 28;
/** Above a line's letters. Pixels. */
const ASCENT = 14;
const FONT = "ui-monospace,SFMono-Regular,Menlo,Consolas,Liberation Mono,DejaVu Sans Mono,monospace";
const TEXT = "#e6edf3";
const DIM = "#8b949e";

/** Colours by their number in ECMA-48's SGR sequences. */
const COLORS: Readonly<Record<number, string>> = {
  31: "#ff7b72",
  32: "#3fb950",
  33: "#d29922",
  34: "#58a6ff",
  35: "#bc8cff",
  36: "#39c5cf",
};

/** How a text looks. */
interface Style {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly color: string | undefined;
}

/** A piece of a line in one style. */
interface Run extends Style {
  readonly text: string;
}

const PLAIN: Style = { bold: false, dim: false, color: undefined };

function after(style: Style, code: number): Style {
  if (code === 0) return PLAIN;
  if (code === 1) return { ...style, bold: true };
  if (code === 2) return { ...style, dim: true };
  if (code === 22) return { ...style, bold: false, dim: false };
  if (code === 39) return { ...style, color: undefined };
  const color = COLORS[code];
  if (color === undefined) throw new Error(`the picture of a terminal has no style ${code}`);
  return { ...style, color };
}

/** The lines of what a command printed, each in pieces of one style. @throws Error for a style that has no colour here. */
export function runsOf(printed: string): readonly (readonly Run[])[] {
  let style = PLAIN;
  return printed.split("\n").map((line) => {
    const runs: Run[] = [];
    // A capturing group keeps the sequences between the texts.
    line.split(/\u001b\[([\d;]*)m/).forEach((part, index) => {
      if (index % 2 === 1) for (const code of part.split(";")) style = after(style, Number(code));
      else if (part !== "") runs.push({ ...style, text: part });
    });
    return runs;
  });
}

/** What was printed without its styles. */
export function plainText(printed: string): string {
  return runsOf(printed)
    .map((runs) => runs.map(({ text }) => text).join(""))
    .join("\n");
}

const round = (value: number): string => String(Math.round(value * 10) / 10);

/**
 * `textLength` keeps the grid; plain spaces at a text's ends would be dropped, so they are no-break ones. Some renderers drop
 * those too (librsvg), unless the picture says that spaces count.
 */
function drawn({ text, bold, dim, color }: Run, column: number, y: number): string {
  const [x, length] = [round(MARGIN + column * CELL.width), round(text.length * CELL.width)];
  const fill = color ?? (dim ? DIM : TEXT);
  const weight = bold ? ' font-weight="bold"' : "";
  const shown = escapeMarkup(text.replaceAll(" ", "\u00a0"));
  return `<text x="${x}" y="${y}" textLength="${length}" fill="${fill}"${weight}>${shown}</text>`;
}

/** The picture. @param title stands in the bar above. @param printed what the command printed, with its styles. */
export function terminalPicture(title: string, printed: string): string {
  const lines = runsOf(printed.trimEnd());
  const columns = Math.max(...lines.map((runs) => runs.reduce((sum, { text }) => sum + text.length, 0)));
  const [width, height] = [Math.ceil(columns * CELL.width + 2 * MARGIN), BAR + lines.length * CELL.height + 2 * MARGIN];
  const texts = lines.flatMap((runs, row) => {
    let column = 0;
    return runs.map((run) => {
      const text = drawn(run, column, BAR + MARGIN + ASCENT + row * CELL.height);
      column += run.text.length;
      return text;
    });
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${FONT}" font-size="${FONT_SIZE}">`,
    `<title>${escapeMarkup(title)}</title>`,
    `<rect width="${width}" height="${height}" rx="8" fill="#0d1117"/>`,
    `<text x="${width / 2}" y="20" text-anchor="middle" fill="${DIM}">${escapeMarkup(title)}</text>`,
    ...texts,
    "</svg>\n",
  ].join("\n");
}

/** The texts in a picture, a line each: what is compared to see whether it is fresh. */
export function textOf(picture: string): string {
  const rows = new Map<string, string>();
  for (const [, y = "", text = ""] of picture.matchAll(/<text x="[^"]*" y="(\d+)" textLength[^>]*>([^<]*)<\/text>/g))
    rows.set(y, (rows.get(y) ?? "") + text);
  return [...rows.values()]
    .join("\n")
    .replaceAll("\u00a0", " ")
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}
