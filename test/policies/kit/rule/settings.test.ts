/** Typed settings: a schema for the engine and values for the rule from one declaration. */
import { describe, expect, it } from "vitest";
import * as limit from "../../../../components/core/limits/limit";
import {
  withoutDefault,
  choice,
  isOpen,
  numbersByName,
  quantity,
  resolve,
  rows,
  text,
  texts,
} from "../../../../policies/kit/rule/settings";

const { least } = limit.limits("2026-11-21", {
  least: limit.choice(2, "count", { source: "Our choice: this test needs a row", reason: "Pods at least" }),
});

describe("a setting", () => {
  it("is a number from a limits row, with its bounds", () => {
    expect(quantity(least, "lower", { minimum: 1, maximum: 9 })).toEqual({
      schema: { type: "number", default: 2, description: "Pods at least (count)", minimum: 1, maximum: 9 },
      fallback: 2,
      weaker: "lower",
    });
    expect(quantity(least, "higher").schema).toEqual({
      type: "number",
      default: 2,
      description: "Pods at least (count)",
    });
  });

  it("is a text, perhaps one of several", () => {
    const schema = { type: "string", default: "a", description: "Which." };
    expect(text("a", "Which.")).toEqual({ schema, fallback: "a", weaker: "none" });
    expect(text("a", "Which.", ["a", "b"]).schema).toEqual({ ...schema, enum: ["a", "b"] });
  });

  it("is a yes or no", () => {
    const schema = { type: "boolean", default: true, description: "Whether." };
    expect(choice(true, "Whether.", "any")).toEqual({ schema, fallback: true, weaker: "any" });
  });

  it("is a list of texts, of rows, or a map of numbers", () => {
    expect(texts(["a"], "Which.")).toEqual({
      schema: { type: "array", items: { type: "string" }, default: ["a"], description: "Which." },
      fallback: ["a"],
      weaker: "none",
    });
    expect(texts([], "Which.", "any").weaker).toBe("any");
    expect(rows(["minor", "ends"], "When.")).toEqual({
      schema: {
        type: "array",
        items: {
          type: "object",
          properties: { minor: { type: "string", minLength: 1 }, ends: { type: "string", minLength: 1 } },
          required: ["minor", "ends"],
          additionalProperties: false,
        },
        default: [],
        description: "When.",
      },
      fallback: [],
      weaker: "none",
    });
    expect(numbersByName("How many.")).toEqual({
      schema: {
        type: "object",
        additionalProperties: { type: "number" },
        default: {},
        description: "How many.",
      },
      fallback: {},
      weaker: "none",
    });
  });
});

describe("a setting without a default", () => {
  const setting = withoutDefault(choice(false, "Whether.", "any"));

  it("has no default for an engine to fill in, and is read as before", () => {
    expect(setting).toEqual({
      schema: { type: "boolean", description: "Whether." },
      fallback: false,
      weaker: "any",
      hasNoDefault: true,
    });
    expect(resolve({ setting }, {})).toEqual({ setting: false });
  });

  it("is open until it is answered, by any answer; a setting with a default never is", () => {
    const settings = { setting, usual: choice(false, "Whether.", "any") };
    const open = (given: unknown) => ["setting", "usual", "none"].map((name) => isOpen(settings, name, given));
    for (const nothing of [undefined, {}, "x", { usual: true }]) expect(open(nothing)).toEqual([true, false, false]);
    for (const answer of [false, true]) expect(open({ setting: answer })).toEqual([false, false, false]);
  });
});

describe("resolve", () => {
  const settings = {
    least: quantity(least, "lower"),
    names: texts(["a"], "Which."),
    off: choice(true, "Whether.", "any"),
  };

  it("fills what is not given, keeps what is, false and empty included, and drops what is no setting", () => {
    expect(resolve(settings, { names: [], off: false, more: 1 })).toEqual({ least: 2, names: [], off: false });
    expect(resolve(settings, { least: 0 })).toEqual({ least: 0, names: ["a"], off: true });
  });

  it("takes everything from the defaults where nothing is given", () => {
    for (const nothing of [undefined, null, "x", []])
      expect(resolve(settings, nothing)).toEqual({ least: 2, names: ["a"], off: true });
  });
});
