/** `up` lets the policies speak about the whole stack before anything is changed, as the real command line does. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { fridayproof, program, project } from "./support";

const MINUTES_2 = 120_000;

const PACK = `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("house", { policies: [{ name: "no-evil", description: "Nothing evil.", enforcementLevel: "mandatory",
  validateStack: ({ resources }, report) => { if (resources.some(({ name }) => name === "evil")) report("evil is there"); } }] });
`;

/** A project with a rule about the whole stack. */
function projectWithPack(): string {
  const folder = project(program("  return { vpcId: vpc.id };"));
  const pack = path.join(folder, "policies");
  mkdirSync(pack);
  writeFileSync(path.join(pack, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
  writeFileSync(path.join(pack, "package.json"), '{ "name": "house", "version": "1.0.0" }');
  writeFileSync(path.join(pack, "index.js"), PACK);
  return folder;
}

it(
  "a rule about the whole stack stops an update before it begins",
  async () => {
    const folder = projectWithPack();
    const file = (name: string): string => readFileSync(path.join(folder, ".fridayproof", name), "utf8");
    const first = await fridayproof(["up", "--cwd", folder]);
    expect(first.code).toBe(0);
    expect(first.stdout).toMatch(/^dev on the sandbox: 3 to create\n/);
    const before = [file("account.json"), file("stacks/dev.json")];

    const evil = '  new aws.cloudwatch.LogGroup("evil", {}, { provider });\n  return {};';
    writeFileSync(path.join(folder, "index.ts"), program(evil));
    const { code, stdout } = await fridayproof(["up", "--cwd", folder]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^dev on the sandbox: REFUSED by 1 rule. 1 to create, 3 unchanged\n/);
    expect(stdout).toContain("evil is there");
    expect(stdout).toMatch(/\ndev was not changed\. Fix the finding and run it again\. \(exit 1\)\n$/);
    expect([file("account.json"), file("stacks/dev.json")]).toEqual(before);

    const unasked = await fridayproof(["up", "--no-policies", "--cwd", folder]);
    expect(unasked.code).toBe(0);
    expect(file("account.json")).toContain("evil");
  },
  MINUTES_2,
);
