/** Lists that people read in a terminal: rules and objects, whose names are never broken and whose sentences are. */
import { describe, expect, it } from "vitest";
import { objectLines } from "../../../sandbox/display/objects";
import { ruleLines } from "../../../sandbox/display/rules";
import { plain } from "./support";

const RULE = {
  ...{ id: "pdb-required", group: "zero-downtime", level: "mandatory" },
  forbids: "A workload that no disruption budget protects, or several, and a budget that lets all pods go.",
  prevents: "Without one a drain takes all pods at once.",
};

const object = (id: string, urn: string) => ({
  ...{ type: "aws:ec2/vpc:Vpc", id, scope: "us-east-1", urn, inputs: {}, outputs: {} },
});

describe("the list of rules", () => {
  it("has its sentences wrapped below their beginning", () => {
    expect(ruleLines([RULE], plain, 80)).toEqual([
      "zero-downtime",
      "  pdb-required (mandatory)",
      "    forbids  A workload that no disruption budget protects, or several, and a",
      "             budget that lets all pods go.",
      "    prevents Without one a drain takes all pods at once.",
    ]);
  });
});

describe("the list of objects", () => {
  const urn = "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::network-vpc";
  const objects = [object("vpc-2", urn), object("vpc-1", "")];

  it("says who made each, sorted, beside it where there is room", () => {
    expect(objectLines(objects, plain, 80)).toEqual([
      "us-east-1 (2)",
      "  aws:ec2:Vpc vpc-1  there from the start",
      "  aws:ec2:Vpc vpc-2  dev: network-vpc",
    ]);
  });

  it("says it below where there is none, so that no name is cut", () => {
    expect(objectLines(objects, plain, 37)).toEqual([
      "us-east-1 (2)",
      "  aws:ec2:Vpc vpc-1",
      "      there from the start",
      "  aws:ec2:Vpc vpc-2  dev: network-vpc",
    ]);
  });
});
