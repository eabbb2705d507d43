/** Problems are reported together, each with where, what, allowed and fix. */
import { describe, expect, test } from "vitest";
import { ProblemsError, throwProblems, under } from "../../../components/core/checks";
import { messageOf } from "../../support/message-of";

const weight = { path: "weight", got: 101, allowed: "0 to 100", fix: "Lower it." };
const whole = { path: "", got: undefined, allowed: "an object", fix: "Write one." };

describe("problems", () => {
  test("none throws nothing", () => {
    expect(() => throwProblems("slots", [])).not.toThrow();
  });

  test("all of them are in one message", () => {
    expect(messageOf(() => throwProblems("slots", [weight, whole]))).toBe(
      [
        "2 problems in slots:",
        "  weight: got 101; allowed: 0 to 100; fix: Lower it.",
        "  (whole): got nothing; allowed: an object; fix: Write one.",
      ].join("\n"),
    );
  });

  test("one is counted as one and kept as data", () => {
    const error = new ProblemsError("slots", [weight]);
    expect(error.message).toBe("1 problem in slots:\n  weight: got 101; allowed: 0 to 100; fix: Lower it.");
    expect(error.problems).toEqual([weight]);
  });

  test("a value that JSON cannot show is still shown", () => {
    const cycle: Record<string, unknown> = {};
    cycle["self"] = cycle;
    expect(new ProblemsError("x", [{ ...weight, got: cycle }]).message).toContain("got [object Object]");
    expect(new ProblemsError("x", [{ ...weight, got: 1n }]).message).toContain("got 1;");
    expect(new ProblemsError("x", [{ ...weight, got: () => 1 }]).message).toContain("got () => 1");
  });

  test("a prefix goes before every path, and stands alone before the whole", () => {
    expect(under("slots.blue", [weight, whole]).map((problem) => problem.path)).toEqual([
      "slots.blue.weight",
      "slots.blue",
    ]);
  });
});
