/** Plans of production as a person sees them, at both widths: the files in test/goldens/screens/ are what is printed. */
import pc from "picocolors";
import { beforeAll, describe, expect, it } from "vitest";
import { planScreen } from "../../../../sandbox/display/plan/screen";
import type { EnvironmentInput } from "../../../../stacks/environments/schema";
import { prod } from "../../../../stacks/environments/prod";
import { foreseen, Standing } from "../../../support/change";
import type { Graph } from "../../../support/graph";
import { upgraded } from "../../../support/upgraded-lock";

const MINUTES_3 = 180_000;
const WIDTHS = [80, 160];
type Pool = EnvironmentInput["pools"][string];
const lock = upgraded();
const colors = pc.createColors(false);
const version = (changes: Partial<EnvironmentInput>) => ({ environment: { ...prod, ...changes }, lock });
const both: Partial<EnvironmentInput> = { slots: { blue: { kubernetes: "1.35" }, green: { kubernetes: "1.36" } } };

const screen = ({ result }: Graph, columns: number, full = false): string =>
  `${planScreen(result, { stack: "prod", columns, colors, full }).join("\n")}\n`;

/** Holds the plan at both widths against its files, and that no line of it is longer than the terminal. */
async function expectScreens(name: string, graph: Graph): Promise<void> {
  for (const columns of WIDTHS) {
    const text = screen(graph, columns);
    expect(text.split("\n").filter((line) => line.length > columns)).toEqual([]);
    await expect(text).toMatchFileSnapshot(`../../../goldens/screens/${name}-${columns}.txt`);
  }
}

describe("a plan of production", () => {
  let standing: Standing;
  const plan = async (changes: Partial<EnvironmentInput>) => (await standing.foresee(version(changes))).graph;

  beforeAll(async () => {
    standing = await Standing.of(version({}));
  }, MINUTES_3);

  it("from nothing is a line for each component", async () => {
    await expectScreens("new", await foreseen(version({})));
  });

  it("without a change is one line", async () => {
    const graph = await plan({});
    expect(screen(graph, 80)).toBe("prod on the sandbox: no changes, 245 unchanged\n");
  });

  it("with larger pools says the number of nodes", async () => {
    const { apps, ...others } = prod.pools as Readonly<Record<string, Pool>>;
    const larger = { ...(apps as Pool), size: { min: 3, desired: 5, max: 13 } };
    await expectScreens("capacity", await plan({ pools: { ...others, apps: larger } }));
  });

  it("with a fourth zone says a change that several resources share once", async () => {
    await expectScreens("zone", await plan({ zones: [...prod.zones, "use1-az5"] }));
  });

  it("with a second slot is a line for each of its components", async () => {
    await expectScreens("slot", await plan(both));
  });

  it("that is asked for in full names every resource", async () => {
    const graph = await plan(both);
    const created = graph.steps.filter(({ op }) => op === "create").map(({ urn }) => urn.split("::").at(-1) ?? "");
    const text = screen(graph, 80, true);
    expect(created.filter((name) => !text.includes(` ${name}\n`))).toEqual([]);
    expect(text.replaceAll(/\s+/g, " ")).toContain("20 components unchanged: keys, network, ");
  });

  it("that takes the second slot away names every resource that goes", async () => {
    const retiring = { blue: { kubernetes: "1.35" }, green: { kubernetes: "1.36", retiring: true } };
    const { next } = await (await standing.change(version(both))).next.change(version({ slots: retiring }));
    const graph = (await next.foresee(version({}))).graph;
    const deleted = graph.steps.filter(({ op }) => op === "delete").map(({ urn }) => urn.split("::").at(-1) ?? "");
    const text = screen(graph, 80);
    expect(deleted.length).toBeGreaterThan(100);
    expect(deleted.filter((name) => !new RegExp(` ${name}(?: |$)`, "m").test(text))).toEqual([]);
  });
});

describe("a plan of two slots", () => {
  it(
    "that shifts traffic says the weights by slot",
    async () => {
      const standing = await Standing.of(version({ ...both, weights: { blue: 100, green: 0 } }));
      const shifted = await standing.foresee(version({ ...both, weights: { blue: 95, green: 5 } }));
      await expectScreens("weights", shifted.graph);
    },
    MINUTES_3,
  );
});
