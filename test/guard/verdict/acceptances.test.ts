/** What is accepted lowers the exit code, and never the verdict. */
import { describe, expect, test } from "vitest";
import { type Acceptance, readAcceptances, readPlan, verdictOn } from "../../../guard/verdict";
import { documentOf } from "../../../guard/verdict/report";
import { terraform } from "./support";

const TODAY = "2026-12-01";
const plan = verdictOn(
  readPlan(Buffer.from(terraform([{ type: "aws_lb", before: { idle_timeout: 60 }, after: { idle_timeout: 30 } }]))),
);
const acceptance: Acceptance = {
  name: "shorter idle time-out",
  address: "aws_lb.one",
  type: "aws_lb",
  change: "idle_timeout",
  verdict: "DEGRADES",
  reason: "no request is silent that long",
  owner: "platform",
  expires: "2026-12-31",
};
const accepted = (change: Partial<Acceptance>): ReturnType<typeof documentOf> =>
  documentOf(plan, { acceptances: [{ ...acceptance, ...change }], today: TODAY });

describe("an acceptance", () => {
  test("lowers the exit code and leaves the verdict", () => {
    const { verdict, exitCode, changes, remarks } = accepted({});
    expect({ verdict, exitCode, by: changes[0]?.acceptedBy, remarks }).toEqual({
      verdict: "DEGRADES",
      exitCode: 0,
      by: "shorter idle time-out",
      remarks: [],
    });
  });

  test.each([
    ["of a milder verdict", { verdict: "UNKNOWN" }, 0, []],
    [
      "that has expired",
      { expires: "2026-11-30" },
      2,
      ['acceptance "shorter idle time-out" of platform expired on 2026-11-30: it covers nothing.'],
    ],
    [
      "of another resource",
      { address: "aws_lb.two" },
      2,
      ['acceptance "shorter idle time-out" of platform is about no change of this plan: take it out.'],
    ],
    [
      "of another path",
      { change: "subnets" },
      2,
      ['acceptance "shorter idle time-out" of platform is about no change of this plan: take it out.'],
    ],
    ["of the operation", { change: "update" }, 0, []],
    [
      "of another type",
      { type: "aws_alb" },
      2,
      ['acceptance "shorter idle time-out" of platform is about no change of this plan: take it out.'],
    ],
  ] as const)("%s", (_about, change, exitCode, remarks) => {
    const document = accepted(change);
    expect({ exitCode: document.exitCode, remarks: document.remarks, verdict: document.verdict }).toEqual({
      exitCode,
      remarks,
      verdict: "DEGRADES",
    });
  });

  test("of a milder verdict than the plan's covers nothing, and says so", () => {
    const worse = verdictOn(
      readPlan(
        Buffer.from(
          terraform([{ type: "aws_vpc", before: { enable_dns_support: true }, after: { enable_dns_support: false } }]),
        ),
      ),
    );
    const document = documentOf(worse, {
      acceptances: [{ ...acceptance, address: "aws_vpc.one", type: "aws_vpc", change: "update" }],
      today: TODAY,
    });
    expect(document.exitCode).toBe(3);
    expect(document.remarks).toEqual([
      'acceptance "shorter idle time-out" covers DEGRADES, and aws_vpc.one is DOWNTIME: it is not covered.',
    ]);
  });
});

describe("a file of acceptances is refused", () => {
  test.each([
    [
      "that is no list",
      {},
      "the acceptances are no list: write [{ name, address, type, change, verdict, reason, owner, expires }].",
    ],
    [
      "without a reason",
      [{ ...acceptance, reason: " " }],
      "acceptances[0].reason: allowed: a text that is not empty. Correct the file of acceptances.",
    ],
    [
      "with a verdict that needs none",
      [{ ...acceptance, verdict: "SAFE" }],
      "acceptances[0].verdict: allowed: DEGRADES, DOWNTIME, UNKNOWN. Correct the file of acceptances.",
    ],
    [
      "without an end",
      [{ ...acceptance, expires: "some day" }],
      "acceptances[0].expires: allowed: a day as YYYY-MM-DD. Correct the file of acceptances.",
    ],
    [
      "with a member that is none",
      [{ ...acceptance, until: "x" }],
      "acceptances[0].until: allowed: name, address, type, change, reason, owner, order, verdict, expires. Correct the file of acceptances.",
    ],
    [
      "with one name twice",
      [acceptance, acceptance],
      'two acceptances have the name "shorter idle time-out": a name stands for one.',
    ],
  ])("%s", (_about, document, sentence) => {
    expect(() => readAcceptances(document)).toThrow(sentence);
  });
});
