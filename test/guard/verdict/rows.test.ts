/** Every row of the table decides a change: with another effect the answer is another one, and today's answers are recorded. */
import * as path from "node:path";
import { describe, expect, test } from "vitest";
import { rowFiles } from "../../../guard/verdict/effects/row-files";
import { expectRecorded } from "../../support/recording";
import { answersOn, candidatesOf, isDecidedBy, type RowCase, type TypedRow } from "./row-cases";
import { verdictOnBytes, terraform } from "./support";

const RECORDED = path.join(__dirname, "recordings", "rows.ndjson");

/** Rows that need more than one resource to be about a change: each has its own test below. */
const OF_SEVERAL = new Set(["inlineBesideRules"]);

/** A type without rows of its own, for those about every type. */
const ANY_TYPE = "aws:ec2/keyPair:KeyPair";

const rows = rowFiles
  .flatMap((file) => Object.entries(file))
  .flatMap(([type, own]) => own.map((row): TypedRow => ({ type: type === "*" ? ANY_TYPE : type, row })))
  .filter(({ row }) => !OF_SEVERAL.has(row.applies ?? ""));

const nameOf = ({ type, row }: TypedRow): string => `${type} ${row.property}: ${row.change}`;

function caseOf(typed: TypedRow): RowCase | undefined {
  for (const one of candidatesOf(typed)) if (isDecidedBy(typed, one)) return one;
  return undefined;
}

describe("a row of the table", () => {
  const cases = rows.map((typed) => [typed, caseOf(typed)] as const);

  test("decides at least one change: none is dead, and none can be flipped unseen", () => {
    expect(cases.filter(([, one]) => one === undefined).map(([typed]) => nameOf(typed))).toEqual([]);
  });

  test("gives the recorded answer on it", () => {
    const lines = cases.flatMap(([typed, one]) =>
      one === undefined ? [] : [JSON.stringify({ row: nameOf(typed), ...one, answers: answersOn(typed.type, one) })],
    );
    expectRecorded(RECORDED, `${lines.join("\n")}\n`);
  });

  test("about rules within a group beside rules apart is about groups that have both", () => {
    const group = { name: "web", vpc_id: "vpc-1" };
    const inline = { ingress: [{ from_port: 443, to_port: 443, protocol: "tcp", cidr_blocks: ["10.0.0.0/8"] }] };
    const rule = { type: "ingress", security_group_id: "sg-123456", from_port: 80, to_port: 80, protocol: "tcp" };
    const change = {
      type: "aws_security_group",
      before: { ...group, id: "sg-123456" },
      after: { ...group, ...inline },
    };
    const apart = { type: "aws_security_group_rule", actions: ["no-op"], before: rule, after: rule };
    expect(verdictOnBytes(terraform([change, apart])).verdict).toBe("DOWNTIME");
    expect(verdictOnBytes(terraform([change])).verdict).toBe("SAFE");
  });
});
