/** The picture of the components in Graphviz's language: from top to bottom, in letters that a page's width leaves legible. */
import { counted } from "@fridayproof/components/core";
import type { ComponentBox, ComponentGraph } from "./components";
import { boxWidth, FONT, quote, titleAndLegend, typeLabel } from "./dot";
import { familyOf } from "./palette";

/** Of every text. Points. */
const FONT_SIZE = 13;

function box({ urn, type, name, resources, mostly }: ComponentBox): string {
  const { fill, line } = familyOf(mostly);
  const lines = [name, `${typeLabel(type)}, ${counted(resources, "resource")}`];
  const label = lines.map((text) => quote(text).slice(1, -1)).join("\\n");
  const width = boxWidth(lines, FONT_SIZE).toFixed(2);
  return `${quote(urn)} [label="${label}", width=${width}, fillcolor="${fill}", color="${line}", tooltip=${quote(urn)}];`;
}

/** The whole picture as DOT text. */
export function componentDot({ boxes, edges }: ComponentGraph, title: string): string {
  const total = boxes.reduce((sum, { resources }) => sum + resources, 0);
  const words = [
    `${boxes.length} components of ${total} resources, a box each. An arrow leads from what is made first to what needs it;`,
    "arrows that follow from others are left out. A colour says what most of a component is:",
  ];
  const heading = titleAndLegend(
    title,
    words,
    boxes.map(({ mostly }) => mostly),
  );
  return [
    "digraph {",
    `graph [rankdir=TB, fontname="${FONT}", fontsize=${FONT_SIZE}, labelloc=t, labeljust=l, ranksep=0.35, nodesep=0.25, pad=0.2, bgcolor="white"];`,
    `node [shape=box, style="rounded,filled", fontname="${FONT}", fontsize=${FONT_SIZE}, margin="0.05,0.06", penwidth=1.2];`,
    `edge [color="#5f6b7a", arrowsize=0.7, penwidth=1];`,
    `label=<${heading}>;`,
    ...boxes.map(box),
    ...edges.map(({ from, to }) => `${quote(from)} -> ${quote(to)};`),
    "}",
  ].join("\n");
}
