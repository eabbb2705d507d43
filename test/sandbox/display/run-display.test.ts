/** A run's display as a whole, on a terminal and elsewhere. */
import { afterEach, describe, expect, it, vi } from "vitest";
import { LiveBlock } from "../../../sandbox/display/live";
import { RunDisplay } from "../../../sandbox/display/run-display";
import { terminalOn } from "../../../sandbox/display/text/terminal";
import { change, runResult } from "./result";
import { recordingTerminal, step } from "./support";

const plan = runResult({ changes: [change("create", "net")], changeSummary: { create: 1 }, applied: false });
const done = runResult({ changes: [change("create", "net")], changeSummary: { create: 1 }, seconds: 1 });

/** What follows the first update of a stack. */
const NEXT =
  "Next   npx fridayproof status -s dev: what runs, and who gets the traffic\n" +
  "       npx fridayproof destroy -s dev: take it down\n";

describe("without a terminal", () => {
  it("prints the plan, a line for each component that is through, and the outcome, without a control character", () => {
    const terminal = recordingTerminal(false);
    const display = new RunDisplay({ operation: "update", stack: "dev", root: "/", expected: 0, terminal });
    display.start();
    display.showPlan(plan);
    display.onEvent(step("create", "net", "begin"));
    display.onEvent(step("create", "net", "end"));
    display.finish(done);
    expect(terminal.text()).toBe(
      "dev on the sandbox: 1 to create\n\n  outside components\n  + Vpc net\n" +
        `+ outside components   1 created   0.0 s\ndev is up to date with the program: 1 created, 1.0 s.\n${NEXT}`,
    );
  });

  it("prints the messages of a plan that nobody approved once", () => {
    const terminal = recordingTerminal(false);
    const display = new RunDisplay({ operation: "update", stack: "dev", root: "/", expected: 0, terminal });
    const warned = { ...plan, diagnostics: [{ severity: "warning", message: "it rains" }] } as const;
    display.showPlan(warned);
    display.finish(warned);
    expect(terminal.text().split("it rains")).toHaveLength(2);
    expect(terminal.text().trimEnd().split("\n").at(-1)).toBe("dev: nothing was changed.");
  });

  it("says which step failed as it fails", () => {
    const terminal = recordingTerminal(false);
    const display = new RunDisplay({ operation: "update", stack: "dev", root: "/", expected: 0, terminal });
    display.showPlan(plan);
    display.onEvent(step("create", "net", "failed"));
    expect(terminal.text().trimEnd().split("\n").at(-1)).toBe("x aws:ec2:Vpc net   create: failed");
  });

  it("prints nothing but the outcome of a run that only prepares another", () => {
    const terminal = recordingTerminal(false);
    const display = new RunDisplay({
      operation: "update",
      stack: "dev",
      root: "/",
      expected: 0,
      terminal,
      brief: true,
    });
    display.showPlan(plan);
    display.onEvent(step("create", "net", "end"));
    display.finish(done);
    expect(terminal.text()).toBe("dev is up to date with the program: 1 created, 1.0 s.\n");
  });
});

describe("on a terminal", () => {
  it("draws the block over itself and leaves nothing of it at the end", () => {
    const terminal = recordingTerminal(true);
    const display = new RunDisplay({ operation: "update", stack: "dev", root: "/", expected: 1, terminal });
    display.start();
    display.showPlan(plan);
    display.start();
    display.onEvent(step("create", "net", "begin"));
    display.onEvent(step("create", "net", "end"));
    display.finish(done);
    expect(terminal.text()).toContain("0/1 done, 0.0 s\n");
    expect(terminal.text()).toContain("\u001b[1A\r\u001b[0J+ outside components   1 created");
    expect(terminal.text().split("\n").slice(-4).join("\n")).toBe(
      `dev is up to date with the program: 1 created, 1.0 s.\n${NEXT}`,
    );
  });

  it("moves up by as many lines as the last block had", () => {
    const terminal = recordingTerminal(true);
    const block = new LiveBlock(terminal);
    block.draw([], ["a", "b", "c"]);
    block.draw(["log"], ["d"]);
    block.clear();
    expect(terminal.text()).toBe("\r\u001b[0Ja\nb\nc\n\u001b[3A\r\u001b[0Jlog\nd\n\u001b[1A\r\u001b[0J");
  });
});

const TWICE = "0/1 done, 30 s; 1 running, 0 to begin\n0/1 done, 1 min 00 s; 1 running, 0 to begin\n";

describe("a log", () => {
  const options = { operation: "update", stack: "dev", root: "/", expected: 0 } as const;
  afterEach(() => void vi.useRealTimers());

  it("is folded on GitHub Actions from the approval to the outcome", () => {
    const terminal = recordingTerminal(false, 80, { folds: true });
    const display = new RunDisplay({ ...options, terminal });
    display.start();
    display.showPlan(plan);
    display.start();
    display.onEvent(step("create", "net", "end"));
    display.finish(done);
    expect(terminal.text().slice(terminal.text().indexOf("::group::"))).toBe(
      "::group::Update of dev, 1 step\n+ outside components   1 created   0.0 s\n::endgroup::\n" +
        `dev is up to date with the program: 1 created, 1.0 s.\n${NEXT}`,
    );
    expect(terminal.text().split("::group::")).toHaveLength(2);
  });

  it("is never silent for longer than 30 seconds", () => {
    vi.useFakeTimers();
    const terminal = recordingTerminal(false);
    const display = new RunDisplay({ ...options, terminal });
    display.showPlan(plan);
    display.start();
    display.onEvent(step("create", "net", "begin"));
    const before = terminal.text();
    vi.advanceTimersByTime(29_900);
    expect(terminal.text()).toBe(before);
    vi.advanceTimersByTime(40_000);
    expect(terminal.text().slice(before.length)).toBe(TWICE);
    display.stop();
    vi.advanceTimersByTime(60_000);
    expect(terminal.text().slice(before.length)).toBe(TWICE);
  });
});

describe("what a stream can show", () => {
  const stream = { isTTY: true, write: () => true };

  it("is redrawn only for a person at a terminal", () => {
    expect(terminalOn(stream, {}).live).toBe(true);
    expect(terminalOn({ write: () => true }, {}).live).toBe(false);
    expect(terminalOn(stream, { NO_COLOR: "1" }).live).toBe(true);
    expect(terminalOn(stream, { FRIDAYPROOF_PLAIN: "1" }).live).toBe(false);
    expect(terminalOn(stream, { TERM: "dumb" }).live).toBe(false);
    expect(terminalOn(stream, { CI: "true" }).live).toBe(false);
  });

  const shown = (env: Record<string, string>): string => {
    let written = "";
    terminalOn({ write: (text) => (written += text) }, env).write("blue 100 → 95 ≠ █…");
    return written;
  };

  it.each([
    [{}, "blue 100 → 95 ≠ █…"],
    [{ LANG: "en_US.UTF-8" }, "blue 100 → 95 ≠ █…"],
    [{ LANG: "C" }, "blue 100 -> 95 != #..."],
    [{ LANG: "C", LC_ALL: "C.UTF-8" }, "blue 100 → 95 ≠ █…"],
    [{ LANG: "C.UTF-8", LC_CTYPE: "POSIX" }, "blue 100 -> 95 != #..."],
    [{ TERM: "dumb", LANG: "C.UTF-8" }, "blue 100 -> 95 != #..."],
  ])("with %j writes %s", (env, text) => {
    expect(shown(env)).toBe(text);
  });

  it("of unknown width is laid out for 80 columns, and so is one that says 0", () => {
    expect(terminalOn({ write: () => true }, {}).columns).toBe(80);
    expect(terminalOn({ write: () => true, columns: 0 }, {}).columns).toBe(80);
    expect(terminalOn({ write: () => true, columns: 160 }, {}).columns).toBe(160);
  });

  it("is coloured on a terminal or where colour is forced, never against NO_COLOR", () => {
    const red = (env: Record<string, string>, isTTY: boolean) =>
      terminalOn({ ...stream, isTTY }, env).colors.red("x") !== "x";
    expect([
      red({}, true),
      red({}, false),
      red({ FORCE_COLOR: "1" }, false),
      red({ NO_COLOR: "1", FORCE_COLOR: "1" }, true),
    ]).toEqual([true, false, true, false]);
  });
});
