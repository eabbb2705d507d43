/** The picture in Graphviz's language: every box, frame and arrow with its look. */
import { shortType } from "../names";
import type { Edge, Frame, Graph, Node } from "./model";
import { familiesOf, familyOf } from "./palette";

/** Longest line of a box; longer names are broken at a dash or slash. Characters. */
const LINE_LENGTH = 26;

/** Of every text in a picture. */
export const FONT = "Helvetica,Arial,sans-serif";
/** Of a box's text. Points. */
const FONT_SIZE = 11;
const POINTS_PER_INCH = 72;
/** Of a frame's title. Points. */
const FRAME_TITLE_SIZE = 13;
/** The legend's text is a frame's title in size, a box's in width. */
const LEGEND_SCALE = 1.2;
/** Mean advance of a bold character in DejaVu Sans, the widest of the usual substitutes. */
const EM_PER_CHARACTER = 0.66;
/** Left and right together. Inches. */
const BOX_MARGIN = 0.16;

/** A text inside of an HTML label. */
const escapeLabel = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** A text as Graphviz quotes it. */
export const quote = (text: string): string => `"${text.replace(/\\/g, "\\\\").replace(/"/g, '\\"')}"`;

/** Breaks a name after dashes, dots, slashes, colons and before capitals, so that no line is longer than `width` where that can be. */
export function wrap(name: string, width = LINE_LENGTH): string[] {
  const pieces = name.match(/[A-Z]+[^-./:\sA-Z]*[-./:\s]?|[^-./:\sA-Z]+[-./:\s]?|[-./:\s]/g) ?? [name];
  const lines: string[] = [];
  let line = "";
  for (const piece of pieces) {
    if (line !== "" && line.length + piece.trimEnd().length > width) {
      lines.push(line.trimEnd());
      line = "";
    }
    line += piece;
  }
  return [...lines, line.trimEnd()].filter((part) => part !== "");
}

/** `aws:ec2:Vpc` without its package, which the colour shows. */
export function typeLabel(type: string): string {
  const short = shortType(type);
  return type.startsWith("pulumi:providers:")
    ? `Provider ${short.split(":").at(-1) ?? ""}`
    : (short.split(":").at(-1) ?? short);
}

/** Width of a box in inches, for the widest font that a reader may have in place of ours: text must never leave its box. */
export function boxWidth(lines: readonly string[], size = FONT_SIZE): number {
  const characters = Math.max(...lines.map((line) => line.length));
  return (characters * EM_PER_CHARACTER * size) / POINTS_PER_INCH + BOX_MARGIN;
}

const lineBreaks = (lines: readonly string[], end: string): string =>
  lines.map((line) => quote(line).slice(1, -1)).join(end);

function box({ urn, type, name }: Node): string {
  const { fill, line } = familyOf(type);
  const lines = [typeLabel(type), ...wrap(name)];
  const width = boxWidth(lines).toFixed(2);
  return `${quote(urn)} [label="${lineBreaks(lines, "\\n")}", width=${width}, fillcolor="${fill}", color="${line}", tooltip=${quote(urn)}];`;
}

/** The title sets the width, or a frame around few boxes would be narrower than its title in another font. */
function frameTitle(lines: readonly string[]): string {
  const width = Math.round(boxWidth(lines, FRAME_TITLE_SIZE) * POINTS_PER_INCH);
  const rows = lines.map((line) => `<tr><td align="left" width="${width}">${escapeLabel(line)}</td></tr>`).join("");
  return `<table border="0" cellspacing="0" cellpadding="0">${rows}</table>`;
}

function frame({ urn, type, name, nodes, frames }: Frame, depth: number): string[] {
  const background = depth % 2 === 0 ? "#fafafa" : "#eef1f5";
  return [
    `subgraph ${quote(`cluster ${urn}`)} {`,
    `label=<${frameTitle([name, typeLabel(type)])}>; tooltip=${quote(urn)}; style="rounded,filled"; fillcolor="${background}"; color="#9aa5b1";`,
    ...nodes.map(box),
    ...frames.flatMap((child) => frame(child, depth + 1)),
    "}",
  ];
}

function arrow({ from, to, frame: tail }: Edge): string {
  const leaves = tail === undefined ? "" : ` [ltail=${quote(`cluster ${tail}`)}]`;
  return `${quote(from)} -> ${quote(to)}${leaves};`;
}

/** All boxes, however deep. */
function allNodes(graph: Pick<Graph, "nodes" | "frames">): Node[] {
  return [...graph.nodes, ...graph.frames.flatMap(allNodes)];
}

/** Width of a legend's cell in points, with the same room for another font as a box has. */
const legendWidth = (label: string): number => Math.round(boxWidth([label]) * POINTS_PER_INCH * LEGEND_SCALE);

/** Title, how to read the picture, and what its colours stand for, above it. @param types whose colours occur. */
export function titleAndLegend(title: string, words: readonly string[], types: readonly string[]): string {
  const cells = familiesOf(types).map(
    ({ label, fill, line }) =>
      `<td bgcolor="${fill}" border="1" color="${line}" cellpadding="6" width="${legendWidth(label)}">${escapeLabel(label)}</td>`,
  );
  const row = (text: string): string => `<tr><td align="left" colspan="${cells.length + 1}">${text}</td></tr>`;
  return [
    `<table border="0" cellspacing="6">`,
    row(`<font point-size="22">${escapeLabel(title)}</font>`),
    ...words.map((text) => row(escapeLabel(text))),
    `<tr>${cells.join("")}<td>  </td></tr>`,
    "</table>",
  ].join("");
}

function heading(nodes: readonly Node[], title: string): string {
  return titleAndLegend(
    title,
    [
      `${nodes.length} resources, a box each; a frame is a component. An arrow leads from what is made first to what needs it.`,
      "An arrow from a frame stands for several of its parts. Left out: arrows that follow from others, and providers that wait for nothing.",
    ],
    nodes.map(({ type }) => type),
  );
}

/** The whole picture as DOT text. Boxes appear in order of creation, left to right. */
export function toDot(graph: Graph, title: string): string {
  const nodes = allNodes(graph);
  return [
    "digraph {",
    `graph [rankdir=LR, compound=true, fontname="${FONT}", fontsize=${FRAME_TITLE_SIZE}, labelloc=t, labeljust=l, ranksep=0.6, nodesep=0.14, pad=0.3, bgcolor="white"];`,
    `node [shape=box, style="rounded,filled", fontname="${FONT}", fontsize=${FONT_SIZE}, margin="0.05,0.05", height=0.3, penwidth=1.2];`,
    `edge [color="#5f6b7a", arrowsize=0.6, penwidth=0.9];`,
    `label=<${heading(nodes, title)}>;`,
    ...graph.nodes.map(box),
    ...graph.frames.flatMap((child) => frame(child, 0)),
    ...graph.edges.map(arrow),
    "}",
  ].join("\n");
}
