/** A lost state: an environment that stands is not made a second time by a first update that is none. */
import { describe, expect, it } from "vitest";
import { Account } from "../../sandbox/cloud/account/account";
import { prod } from "../../stacks/environments/prod";
import { lostStateProblems } from "../../stacks/transition/lost-state";
import { Standing } from "../support/change";

const region = { region: "us-east-1" };
const STACK = { type: "pulumi:pulumi:Stack", outputs: {} };
const PROVIDER = { type: "pulumi:providers:aws", outputs: {} };
const VPC = { type: "aws:ec2/vpc:Vpc", outputs: {} };
const REST = {
  path: "the state",
  allowed: "a state that has what exists: a first update would make all of it a second time",
  fix: 'Put the state back, or import what stands: docs/runbooks/lost-state-backend.md. Or say why not: --config fridayproof:makeAgain="...".',
};

describe("a state that knows nothing", () => {
  it.each([
    [["blue"], {}, "no resource, while blue stands in us-east-1"],
    [["blue", "green"], { stack: STACK, aws: PROVIDER }, "no resource, while blue and green stand in us-east-1"],
  ])("is refused while %j stand", (clusters, resources, got) => {
    expect(lostStateProblems(region, clusters, resources)).toEqual([{ ...REST, got }]);
  });

  it("is that of an environment which was never made, where no cluster stands", () => {
    expect(lostStateProblems(region, [], { stack: STACK })).toEqual([]);
  });

  it("is none where a first update ended halfway: it goes on from there", () => {
    expect(lostStateProblems(region, ["blue"], { stack: STACK, vpc: VPC })).toEqual([]);
  });
});

describe("the program", () => {
  const accountOf = async () => {
    const { account } = (await Standing.of({ environment: prod })).graph;
    return new Account(account.accountId, account.all());
  };

  it("makes nothing where prod stands and its state is gone, and names the runbook", async () => {
    const account = await accountOf();
    const before = account.all().length;
    await expect(Standing.of({ environment: prod }, account)).rejects.toThrow(
      '1 problem in the first update of environment "prod":\n' +
        `  the state: got "no resource, while fridayproof-prod-blue stands in us-east-1"; allowed: ${REST.allowed}; fix: ${REST.fix}`,
    );
    expect(account.all()).toHaveLength(before);
  });

  it("goes on where somebody says why", async () => {
    const settings = { makeAgain: "the cluster of that name is another team's" };
    // The account refuses what has a name of its own, as before.
    await expect(Standing.of({ environment: prod, settings }, await accountOf())).rejects.toThrow(
      /EntityAlreadyExists/,
    );
  });
});
