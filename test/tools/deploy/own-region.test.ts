/** A command on an account stands in its stack's region: the key of the states is called by AWS_REGION alone. */
import { describe, expect, it } from "vitest";
import { checkOwnRegion } from "../../../tools/deploy/own-region";

const at = (backend: string, region?: string) => ({
  PULUMI_BACKEND_URL: `s3://fridayproof-state-111122223333-${backend}?region=${backend}`,
  AWS_REGION: region,
});
const FIX =
  "fix: Take both from the output `backends` of foundation: states of a region that is lost open in the other one.";

describe("backend and AWS_REGION", () => {
  it("of the stack's own region are right", () => {
    expect(() => checkOwnRegion("prod", at("us-east-1", "us-east-1"))).not.toThrow();
    expect(() => checkOwnRegion("replica", at("us-west-2", "us-west-2"))).not.toThrow();
  });

  it.each<[string, ReturnType<typeof at>, readonly string[]]>([
    ["a shell of the other region", at("us-west-2", "us-east-1"), ['AWS_REGION: got "us-east-1"']],
    ["a shell of no region", at("us-west-2"), ['AWS_REGION: got "nothing"']],
    ["a backend of the other region", at("us-east-1", "us-west-2"), ['PULUMI_BACKEND_URL: got "us-east-1"']],
    [
      "both of the other region",
      at("us-east-1", "us-east-1"),
      ['PULUMI_BACKEND_URL: got "us-east-1"', 'AWS_REGION: got "us-east-1"'],
    ],
  ])("%s are refused before anything is called", (_title, variables, problems) => {
    const lines = problems.map((problem) => `  ${problem}; allowed: us-west-2, the region of replica; ${FIX}`);
    const head = `${problems.length} problem${problems.length === 1 ? "" : "s"} in the variables of replica:`;
    expect(() => checkOwnRegion("replica", variables)).toThrow(
      expect.objectContaining({ message: [head, ...lines].join("\n") }),
    );
  });

  it("of a stack or a backend without a region are not compared", () => {
    expect(() => checkOwnRegion("foundation", at("us-west-2", "us-east-1"))).not.toThrow();
    expect(() =>
      checkOwnRegion("replica", { PULUMI_BACKEND_URL: "file:///states", AWS_REGION: "us-east-1" }),
    ).not.toThrow();
    expect(() => checkOwnRegion("replica", {})).not.toThrow();
  });
});
