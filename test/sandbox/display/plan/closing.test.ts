/** The last lines of a run: how it ended and what to do next. */
import { describe, expect, it } from "vitest";
import { closingLines, type ClosingOptions } from "../../../../sandbox/display/plan/closing";
import { planModel } from "../../../../sandbox/display/plan/model";
import { UpdateProgress } from "../../../../sandbox/display/plan/progress";
import type { RunResult } from "../../../../sandbox/events/events";
import { change, runResult } from "../result";
import { plain, step } from "../support";

const close = (result: Partial<RunResult>, more: Partial<ClosingOptions> = {}): string =>
  closingLines(runResult(result), {
    operation: "update",
    stack: "prod",
    columns: 120,
    colors: plain,
    previewOnly: false,
    interrupted: false,
    ...more,
  }).join("\n");

describe("a run that went well", () => {
  it("says what was done", () => {
    const changeSummary = { update: 1, same: 198, replace: 2 };
    expect(close({ changeSummary })).toBe(
      "prod is up to date with the program: 2 replaced, 1 updated, 198 unchanged, 1.5 s.",
    );
  });

  it("that made a stack for the first time says what people do next, but not where it only prepares another run", () => {
    const outcome = "prod is up to date with the program: 3 created, 1.5 s.";
    expect(close({ changeSummary: { create: 3 } })).toBe(
      `${outcome}\nNext   npx fridayproof status -s prod: what runs, and who gets the traffic\n` +
        "       npx fridayproof destroy -s prod: take it down",
    );
    expect(close({ changeSummary: { create: 3 } }, { brief: true })).toBe(outcome);
    expect(close({ changeSummary: { create: 3, same: 1 } })).toBe(
      "prod is up to date with the program: 3 created, 1 unchanged, 1.5 s.",
    );
  });

  it("that destroyed says what went", () => {
    expect(close({ changeSummary: { delete: 199 } }, { operation: "destroy" })).toBe(
      "prod is gone: 199 deleted, 1.5 s.",
    );
  });

  it("that was a preview names the command that carries it out", () => {
    const changes = [change("create", "net")];
    expect(close({ changes, applied: false }, { operation: "preview", previewOnly: true })).toBe(
      "Previewed prod in 1.5 s: nothing was changed.\nNext   npx fridayproof up -s prod",
    );
  });

  it("that nobody approved says that nothing was changed", () => {
    expect(close({ changes: [change("update", "net")], applied: false })).toBe("prod: nothing was changed.");
  });

  it("that read the state again counts what differs", () => {
    const drift = { urn: "urn:pulumi:prod::p::a:b:C::x", type: "a:b:C", was: {}, is: { a: 1 } };
    expect(close({ drifts: [drift] }, { operation: "refresh" })).toBe(
      "The state of prod was read again: 1 resource differs, saved, 1.5 s.",
    );
  });
});

describe("a run that did not go well", () => {
  const finding = { policy: "a", pack: "p", packVersion: "1", level: "mandatory", urn: "u", message: "m" } as const;

  it("says that nothing was changed where a rule refused", () => {
    const findings = [{ ...finding, remediated: false }];
    expect(close({ exitCode: 1, applied: false, findings })).toBe(
      "prod was not changed. Fix the finding and run it again. (exit 1)",
    );
  });

  it("says that nothing was changed where the plan failed", () => {
    expect(close({ exitCode: 1, applied: false })).toBe(
      "prod was not changed: the plan failed for the reason above. (exit 1)",
    );
  });

  it("names the changes that nobody expected", () => {
    const changes = [change("update", "a"), change("create", "b"), change("same", "c")];
    expect(close({ exitCode: 7, applied: false, changes })).toBe(
      "x 2 changes although none were expected: a, b (exit 7)",
    );
  });

  it("says how far it came and what was not begun", () => {
    const changes = [change("update", "a"), change("update", "b"), change("create", "c")];
    const update = new UpdateProgress(planModel(runResult({ changes })), plain);
    update.advance(step("update", "a", "begin"), 0);
    update.advance(step("update", "a", "end"), 1);
    update.advance(step("update", "b", "failed"), 2);
    expect(close({ exitCode: 1 }, { update })).toBe(
      "prod stopped after 1.5 s: 1 of 3 done, 1 failed, 1 not begun; all saved.\n" +
        "  not begun   c\nNext   remove the cause, then npx fridayproof up -s prod: it goes on from here",
    );
  });

  it("that a person stopped says so", () => {
    expect(close({ exitCode: 1 }, { interrupted: true, operation: "destroy" })).toBe(
      "prod stopped by you after 1.5 s: what was done is saved.\nNext   npx fridayproof destroy -s prod: it goes on from here",
    );
  });
});
