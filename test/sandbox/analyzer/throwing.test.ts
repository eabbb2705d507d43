/** A policy that throws ends the run with what it threw: it never counts as a resource that passed. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startPolicies } from "../../../sandbox/analyzer/policy-runner";
import type { PolicyRunner } from "../../../sandbox/engine/policy-runner";
import { goalWith } from "../../../sandbox/state/goal";

const URN = "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::main";

const PACK = `
const { PolicyPack } = require("@pulumi/policy");
const thrown = () => { throw new Error("no such field"); };
new PolicyPack("house", { policies: [
  { name: "breaks", description: "-", enforcementLevel: "advisory", validateResource: thrown },
  { name: "breaks-late", description: "-", enforcementLevel: "advisory", validateStack: thrown },
] });
`;

describe("a policy that throws", () => {
  let root: string;
  let runner: PolicyRunner;

  beforeEach(async () => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), "throwing-"));
    const directory = path.join(root, "pack");
    fs.mkdirSync(directory);
    fs.symlinkSync(path.resolve("node_modules"), path.join(root, "node_modules"));
    fs.writeFileSync(path.join(directory, "PulumiPolicy.yaml"), "runtime: nodejs\nmain: index.js\n");
    fs.writeFileSync(path.join(directory, "package.json"), '{ "name": "house", "version": "1.0.0" }');
    fs.writeFileSync(path.join(directory, "index.js"), PACK);
    runner = await startPolicies({ directory, stack: "dev", project: "p", preview: true, config: {} });
  });
  afterEach(() => {
    runner.stop();
    fs.rmSync(root, { recursive: true });
  });

  it("about a resource fails the question, though the rule is advisory, and names rule and pack", async () => {
    const goal = goalWith({ type: "aws:ec2/vpc:Vpc", name: "main", custom: true });
    await expect(runner.analyze({ goal, urn: URN, inputs: {}, provider: undefined })).rejects.toThrow(
      /^the policy project failed: Error validating resource with policy 'breaks' from policy pack 'house@v1.0.0':\n[^]*no such field/,
    );
  });

  // The SDK speaks of a resource here too.
  it("about the stack fails it as well", async () => {
    const row = { urn: URN, custom: true, id: "vpc-1", type: "aws:ec2/vpc:Vpc", inputs: {}, outputs: {} };
    await expect(runner.analyzeStack([row])).rejects.toThrow(
      /^the policy project failed: Error validating resource with policy 'breaks-late' from policy pack 'house@v1.0.0':\n[^]*no such field/,
    );
  });
});
