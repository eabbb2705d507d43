/** From DOT text to an SVG, by Graphviz compiled to WebAssembly: nothing needs to be installed on the machine. */
import { componentDot } from "./component-dot";
import { componentGraph } from "./components";
import { toDot } from "./dot";
import { buildGraph } from "./model";
import type { GraphResource } from "./source";

/** Prints the first line of every box and frame bold: in DOT only HTML labels could, and those lose their centring in another font. */
function emboldenTitles(svg: string): string {
  return svg.replace(/(class="(?:node|cluster)">(?:(?!<\/g>)[\s\S])*?<text )/g, '$1font-weight="bold" ');
}

/** How far in the picture goes: a box for each component, or for each resource in frames of their components. */
export type Level = "component" | "resource";

/** Draws the picture; `title` heads it. */
export async function drawGraph(resources: readonly GraphResource[], title: string, level: Level): Promise<string> {
  // Loaded on demand: 170 ms that only a drawing should cost.
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  const dot =
    level === "component" ? componentDot(componentGraph(resources), title) : toDot(buildGraph(resources), title);
  return emboldenTitles(graphviz.dot(dot));
}
