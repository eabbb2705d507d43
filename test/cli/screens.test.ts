/** Whole screens of the command line at both widths, from the first one on: the files in test/goldens/screens/ are what is printed. */
import * as path from "node:path";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { approved } from "../../cli/stack/approval";
import { costBlock } from "../../cli/stack/costs";
import { RunDisplay } from "../../sandbox/display/run-display";
import type { Op, StepEvent } from "../../sandbox/events/events";
import { prod } from "../../stacks/environments/prod";
import { recordingTerminal, step } from "../sandbox/display/support";
import { Standing } from "../support/change";
import { temporaryFolder } from "./support";
import { hasTerminal, inTerminal } from "./terminal-driver";

const MINUTES_3 = 180_000;
const WIDTHS = [80, 160];

/** Whether the pack is compiled already, is chance too. */
const COMPILED = "fridayproof: compiling the policies...\n";

/** Components that are through at nearly the same time: which is first, is chance. */
const THROUGH = /(?:^\+ .* created .*\n)+/gm;

/** Without what differs from run to run, and without the number of rules, which is another page's business. */
const steady = (text: string): string =>
  text
    .replace(COMPILED, "")
    .replaceAll(/\d+\.\d s\b/g, "N s")
    .replaceAll(/\d+ rules (checked|wait)/g, "N rules $1")
    .replaceAll(THROUGH, (lines) => `${lines.trimEnd().split("\n").sort().join("\n")}\n`);

async function expectScreen(name: string, columns: number, text: string): Promise<void> {
  expect(text.split("\n").filter((line) => line.length > columns)).toEqual([]);
  expect(text).not.toContain("\u001b");
  await expect(steady(text)).toMatchFileSnapshot(`../goldens/screens/${name}-${columns}.txt`);
}

describe.runIf(hasTerminal)("in a terminal that draws nothing again", () => {
  const screenOf = async (verb: string, words: readonly string[], columns: number) => {
    const work = path.join(temporaryFolder(), "work");
    const { code, text } = await inTerminal([verb, "--work", work, ...words], [], {
      columns,
      env: { CI: "true", NO_COLOR: "1" },
    });
    expect(code).toBe(0);
    return text;
  };

  it.each(WIDTHS)(
    "the first contact is a plan of one screen and a way on, in %i columns",
    async (columns) => {
      await expectScreen("first", columns, await screenOf("up", ["--yes"], columns));
    },
    MINUTES_3,
  );

  it.each(WIDTHS)(
    "the bill of production has who is billed in full, in %i columns",
    async (columns) => {
      await expectScreen("costs", columns, await screenOf("costs", ["--stack", "prod"], columns));
    },
    MINUTES_3,
  );
});

it(
  "a larger pool is a plan, a question and its outcome",
  async () => {
    const { apps, ...others } = prod.pools as Record<string, (typeof prod.pools)[string]>;
    if (apps === undefined) throw new Error("production has no pool of applications");
    const larger = { ...others, apps: { ...apps, size: { min: 3, desired: 5, max: 13 } } };
    const standing = await Standing.of({ environment: prod });
    const { result } = (await standing.foresee({ environment: { ...prod, pools: larger } })).graph;
    for (const columns of WIDTHS) {
      const terminal = recordingTerminal(false, columns, { colors: pc.createColors(false) });
      const about = (plan: typeof result) => costBlock("prod", plan, columns);
      const display = new RunDisplay({ operation: "update", stack: "prod", root: "/", expected: 211, terminal, about });
      const checked = { rules: 96, resources: 208 };
      display.showPlan({ ...result, checked });
      const ask = (question: string): Promise<string> => {
        terminal.write(`${question}y\n`);
        return Promise.resolve("y");
      };
      const question = { stack: "prod", verb: "update", yes: false, details: () => undefined } as const;
      expect(await approved(result, question, { isPerson: true, ask })).toBe(true);
      display.start();
      for (const { op, urn, now } of result.changes.filter((change) => change.op !== "same"))
        for (const phase of ["begin", "end"] as const) {
          const event: Partial<StepEvent> = { urn, type: now?.type ?? "" };
          display.onEvent(step(op as Op, urn.split("::").at(-1) ?? "", phase, event));
        }
      display.finish({ ...result, checked, applied: true, exitCode: 0, seconds: 1.9 });
      await expectScreen("up", columns, terminal.text());
    }
  },
  MINUTES_3,
);
