/** A region that is lost to one run: what a plan needs of it is said before anything is made; what needs nothing goes on. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { program, project, runIn } from "./support";

const MINUTES_2 = 120_000;

const ROLE = `  new aws.iam.Role("deployer", { assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Principal: { Service: "ec2.amazonaws.com" }, Action: "sts:AssumeRole" }] }) }, { provider });`;

it(
  "refuses up in one sentence before anything is made, says the same of a preview, and comes up with the region back",
  async () => {
    const folder = project(program(ROLE).replace(/us-east-1/g, "us-west-2"));
    const sentence =
      "fridayproof: dev needs IAM (1 resource), written through us-east-1, which is denied: use the pilot or wait. Nothing was changed.\n";
    const refused = await runIn(folder, "up", "--deny-region", "us-east-1");
    expect([refused.code, refused.stderr]).toEqual([1, sentence]);
    expect(existsSync(path.join(folder, ".fridayproof", "stacks", "dev.json"))).toBe(false);
    const planned = await runIn(folder, "preview", "--deny-region", "us-east-1");
    expect([planned.code, planned.stderr]).toEqual([1, sentence]);

    expect((await runIn(folder, "up")).code).toBe(0);
    // What stands needs no call: the plan gets through without the region.
    expect((await runIn(folder, "up", "--deny-region", "us-east-1")).code).toBe(0);
    const read = await runIn(folder, "refresh", "--deny-region", "us-east-1:hang", "--call-timeout", "0.1");
    expect(read.code).toBe(1);
    expect(read.stdout).toContain(
      "RequestTimeout: IAM GetRole in us-east-1: no answer within 0.1 s, context deadline exceeded (--call-timeout)",
    );
    const drift = await runIn(folder, "drift", "--deny-region", "us-east-1");
    expect([drift.code, drift.stdout, drift.stderr.split("\n").at(-2)]).toEqual([
      1,
      "",
      "fridayproof: resources of dev in the outage could not be read, so drift is not reported.",
    ]);
    const destroyed = await runIn(folder, "destroy", "--deny-region", "us-east-1");
    expect(destroyed.code).toBe(1);
    expect((await runIn(folder, "destroy")).code).toBe(0);
  },
  MINUTES_2,
);

it(
  "refuses options that name nothing, with exit 2",
  async () => {
    const folder = project(program(ROLE));
    const idle = await runIn(folder, "up", "--strict");
    expect([idle.code, idle.stderr]).toEqual([
      2,
      "fridayproof: --strict and --call-timeout apply to an outage: add --deny-region REGION.\n",
    ]);
    const wrong = await runIn(folder, "up", "--deny-region", "us-eest-1");
    expect([wrong.code, wrong.stderr.includes("Did you mean us-east-1?")]).toEqual([2, true]);
    expect((await runIn(folder, "up", "--deny-region", "us-east-1", "--call-timeout", "0")).code).toBe(2);
  },
  MINUTES_2,
);
