/** The foundation comes first: an environment on an empty account brings it up, says so, and does so once. */
import { existsSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { program, project, runIn } from "./support";

const SENTENCE = "The account has no foundation (roles, certificates, images, states): foundation\ncomes up first.\n";

/** A project with two stacks, of which its package.json names one as the foundation; a VPC like everything else in it. */
function withFoundation(manifest: object = { main: "index.ts", fridayproof: { foundation: "foundation" } }): string {
  const folder = project(program("  return { vpcId: vpc.id };"));
  writeFileSync(path.join(folder, "Pulumi.foundation.yaml"), 'config:\n  "lab:is": foundation\n');
  writeFileSync(path.join(folder, "package.json"), JSON.stringify(manifest));
  return folder;
}

it("is brought up before the first environment, and left alone afterwards", async () => {
  const folder = withFoundation();
  const first = await runIn(folder, "up");
  expect(first.code).toBe(0);
  expect(first.stdout).toContain(`${SENTENCE}foundation is up to date with the program: 3 created`);
  expect(first.stdout.indexOf("foundation is as")).toBeLessThan(first.stdout.indexOf("dev on the sandbox"));
  const second = await runIn(folder, "up");
  expect(second.stdout).not.toContain("foundation");
});

it("is planned in memory beneath a preview, which leaves standard output to the plan and nothing on disk", async () => {
  const folder = withFoundation();
  const { code, stdout, stderr } = await runIn(folder, "preview", "--json");
  expect(existsSync(path.join(folder, ".fridayproof", "account.json"))).toBe(false);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ changeSummary: { create: 3 } });
  expect(stderr).toContain(
    "The account has no foundation yet: foundation is planned in memory beneath dev,\nand nothing of it is kept.\n",
  );
});

it("beneath a preview is asked nothing that the preview is: neither for no changes nor for a target", async () => {
  const folder = withFoundation();
  const target = "urn:pulumi:dev::lab::aws:ec2/vpc:Vpc::net";
  expect((await runIn(folder, "preview", "--expect-no-changes")).code).toBe(7);
  const { stderr } = await runIn(folder, "preview", "--target", target);
  expect(stderr).not.toContain("its plan fails");
});

it("that fails lets no environment begin", async () => {
  const folder = withFoundation();
  const failing = `  if (pulumi.getStack() === "foundation") throw new pulumi.RunError("no foundation today");\n  return {};`;
  writeFileSync(path.join(folder, "index.ts"), program(failing));
  const { code, stdout } = await runIn(folder, "up");
  expect(code).not.toBe(0);
  expect(stdout).toContain("no foundation today");
  expect(stdout).not.toContain("dev on the sandbox");
});

it("is no business of a project that has none", async () => {
  const { stdout } = await runIn(project(program("  return {};")), "up");
  expect(stdout).not.toContain("foundation");
});

it("that was cut short is finished before an environment begins", async () => {
  const folder = withFoundation();
  const failing = `  if (pulumi.getStack() === "foundation") throw new pulumi.RunError("cut short");\n  return {};`;
  const whole = program("  return { vpcId: vpc.id };");
  writeFileSync(path.join(folder, "index.ts"), program(failing));
  await runIn(folder, "up");
  writeFileSync(path.join(folder, "index.ts"), whole);
  const { code, stdout } = await runIn(folder, "up");
  expect(code).toBe(0);
  expect(stdout).toContain(`${SENTENCE}foundation is up to date with the program: 3 created`);
});

it("is a stack like any other in a project that names none", async () => {
  const { code, stdout } = await runIn(withFoundation({ main: "index.ts" }), "up");
  expect(code).toBe(0);
  expect(stdout).toMatch(/^dev on the sandbox: 3 to create\n/);
  expect(stdout).not.toContain("foundation");
});
