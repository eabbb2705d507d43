/** Which names a text gives values, in settings files, YAML, JSON and commands; code gives none. */
import { describe, expect, it } from "vitest";
import { assignmentsIn } from "../../../policies/security/credentials/assignments";

const pairs = (text: string): readonly (readonly [string, string])[] =>
  [...assignmentsIn(text)].map(({ name, value }) => [name, value]);
const long = "x".repeat(600);

describe("a text assigns", () => {
  it.each([
    ["a=1", [["a", "1"]]],
    ["a = 1", [["a", "1"]]],
    ["a := 1", [["a", "1"]]],
    ["a=>1", [["a", "1"]]],
    ["a.b/c-d=1", [["a.b/c-d", "1"]]],
    [
      "--a=1 -b=2",
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    [
      "a=1;b=2&c=3|d=4",
      [
        ["a", "1"],
        ["b", "2"],
        ["c", "3"],
        ["d", "4"],
      ],
    ],
    ["a='1 2'", [["a", "1 2"]]],
    ['a="1"', [["a", "1"]]],
    ["a: 1", [["a", "1"]]],
    ["a:\t1", [["a", "1"]]],
    ["  - a: 1", [["a", "1"]]],
    ["a: 1 # why", [["a", "1"]]],
    ["a: 1\t#why", [["a", "1"]]],
    ["a: 1#2", [["a", "1#2"]]],
    [
      "a: 1\r\nb: 2",
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    [
      "{a: 1, b: 2}",
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    ["? a: 1", [["a", "1"]]],
    ["see {a: 1}", [["a", "1"]]],
    ["see x, a: 1", [["a", "1"]]],
    ["a: [1]", [["a", "[1"]]],
    ["a: {{ .b }}", []],
    ["a: {{b}}", [["a", "{{b"]]],
    [
      '{"a":"1","b":2}',
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    ['see "a": 1', [["a", "1"]]],
    ["see 'a': 1", [["a", "1"]]],
    ["a: |\n  1\n", [["a", "1"]]],
    ["a: >-\r\n  1", [["a", "1"]]],
    ["a: |2 \n\t1", [["a", "1"]]],
    ["a: 'b: 1'", [["a", "b: 1"]]],
    ['a: "Ab1"', [["a", "Ab1"]]],
    ['a: "ab c"', [["a", "ab c"]]],
    ["a=", [["a", ""]]],
    [`a=${long}`, [["a", long.slice(0, 500)]]],
  ])("by %j its names", (text, expected) => {
    expect(pairs(text)).toEqual(expected);
  });

  it.each([
    ["a sentence with a: colon"],
    ["x.a: 1 2"],
    ["see a: 1"],
    ["a: one two"],
    ["a=f(1)"],
    ["a=f[1]"],
    ["a: f(1)"],
    ["a=b.c"],
    ["a=b.c.d"],
    ["a==1"],
    ["a=~1"],
    ["a='1"],
    ["a='1\n2'"],
    ['a: "Name of it"'],
    ["a: 'A thing'"],
    ["a: ["],
    ["a: {"],
    ["1a=1"],
    ["$a=1"],
    ["a     = 1"],
    ["\"a'=1"],
  ])("by %j nothing", (text) => {
    expect(pairs(text)).toEqual([]);
  });

  it("with the place where each name begins", () => {
    expect([...assignmentsIn("x\n --a=1\nb: 2")].map(({ name, at }) => [name, at])).toEqual([
      ["a", 3],
      ["b", 9],
    ]);
  });
});
