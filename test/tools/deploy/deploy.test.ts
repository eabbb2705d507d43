/** The pipeline's deployment: what was approved is carried out, in no freeze, with the policies, and nothing else. */
import { readFileSync, writeFileSync } from "node:fs";
import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { noFreezes, productionFreezes } from "../../../stacks/environments/freeze";
import { commandOf, whereOf } from "../../../tools/deploy/engine";
import { frozenAt } from "../../../tools/deploy/frozen";
import { planDigest } from "../../../tools/deploy/plan-digest";
import { HouseCopy } from "../../support/house-copy";

const MINUTES_5 = 300_000;

describe("the digest of a plan", () => {
  const step = (name: string, inputs: object, op = "update") => ({ op, urn: `urn::${name}`, newState: { inputs } });
  const digest = (...steps: readonly object[]): string => planDigest(JSON.stringify({ steps, duration: 1 }));

  it("is that of the changes: their order, times, the order of members and what stays do not count", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.integer()), fc.integer(), (inputs, duration) => {
        const turned = Object.fromEntries(Object.entries(inputs).reverse());
        const [one, other, same] = [step("a", { inputs }), step("b", inputs), step("c", {}, "same")];
        const later = planDigest(JSON.stringify({ steps: [step("b", turned), same, one], duration }));
        expect(later).toBe(digest(one, other));
      }),
    );
  });

  it.each([
    ["another value", step("a", { size: 2 })],
    ["another resource", step("b", { size: 1 })],
    ["another operation", step("a", { size: 1 }, "replace")],
    ["one more change", undefined],
  ])("is another one for %s", (_, other) => {
    const one = step("a", { size: 1 });
    expect(other === undefined ? digest(one, step("b", {})) : digest(other)).not.toBe(digest(one));
  });

  it("is refused for what is no plan", () => {
    expect(() => planDigest("{}")).toThrow(new Error("the plan has no steps: `preview --json` writes it."));
  });
});

describe("a freeze", () => {
  it.each([
    ["2026-11-26T04:59:59Z", false],
    ["2026-11-26T05:00:00Z", true],
    ["2026-12-01T04:59:59Z", true],
    ["2026-12-01T05:00:00Z", false],
    ["2027-01-01T12:00:00Z", true],
  ])("at %s goes on: %s", (moment, isFrozen) => {
    expect(frozenAt(productionFreezes, new Date(moment)) !== undefined).toBe(isFrozen);
    expect(frozenAt(noFreezes, new Date(moment))).toBeUndefined();
  });

  it("is said with its end and its reason", () => {
    expect(frozenAt(productionFreezes, new Date("2026-11-30T00:00:00Z"))).toBe(
      "frozen from 2026-11-26T05:00:00.000Z until 2026-12-01T05:00:00.000Z: Thanksgiving to Cyber Monday: the busiest days of the year, with the fewest people at work.",
    );
  });
});

describe("on AWS", () => {
  it.each(["preview", "up"] as const)("%s of the real command line always has the policies", (verb) => {
    const command = commandOf("aws", verb, "prod");
    expect(command.slice(0, 4)).toEqual(["pulumi", verb, "--stack", "prod"]);
    expect(command.join(" ")).toMatch(/--policy-pack policies --policy-pack-config stacks\/policies\/prod\.json$/);
  });

  it("is the only other place than the sandbox", () => {
    expect(["sandbox", "aws"].map(whereOf)).toEqual(["sandbox", "aws"]);
    expect(() => whereOf("gcp")).toThrow(new Error('ON: got "gcp"; allowed: sandbox, aws.'));
  });
});

describe("from a fresh clone", () => {
  let house: HouseCopy;
  beforeAll(() => {
    house = new HouseCopy();
  });
  afterAll(() => house.remove());

  it(
    "the plan that somebody approved is carried out, and one that changed since is not",
    async () => {
      const missing = await house.run("make deploy STACK=dev APPROVED=reports/plan-dev.digest");
      expect(missing.output).toContain(
        "fridayproof: reports/plan-dev.digest is not there: `make plan` writes it, and an approval is for it.\n",
      );
      expect((await house.run("node cli/bin.cjs up --yes --no-policies -s foundation")).code).toBe(0);
      const planned = await house.run("make plan STACK=dev");
      expect([planned.code, planned.output]).toEqual([0, expect.stringMatching(/^dev: plan [0-9a-f]{12} in reports/m)]);
      expect(house.text("reports/plan-dev.md")).toMatch(/^<!-- fridayproof-report -->\n## \w+ in dev\n/);

      const file = house.file("stacks/environments/dev.ts");
      const program = readFileSync(file, "utf8");
      writeFileSync(file, program.replace("flowLogDays: 7", "flowLogDays: 14"));
      expect(readFileSync(file, "utf8")).not.toBe(program);
      const changed = await house.run("make deploy STACK=dev APPROVED=reports/plan-dev.digest");
      expect(changed.code).not.toBe(0);
      expect(changed.output).toMatch(
        /fridayproof: the plan of dev changed since it was approved \([0-9a-f]{12} then, [0-9a-f]{12} now\)\. Nothing was changed: plan and approve again\.\n/,
      );

      writeFileSync(file, program);
      const done = await house.run("make deploy STACK=dev APPROVED=reports/plan-dev.digest");
      expect([done.code, done.output.slice(-400)]).toEqual([
        0,
        expect.stringContaining("dev is up to date with the program"),
      ]);

      const healthy = await house.run("make checks STACK=dev");
      expect([healthy.code, healthy.output]).toEqual([0, expect.stringContaining("dev is healthy (SIMULATED).\n")]);
      await house.run("node cli/bin.cjs sandbox delete blue-gateway-binding");
      const sick = await house.run("make checks STACK=dev");
      expect([sick.code === 0, sick.output]).toEqual([
        false,
        expect.stringMatching(
          /^ {2}targets of blue, which has 100 % of the traffic: 0 of \d+ are ready\.\n {2}blue-gateway-binding is in the state and not in the account\.\nfridayproof: dev is not healthy: the next environment must wait\.$/m,
        ),
      ]);
    },
    MINUTES_5,
  );

  it("on an account, nothing is planned with policies that have yesterday's settings", async () => {
    const file = house.file("stacks/policies/staging.json");
    const written = readFileSync(file, "utf8");
    writeFileSync(file, written.replace('"role": "none"', '"role": "primary"'));
    const { code, output } = await house.run("make plan STACK=staging ON=aws");
    writeFileSync(file, written);
    expect([code === 0, output]).toEqual([
      false,
      expect.stringContaining(
        "fridayproof: 1 problem in the policies' configuration of staging:\n  stacks/policies/staging.json, rules with other settings than stacks/ gives: ",
      ),
    ]);
  });

  it.each([
    ["make plan STACK=../x", 'fridayproof: STACK: got "../x"; allowed: the name of a stack.'],
    ["make deploy STACK=dev", "fridayproof: APPROVED: got nothing; allowed: the digest that `make plan` wrote."],
    ["make plan STACK=dev ON=moon", 'fridayproof: ON: got "moon"; allowed: sandbox, aws.'],
  ])("%s is refused in a sentence", async (command, message) => {
    const { code, output } = await house.run(command);
    expect(code).not.toBe(0);
    expect(output).toContain(`${message}\n`);
  });
});
