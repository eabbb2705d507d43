/**
 * A fix never hurts: followed to the letter it satisfies its rule, offends no other, and gives what the cluster accepts.
 * What it states as changes is made by a program in every bad case; what is words alone is followed by hand, once for
 * each sentence and each way that it names.
 */
import { describe, expect, it } from "vitest";
import { textOf } from "../../policies/kit/finding/remedy";
import { specs } from "./specs";
import { applied } from "./support/apply";
import { harmOf, isWorded, keyOf } from "./support/harm";
import { findingsOf } from "./support/rule";
import { worded } from "./worded";
import { type Worded, reasons } from "./worded/worded";

const violations = specs.flatMap(({ rule, bad }) =>
  Object.entries(bad).flatMap(([name, given]) =>
    findingsOf(rule, given)
      .filter(({ kind }) => kind === "violation")
      .map((finding) => ({ rule, name, given, finding, words: textOf(finding.fix) })),
  ),
);
const cases = [
  ...new Map(violations.filter(({ finding }) => !isWorded(finding)).map((one) => [one.given, one])).values(),
];

/** What has the wrong type is written anew by whoever meant something else (`guarded`). */
const isMistyped = (words: string): boolean => /^write (a |an |true or false|JSON)/.test(words);
const inWords = violations.filter(({ finding, words }) => isWorded(finding) && !isMistyped(words));

function says(row: Worded, words: string): boolean {
  const parts = row.words.split("*").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".+")}$`).test(words);
}

/** Each way of each case: the first one, and so many more as a fix of the case names. */
const waysOf = ({ rule, given }: (typeof cases)[number]): readonly number[] => {
  const others = findingsOf(rule, given).map(({ fix }) => (typeof fix === "string" ? 0 : (fix.others?.length ?? 0)));
  return [...Array(Math.max(0, ...others) + 1).keys()];
};

describe("a fix that is stated as changes", () => {
  it.each(cases.flatMap((one) => waysOf(one).map((way) => [one.rule.id, way + 1, one.name, way, one] as const)))(
    "of %s mends and hurts nothing, way %i: %s",
    (_id, _count, _name, way, { rule, given }) => {
      const findings = findingsOf(rule, given);
      const after = applied(given, findings, way);
      const left = findingsOf(rule, after).filter(({ kind }) => kind === "violation");
      const unmendable = findings.filter(isWorded).map((finding) => keyOf(rule.id, finding));
      expect(left.map((finding) => keyOf(rule.id, finding)).filter((key) => !unmendable.includes(key))).toEqual([]);
      expect(harmOf(rule, given, after)).toEqual([]);
    },
  );
});

describe("a fix that is words alone", () => {
  it("is known, once, with its reason", () => {
    const rowsOf = (id: string, words: string): number =>
      worded.filter((row) => row.rule === id && says(row, words)).length;
    const unknown = inWords.filter(({ rule, words }) => rowsOf(rule.id, words) !== 1);
    expect(unknown.map(({ rule, words, name }) => `${rule.id}: ${words} (${name})`)).toEqual([]);
  });

  it("is the exception: so many sentences for each reason", () => {
    const count = (reason: string): number => worded.filter((row) => row.reason === reason).length;
    expect(Object.fromEntries(Object.keys(reasons).map((reason) => [reason, count(reason)]))).toEqual({
      fact: 42,
      pin: 12,
      design: 17,
      act: 4,
      output: 9,
      hidden: 12,
    });
  });

  it.each(worded.map((row) => [row.rule, row.words, row] as const))(
    "of %s is followed in a case: %s",
    (_id, _words, row) => {
      const found = inWords.filter((one) => one.rule.id === row.rule && one.name === row.in && says(row, one.words));
      expect(found.length).toBeGreaterThan(0);
      // Each way that the sentence names is gone.
      expect(row.ways.length).toBeGreaterThanOrEqual(row.words.split(", or ").length);
      for (const { rule, given } of found.slice(0, 1))
        for (const way of row.ways) {
          const after = way(given);
          const left = findingsOf(rule, after).filter((finding) => says(row, textOf(finding.fix)));
          expect(left.map((finding) => keyOf(rule.id, finding))).toEqual([]);
          expect(harmOf(rule, given, after)).toEqual([]);
        }
    },
  );
});
