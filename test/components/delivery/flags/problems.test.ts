/** Flags that AppConfig, or the policy pack, would refuse: one thing wrong a case. */
import { describe, expect, test } from "vitest";
import type { FeatureFlag } from "../../../../components/delivery/flags/flag";
import { applicationFlagProblems, flagProblems } from "../../../../components/delivery/flags/problems";

const good: FeatureFlag = { owner: "payments", removeBy: "2027-03-01", default: false };
const but = (change: Partial<Record<keyof FeatureFlag, unknown>>) => ({
  checkout: { ...good, ...change } as FeatureFlag,
});

describe("a flag is refused", () => {
  test.each([
    ["without an owner", { owner: " - " }, "checkout.owner", "a team", "Name the team that owns the flag."],
    [
      "with a day that is none",
      { removeBy: "2027-02-30" },
      "checkout.removeBy",
      "a day of the calendar, YYYY-MM-DD",
      "Name the day until which the flag and its dead branch are gone.",
    ],
    [
      "with a long description",
      { description: "x".repeat(1025) },
      "checkout.description",
      "up to 1024 characters",
      "Shorten it.",
    ],
    [
      "killed without a reason",
      { killed: " " },
      "checkout.killed",
      "a reason",
      "Give the reason: it is the first question of anyone who finds the flag off.",
    ],
    [
      "for a group that is none",
      { segments: ["beta", "vip"] },
      "checkout.segments[1]",
      "internal, beta, premium",
      "Take one of them.",
    ],
    [
      "for a country that is none",
      { countries: ["Germany"] },
      "checkout.countries[0]",
      "two capital letters",
      "Write it as ISO 3166-1 does, such as DE.",
    ],
    ...[0, 100, 2.5, Number.NaN].map((percentage): [string, object, string, string, string] => [
      `for ${percentage} percent`,
      { percentage },
      "checkout.percentage",
      "a whole number from 1 to 99",
      "Leave it out for no one; set default to true for everyone.",
    ]),
    [
      "on for everybody and for some",
      { default: true, percentage: 5 },
      "checkout.default",
      "false where segments, countries or percentage choose whom the flag is on for",
      "Set it to false, or leave the others out.",
    ],
  ])("%s", (_, change, path, allowed, fix) => {
    expect(flagProblems(but(change))).toEqual([expect.objectContaining({ path, allowed, fix })]);
  });

  test.each(["Checkout", "1st", "a b", `a${"b".repeat(64)}`])("by the name %s", (name) => {
    expect(flagProblems({ [name]: good })).toEqual([
      {
        path: name,
        got: name,
        allowed: "up to 64 letters, digits, underscores and dashes, with a lower-case letter first",
        fix: "Rename the flag, here and in the application.",
      },
    ]);
  });
});

test("flags that are fine have no problem, at their bounds as well", () => {
  const edges: Partial<FeatureFlag>[] = [
    { description: "x".repeat(1024) },
    { percentage: 1 },
    { percentage: 99 },
    { default: true, segments: [], countries: [] },
    { killed: "it charges twice", default: true },
  ];
  expect(edges.flatMap((change) => flagProblems(but(change)))).toEqual([]);
  expect(flagProblems({ [`a${"b".repeat(63)}`]: good })).toEqual([]);
});

test("flags that are larger than AppConfig's store are refused together", () => {
  const many = Array.from({ length: 1200 }, (_, at) => [`flag-${at}`, { ...good, description: "x".repeat(1024) }]);
  expect(flagProblems(Object.fromEntries(many) as Record<string, FeatureFlag>)).toEqual([
    expect.objectContaining({
      path: "",
      allowed: "flags of up to 1048576 bytes together",
      fix: "Remove the flags that nothing reads any more.",
    }),
  ]);
});

test("problems say of which application they are, and an application's name leaves room for the environment's", () => {
  expect(applicationFlagProblems("prod", { shop: but({ owner: "" }) }).map(({ path }) => path)).toEqual([
    "shop.checkout.owner",
  ]);
  const name = "x".repeat(60);
  expect(applicationFlagProblems("prod", { [name]: { checkout: good } })).toEqual([
    {
      path: name,
      got: name,
      allowed: `a name that leaves "prod-${name}" at most 64 characters, which is what AppConfig takes`,
      fix: "Shorten the application's name.",
    },
  ]);
  expect(applicationFlagProblems("prod", { [name.slice(1)]: { checkout: good } })).toEqual([]);
});
