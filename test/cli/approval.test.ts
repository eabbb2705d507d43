/** Whether a plan may be carried out is asked where somebody is there, and is said by --yes where nobody is. */
import { describe, expect, it } from "vitest";
import { approved, mayDestroy, type Asker } from "../../cli/stack/approval";
import { change, runResult } from "../sandbox/display/result";

/** A person who types these answers, one after the other, and then leaves. */
function person(...answers: readonly string[]): Asker & { readonly asked: string[] } {
  const asked: string[] = [];
  const left = [...answers];
  return { isPerson: true, asked, ask: async (question) => (asked.push(question.trim()), left.shift()) };
}

const nobody: Asker = { isPerson: false, ask: async () => expect.fail("nobody is there to be asked") };
const harmless = runResult({ changes: [change("update", "net")] });
const question = { stack: "prod", verb: "update", yes: false, details: () => undefined } as const;

describe("a plan that takes nothing away", () => {
  it.each([
    ["y", true],
    ["Yes", true],
    ["", false],
    ["n", false],
    ["yep", false],
  ])("answered with '%s' is carried out: %s", async (answer, expected) => {
    const asker = person(answer);
    expect(await approved(harmless, question, asker)).toBe(expected);
    expect(asker.asked).toEqual(["Update prod? [y]es, [d]etails, anything else is no:"]);
  });

  it("has its choices in words for a screen reader", async () => {
    const asker = { ...person("y"), plain: true };
    await approved(harmless, question, asker);
    await mayDestroy({ ...question, verb: "destroy" }, asker);
    expect(asker.asked).toEqual([
      "Update prod? Type yes or details, anything else is no:",
      "Delete prod? Type its name, or details, anything else is no:",
    ]);
  });

  it("at the end of input is not carried out", async () => {
    expect(await approved(harmless, question, person())).toBe(false);
  });

  it("shows its details and asks again", async () => {
    let shown = 0;
    const asker = person("d", "details", "y");
    expect(await approved(harmless, { ...question, details: () => void shown++ }, asker)).toBe(true);
    expect(shown).toBe(2);
  });
});

describe("a plan that takes something away", () => {
  const protectedRow = { urn: "u", type: "t", custom: true, protect: true };
  it.each([
    ["deletes", change("delete", "net")],
    ["replaces", change("replace", "net")],
    ["lifts a protection", change("same", "net", { old: protectedRow, now: { ...protectedRow, protect: false } })],
  ])("because it %s, wants the stack's name", async (_, taking) => {
    const plan = runResult({ changes: [taking] });
    expect(await approved(plan, question, person("y"))).toBe(false);
    const asker = person("prod");
    expect(await approved(plan, question, asker)).toBe(true);
    expect(asker.asked).toEqual([
      "The plan deletes, replaces or unprotects resources. Update prod? Type its name, [d] for details, anything else is no:",
    ]);
  });

  it("as a whole stack wants its name too", async () => {
    expect(await mayDestroy({ ...question, verb: "destroy" }, person("yes"))).toBe(false);
    expect(await mayDestroy({ ...question, verb: "destroy" }, person("prod"))).toBe(true);
  });
});

describe("where nobody is there", () => {
  it("--yes approves", async () => {
    expect(await approved(harmless, { ...question, yes: true }, nobody)).toBe(true);
  });

  it("everything else is refused with what to add", async () => {
    await expect(approved(harmless, question, nobody)).rejects.toMatchObject({
      message:
        "prod was not changed: there is no terminal for the prompt. Read the plan above and add --yes to update prod without a prompt.",
      exitCode: 2,
    });
  });
});
