/** From DOT text to an SVG, by Graphviz compiled to WebAssembly: nothing needs to be installed on the machine. */
import type { Graph } from "./model";
import { toDot } from "./dot";

/** Prints the first line of every box and frame bold: in DOT only HTML labels could, and those lose their centring in another font. */
function emboldenTitles(svg: string): string {
  return svg.replace(/(class="(?:node|cluster)">(?:(?!<\/g>)[\s\S])*?<text )/g, '$1font-weight="bold" ');
}

/** Draws the picture; `title` heads it. */
export async function drawGraph(graph: Graph, title: string): Promise<string> {
  // Loaded on demand: 170 ms that only a drawing should cost.
  const { Graphviz } = await import("@hpcc-js/wasm-graphviz");
  const graphviz = await Graphviz.load();
  return emboldenTitles(graphviz.dot(toDot(graph, title)));
}
