/** Lines for steps. */
import { describe, expect, it } from "vitest";
import { isShown, stepLine } from "../../../sandbox/display/steps";
import { plain, step } from "./support";

describe("step lines", () => {
  it("say what will happen in a plan and what happened afterwards", () => {
    expect(stepLine(step("create", "net", "end"), true, plain)).toBe(" + aws:ec2:Vpc net create");
    expect(stepLine(step("create", "net", "end"), false, plain)).toBe(" + aws:ec2:Vpc net created");
  });

  it("name up to four changed properties", () => {
    const event = step("update", "net", "end", { diffs: ["a", "b", "c", "d", "e", "f"] });
    expect(stepLine(event, false, plain)).toBe(" ~ aws:ec2:Vpc net updated [a, b, c, d and 2 more]");
  });

  it("show a failure whatever the operation", () => {
    expect(stepLine(step("delete", "net", "failed"), false, plain)).toBe(" ! aws:ec2:Vpc net delete failed");
    expect(isShown(step("read", "net", "failed", { hidden: true }), false)).toBe(true);
  });

  it("show a replacement once in a plan and as its two halves while it happens", () => {
    const shown = (planned: boolean) =>
      (["create-replacement", "replace", "delete-replaced"] as const).filter((op) =>
        isShown(step(op, "net", "end"), planned),
      );
    expect(shown(true)).toEqual(["replace"]);
    expect(shown(false)).toEqual(["create-replacement", "delete-replaced"]);
  });

  it("hide what is unchanged or bookkeeping", () => {
    expect(isShown(step("same", "net", "end"), true)).toBe(false);
    expect(isShown(step("create", "net", "end", { hidden: true }), false)).toBe(false);
  });
});
