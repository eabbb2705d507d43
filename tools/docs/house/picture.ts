/** The repository in one picture: a box for each top folder with its folders, and an arrow wherever one imports another. */
import { escapeMarkup } from "@fridayproof/components/core";
import type { Folder } from "./folders";
import type { Graph } from "./imports";

/** Processes that one folder starts in another, which no import shows. */
const STARTS: readonly (readonly [from: string, to: string, how: string])[] = [
  ["sandbox", "stacks", "runs the program"],
  ["sandbox", "policies", "starts the pack"],
];

const FONT = "Helvetica,Arial,sans-serif";
/** Of a folder's row. Points. */
const FONT_SIZE = 12;
const TITLE_SIZE = 17;
/** Mean advance of a character in DejaVu Sans, the widest of the usual substitutes, in font sizes. */
const EM_PER_CHARACTER = 0.6;
/** More targets than this are not named beside an arrow. */
const NAMED_TARGETS = 3;

const roomOf = (path: string): string => path.split("/")[0] ?? path;

/** Rooms that may import everything: their boxes say what they import, because a dozen more arrows would hide the others. */
const ASIDE: readonly string[] = ["tools", "bench"];

/** Bold letters are wider by this factor. */
const BOLD = 1.2;

const textWidth = (text: string): number => Math.round(text.length * EM_PER_CHARACTER * FONT_SIZE);

interface Cell {
  readonly text: string;
  readonly bold?: boolean;
  readonly size?: number;
  readonly color?: string;
  readonly width: number;
  readonly span?: number;
}

function cell({ text, bold = false, size = FONT_SIZE, color = "#1f2933", width, span = 1 }: Cell): string {
  const shown = escapeMarkup(text.replaceAll("`", ""));
  const inner = bold ? `<b>${shown}</b>` : shown;
  return `<td align="left" colspan="${span}" width="${width}"><font point-size="${size}" color="${color}">${inner}</font></td>`;
}

/** A box: the room, what it is, and a row for each of its folders. */
function box(room: Folder, folders: readonly Folder[], imports: readonly string[]): string {
  const named = folders.map(({ path, purpose }) => ({ name: path.slice(room.path.length + 1), purpose }));
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => textWidth(text)));
  const left = Math.round(BOLD * widest(named.map(({ name }) => name)));
  const right = widest(named.map(({ purpose }) => purpose));
  const notes = [room.purpose, ...(imports.length > 0 ? [`imports ${imports.join(", ")}`] : [])];
  const width = Math.max(left + right, widest(notes));
  const rows = [
    cell({ text: `${room.path}/`, bold: true, size: TITLE_SIZE, width, span: 2 }),
    ...notes.map((text) => cell({ text, color: "#52606d", width, span: 2 })),
    ...named.map(
      ({ name, purpose }) => cell({ text: name, bold: true, width: left }) + cell({ text: purpose, width: right }),
    ),
  ];
  const table = rows.map((cells) => `<tr>${cells}</tr>`).join("");
  return `"${room.path}" [label=<<table border="0" cellspacing="2" cellpadding="1">${table}</table>>];`;
}

/** An import between rooms, and the folders of the other room that are reached. */
interface Road {
  readonly from: string;
  readonly to: string;
  readonly reached: ReadonlySet<string>;
}

/** Every pair of rooms of which one imports the other, in the order of the alphabet. */
function roads(graph: Graph): readonly Road[] {
  const found = new Map<string, { from: string; to: string; reached: Set<string> }>();
  for (const [file, targets] of graph)
    for (const target of targets) {
      const [from, to] = [roomOf(file), roomOf(target)];
      if (from === to) continue;
      const road = found.get(`${from} ${to}`) ?? { from, to, reached: new Set<string>() };
      const [, folder = "", ...below] = target.split("/");
      road.reached.add(below.length > 0 ? folder : "its own files");
      found.set(`${from} ${to}`, road);
    }
  return [...found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, road]) => road);
}

function arrows(all: readonly Road[]): string[] {
  const solid = all.map(({ from, to, reached }) => {
    const label = reached.size <= NAMED_TARGETS ? [...reached].sort().join(", ") : "";
    return `"${from}" -> "${to}" [label="${label}"];`;
  });
  const dashed = STARTS.map(([from, to, how]) => `"${from}" -> "${to}" [style=dashed, label="${how}"];`);
  return [...solid, ...dashed];
}

/** The picture in Graphviz's language. */
export function houseDot(folders: readonly Folder[], graph: Graph): string {
  const all = roads(graph);
  const boxes = folders
    .filter(({ path }) => !path.includes("/"))
    .map((room) => {
      const children = folders.filter(({ path }) => path.startsWith(`${room.path}/`));
      const ownEdges = ASIDE.includes(room.path)
        ? all.filter(({ from }) => from === room.path).map(({ to }) => to)
        : [];
      return box(room, children, ownEdges);
    });
  return [
    "digraph {",
    `graph [rankdir=TB, fontname="${FONT}", ranksep=0.8, nodesep=0.6, pad=0.3, bgcolor="white"];`,
    `node [shape=box, style="rounded,filled", fillcolor="#f5f7fa", color="#7b8794", fontname="${FONT}", penwidth=1.2];`,
    `edge [color="#52606d", fontcolor="#52606d", fontname="${FONT}", fontsize=${FONT_SIZE}, arrowsize=0.7];`,
    ...boxes,
    ...arrows(all.filter(({ from }) => !ASIDE.includes(from))),
    "}",
  ].join("\n");
}

/** Draws it. */
export async function housePicture(folders: readonly Folder[], graph: Graph): Promise<string> {
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  return (await Graphviz.load()).dot(houseDot(folders, graph));
}
