/** What a person meets at a terminal: the question before a change, its answers, and Ctrl-C at three moments. */
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { program, project, runIn } from "./support";
import { CTRL_C, hasTerminal, inTerminal, type Typed } from "./terminal-driver";

const MINUTES_2 = 120_000;
const FINE = program("  return {};");

/** Stands still in the middle of its update, so that there is time to press a key. */
const SLOW = program(`
  new aws.cloudwatch.LogGroup("first", {}, { provider });
  return new Promise((resolve) => setTimeout(resolve, pulumi.runtime.isDryRun() ? 0 : 3000))
    .then(() => void new aws.cloudwatch.LogGroup("last", {}, { provider }));
`);

const BY_LETTER = /Update dev\? \[y\]es, \[d\]etails, anything else is no: $/;
const BY_NAME = /Type its name, \[d\] for details, anything else is no: $/;

const verbIn = (folder: string, verb: string, typed: readonly Typed[]) =>
  inTerminal([verb, "--cwd", folder, "--no-policies"], typed);

describe.runIf(hasTerminal)("the question of up in a terminal", () => {
  it(
    "answered with y carries the plan out, after its details where somebody asks for them",
    async () => {
      const folder = project(FINE);
      const { code, text } = await verbIn(folder, "up", [
        { after: BY_LETTER, keys: "d\n" },
        { after: BY_LETTER, keys: "y\n" },
      ]);
      expect(code).toBe(0);
      expect(text.match(/dev on the sandbox: 3 to create/g)).toHaveLength(2);
      expect(text).toMatch(
        /\ndev is up to date with the program: 3 created, [\d.]+ s\.\nNext {3}npx fridayproof status -s dev: /,
      );
      expect((await runIn(folder, "preview")).stdout).toContain("no changes");
    },
    MINUTES_2,
  );

  it.each([
    ["n", "n\n", 1, /\ndev: nothing was changed\.\n$/],
    ["Enter", "\n", 1, /\ndev: nothing was changed\.\n$/],
    ["the end of input", "\u0004", 1, /\ndev: nothing was changed\.\n$/],
    ["Ctrl-C", CTRL_C, 130, /\nfridayproof: stopped by you: nothing was changed\.\n$/],
  ])(
    "answered with %s changes nothing and says so",
    async (_name, keys, exitCode, closing) => {
      const folder = project(FINE);
      const { code, text } = await verbIn(folder, "up", [{ after: BY_LETTER, keys }]);
      expect(text).toMatch(closing);
      expect(code).toBe(exitCode);
      expect((await runIn(folder, "preview")).stdout).toContain("3 to create");
    },
    MINUTES_2,
  );

  it(
    "about something that goes wants the stack's name, and so does destroy",
    async () => {
      const folder = project(FINE);
      await runIn(folder, "up");
      writeFileSync(path.join(folder, "index.ts"), FINE.replace("10.7.0.0/16", "10.8.0.0/16"));
      const refused = await verbIn(folder, "up", [{ after: BY_NAME, keys: "y\n" }]);
      expect(refused.code).toBe(1);
      expect(refused.text).toMatch(/\ndev: nothing was changed\.\n$/);
      const typed = await verbIn(folder, "up", [{ after: BY_NAME, keys: "dev\n" }]);
      expect(typed.code).toBe(0);
      expect(typed.text).toContain("dev is up to date with the program: 1 replaced");
      expect((await verbIn(folder, "destroy", [{ after: BY_NAME, keys: "yes\n" }])).code).toBe(1);
      const gone = await verbIn(folder, "destroy", [{ after: BY_NAME, keys: "dev\n" }]);
      expect(gone.text).toMatch(/\ndev is gone: 3 deleted, [\d.]+ s\.\n$/);
      expect(gone.code).toBe(0);
    },
    MINUTES_2,
  );
});

describe.runIf(hasTerminal)("Ctrl-C in a terminal", () => {
  it.each([
    ["while the plan is made", /starting, /],
    ["while the update runs", /[34]\/5 done/],
  ])(
    "%s ends with 130, without a false error and with the way on",
    async (_moment, after) => {
      const folder = project(SLOW);
      const { code, text } = await inTerminal(
        ["up", "--yes", "--cwd", folder, "--no-policies"],
        [{ after, keys: CTRL_C }],
      );
      expect(code).toBe(130);
      expect(text).not.toMatch(/error:|x aws|ECONNRESET|Connection dropped|this is a bug/);
      expect(text).toMatch(
        /dev (?:was not changed: the plan was stopped by you|stopped by you after [\d.]+ s: \d of 5 done, 0 failed, \d not begun)/,
      );
      const { stdout, code: next } = await runIn(folder, "up");
      expect([next, /dev is up to date with the program/.test(stdout)]).toEqual([0, true]);
    },
    MINUTES_2,
  );
});

it.runIf(hasTerminal)(
  "status --watch draws the screen again until Ctrl-C",
  async () => {
    const folder = project(FINE);
    const { code, text, raw } = await inTerminal(
      ["status", "--watch", "--cwd", folder],
      [{ after: /does not stand[^]*does not stand/, keys: CTRL_C }],
    );
    expect(code).toBe(130);
    expect(text.match(/dev does not stand\./g)?.length).toBeGreaterThanOrEqual(2);
    // Two lines up, and what was below is gone.
    expect(raw).toContain("\u001b[2A\r\u001b[0J");
  },
  MINUTES_2,
);
