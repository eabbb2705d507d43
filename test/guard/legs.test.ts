/** Two legs of a pair never change in one window: what counts as a change, until when it counts, and every message whole. */
import { describe, expect, it } from "vitest";
import { lastChange, legProblems } from "../../guard/legs";

const at = (text: string): Date => new Date(`2026-11-30T${text}Z`);
const row = (stamps: object) => ({ urn: "urn", custom: true, ...stamps });

describe("the last change of a stack", () => {
  it("is when the newest of its resources was made or changed", () => {
    const [old, made, changed] = ["2026-11-01T08:00:00Z", "2026-11-30T09:00:00Z", "2026-11-30T10:00:00Z"];
    expect(lastChange([row({ created: old, modified: made }), row({ created: old, modified: old })])).toEqual(
      at("09:00:00"),
    );
    expect(lastChange([row({ created: changed }), row({ created: old, modified: made })])).toEqual(at("10:00:00"));
  });

  it.each([
    ["has no resources", []],
    ["has no times", [row({})]],
    ["has no time that can be read", [row({ modified: "yesterday" })]],
    ["has components alone, which make no call", [row({ custom: false, modified: "2026-11-30T09:00:00Z" })]],
  ])("is unknown where it %s", (_what, resources) => {
    expect(lastChange(resources)).toBeUndefined();
  });
});

describe("an update of a leg", () => {
  const same = { op: "same", oldState: {} };
  const update = { op: "update", oldState: {} };
  const facts = { other: "replica", steps: [same, update], changed: at("08:00:30"), now: at("17:00:00") };
  const problems = (more: object = {}) => legProblems({ ...facts, ...more }, "--flag");

  it("waits until the other leg has stood for the window", () => {
    expect(problems()).toEqual([
      {
        path: "replica",
        got: "changed at 2026-11-30T08:00Z",
        allowed: "a last change 12 hours ago or more: two legs never change in one window",
        fix: "Wait until 2026-11-30T20:00Z, or say why not with --flag.",
      },
    ]);
    expect(problems({ now: at("20:00:29") })).toHaveLength(1);
    expect(problems({ now: at("20:00:30") })).toEqual([]);
  });

  it.each([
    ["changes nothing", { steps: [same, { op: "read" }, { op: "refresh", oldState: {} }] }],
    ["makes a new leg", { steps: [{ op: "create" }, { op: "create", oldState: null }] }],
    ["has no other leg that stands", { changed: undefined }],
  ])("does not wait where it %s", (_what, more) => {
    expect(problems(more)).toEqual([]);
  });

  it.each(["create", "delete", "replace", "create-replacement", "delete-replaced", "update", "import"])(
    "waits with one step of %s in a leg that stands",
    (op) => {
      expect(problems({ steps: [same, { op }] })).toHaveLength(1);
    },
  );
});
