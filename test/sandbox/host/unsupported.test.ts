/** What the engine does not have is refused by name, never left out without a word. */
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { describe, expect, it } from "vitest";
import { graphOf } from "../../support/graph";
import { FakeProviders } from "../../support/fake-providers";

const CASES: Readonly<Record<string, () => unknown>> = {
  "resource import": () => new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" }, { import: "vpc-1" }),
  replaceWith: () => {
    const a = new aws.ec2.Vpc("a", { cidrBlock: "10.0.0.0/16" });
    return new aws.ec2.Vpc("b", { cidrBlock: "10.1.0.0/16" }, { replaceWith: [a] });
  },
  replacementTrigger: () => new aws.ec2.Vpc("v", { cidrBlock: "10.0.0.0/16" }, { replacementTrigger: "1" }),
};

describe("a program that asks for what is not built", () => {
  for (const [name, program] of Object.entries(CASES)) {
    it(`is told so: ${name}`, async () => {
      const packages = new FakeProviders().packages();
      const graph = await graphOf(() => void program(), { packages, allowErrors: true });
      expect(graph.exitCode).toBe(1);
      expect(graph.diagnostics.map(({ message }) => message)).toContain(
        `the sandbox does not have ${name}: docs/sandbox.md lists what is not built, and why`,
      );
    });
  }

  it("is told so: StackReference", async () => {
    const program = (): unknown => new pulumi.StackReference("organization/other/dev");
    const graph = await graphOf(() => void program(), { packages: [], allowErrors: true });
    expect(graph.diagnostics.map(({ message }) => message)).toContain(
      "the sandbox has no resources of package 'pulumi': docs/sandbox.md lists what is not built, and why",
    );
  });
});
