/** The pictures of dev show what its program declares: a box for each component, and one for each resource. */
import { describe, expect, it } from "vitest";
import { drawGraph } from "../../sandbox/display/graph/draw";
import { fromPlan } from "../../sandbox/display/graph/source";
import { expectRecorded } from "../support/recording";
import { stackGraph } from "../support/stack-graph";

/** Points of a page's 830 px: what is wider is drawn smaller there. */
const PAGE_WIDTH = 830;
/** A picture that is drawn at less than this share of its size is not legible any more. */
const LEGIBLE = 0.75;

async function resourcesOfDev() {
  const { result } = await stackGraph("dev", { preview: true });
  return fromPlan(result.plan);
}

describe("the pictures of dev", () => {
  it.each([
    ["component", "docs/pictures/dev.svg"],
    ["resource", "docs/pictures/dev-resources.svg"],
  ] as const)("of each %s are fresh", async (level, file) => {
    expectRecorded(file, await drawGraph(await resourcesOfDev(), "fridayproof dev", level));
  });

  it("of components are legible on a page", async () => {
    const svg = await drawGraph(await resourcesOfDev(), "fridayproof dev", "component");
    const points = Number(/<svg width="(\d+)pt"/.exec(svg)?.[1]);
    const pixels = (points / 3) * 4;
    expect(PAGE_WIDTH / pixels).toBeGreaterThan(LEGIBLE);
  });
});
