/** Reading a property: values are converted as the providers do, and what cannot be read says where. */
import { describe, expect, it } from "vitest";
import { Field, isUnreadable, valueOr, MalformedRead, UnknownRead } from "../../../../policies/kit/reading/field";
import { SECRET, SIGNATURE, unknownSentinels } from "../../../../policies/kit/reading/value";

const [UNKNOWN] = unknownSentinels;
const field = (value: unknown): Field => new Field(value, "spec.x");
const malformed = (got: string, expected: string, path = "spec.x"): MalformedRead =>
  new MalformedRead(path, got, expected);

describe("a field", () => {
  it("opens secrets, and throws for what a preview hides, whatever is asked of it", () => {
    expect(field({ [SIGNATURE]: SECRET, value: 7 }).value()).toBe(7);
    const readers = ["value", "isSet", "list", "members", "text", "number", "flag", "json", "texts"] as const;
    for (const reader of readers) expect(() => field(UNKNOWN)[reader]()).toThrow(new UnknownRead("spec.x"));
    expect(() => field(UNKNOWN).at("y")).toThrow(new UnknownRead("spec.x"));
    expect([field(UNKNOWN).isUnknown(), field(7).isUnknown(), field(undefined).isUnknown()]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("is set unless it is absent or null", () => {
    expect([0, "", false, [], undefined, null].map((value) => field(value).isSet())).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("names members by a path that a person can follow", () => {
    const path = (...keys: readonly string[]): string => new Field({}).at(...keys).path;
    expect(path("spec", "a-b_1")).toBe("spec.a-b_1");
    expect(path("labels", "app.kubernetes.io/name", "x")).toBe('labels["app.kubernetes.io/name"].x');
    expect(path("a b")).toBe('["a b"]');
    expect(path("1st")).toBe('["1st"]');
    expect(path("x", "a.b")).toBe('x["a.b"]');
    expect(path("Zz_", "_Z")).toBe("Zz_._Z");
    expect(new Field({}, "items[0]").at("spec").path).toBe("items[0].spec");
  });

  it("gives members that are there, absent ones of absent parents, and none of the language's own", () => {
    const owner = field({ a: { b: 1 } });
    expect(owner.at("a", "b").number()).toBe(1);
    expect(owner.at("a", "c", "d").value()).toBeUndefined();
    expect(owner.at("toString").isSet()).toBe(false);
    expect(() => field({ a: [1] }).at("a", "b")).toThrow(malformed("a list of 1", "an object", "spec.x.a"));
  });

  it("gives the elements of a list with their places", () => {
    const parts = field(["a", "b"]).list();
    expect(parts.map(({ path }) => path)).toEqual(["spec.x[0]", "spec.x[1]"]);
    expect(parts.map((part) => part.text())).toEqual(["a", "b"]);
    expect(field(undefined).list()).toEqual([]);
    expect(() => field({}).list()).toThrow(malformed("an object", "a list"));
  });

  it("gives the members of an object with their names", () => {
    const members = field({ a: 1, "b.c": 2 }).members();
    expect(members.map(([key, member]) => [key, member.path, member.number()])).toEqual([
      ["a", "spec.x.a", 1],
      ["b.c", 'spec.x["b.c"]', 2],
    ]);
    expect(field(undefined).members()).toEqual([]);
    expect(() => field("a").members()).toThrow(malformed("a text", "an object"));
  });
});

describe("a scalar", () => {
  it("is read as text", () => {
    expect(["a", "", 7, true, undefined].map((value) => field(value).text())).toEqual([
      "a",
      "",
      "7",
      "true",
      undefined,
    ]);
    expect(() => field([]).text()).toThrow(malformed("a list of 0", "a text"));
  });

  it("read absent texts as empty ones where both mean the same", () => {
    expect(["a", undefined].map((value) => field(value).textOrEmpty())).toEqual(["a", ""]);
    expect(() => field([]).textOrEmpty()).toThrow(malformed("a list of 0", "a text"));
  });

  it("is read as a number, also from digits", () => {
    const given = [7, 0, "7", " -7 ", "+7", "7.25", undefined];
    expect(given.map((value) => field(value).number())).toEqual([7, 0, 7, -7, 7, 7.25, undefined]);
    for (const text of ["7x", "x7", "7.", ".5", "seven"])
      expect(() => field(text).number(), text).toThrow(malformed("a text", "a finite number"));
    expect(() => field("").number()).toThrow(malformed("an empty text", "a finite number"));
    expect(() => field("7.x").number()).toThrow(malformed('the text "7.x"', "a finite number"));
    expect(() => field(Number.NaN).number()).toThrow(malformed("a number without end", "a finite number"));
    expect(() => field(true).number()).toThrow(malformed("a boolean", "a finite number"));
  });

  it("is read as a flag, also from words", () => {
    const given = [true, false, "true", "false", undefined];
    expect(given.map((value) => field(value).flag())).toEqual([true, false, true, false, undefined]);
    for (const word of ["yes", "True"])
      expect(() => field(word).flag(), word).toThrow(malformed(`the text "${word}"`, "true or false"));
    expect(() => field("").flag()).toThrow(malformed("an empty text", "true or false"));
    expect(() => field("perhaps").flag()).toThrow(malformed("a text", "true or false"));
    expect(() => field(1).flag()).toThrow(malformed("a number", "true or false"));
  });

  it("is read as JSON, where it is a text", () => {
    expect(field('{"a":{"b":1}}').json().at("a", "b").number()).toBe(1);
    expect(field('{"a":1}').json().at("a").path).toBe("spec.x.a");
    expect(field({ a: 1 }).json().at("a").number()).toBe(1);
    expect(() => field("{").json()).toThrow(malformed("a text that is no JSON", "JSON"));
  });

  it("is read as texts, each of which must be there", () => {
    expect(field(["a", 1]).texts()).toEqual(["a", "1"]);
    expect(() => field(["a", null]).texts()).toThrow(malformed("nothing", "a text", "spec.x[1]"));
  });
});

describe("what cannot be read", () => {
  it("says where, what and what was expected", () => {
    expect(new UnknownRead("a.b").message).toBe("a.b is not known yet");
    expect(malformed("a text", "a list").message).toBe("spec.x: got a text; expected a list");
  });

  it("is told from a broken rule", () => {
    expect([new UnknownRead("a"), malformed("a", "b"), new Error("a")].map(isUnreadable)).toEqual([true, true, false]);
  });

  it("gives way to another value, while a broken rule does not", () => {
    expect([valueOr(() => field(7).number(), 0), valueOr(() => field("x").number(), 0)]).toEqual([7, 0]);
    expect(valueOr(() => field(UNKNOWN).number(), 0)).toBe(0);
    expect(() =>
      valueOr(() => {
        throw new TypeError("bug");
      }, 0),
    ).toThrow(new TypeError("bug"));
  });
});
