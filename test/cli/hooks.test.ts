/** A project's own hooks: asked before a run, heard after it, and only there where package.json names them. */
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { program, project, runIn } from "./support";

const PROBLEM = { path: "zones.txt", got: undefined, allowed: "a zone", fix: "Write one." };

/** A project with a module of hooks. */
function hooked(hooks: string, body = "  return {};"): string {
  const folder = project(program(body));
  writeFileSync(
    path.join(folder, "package.json"),
    '{ "main": "index.ts", "fridayproof": { "hooks": "own/hooks.ts" } }',
  );
  writeFileSync(path.join(folder, "Pulumi.prod.yaml"), "config: {}\n");
  const file = path.join(folder, "own", "hooks.ts");
  mkdirSync(path.dirname(file));
  writeFileSync(file, hooks);
  return folder;
}

it("say what a stack lacks, and nothing is run", async () => {
  const problem = JSON.stringify([PROBLEM]);
  const folder = hooked(`export const problems = (stack: string) => (stack === "prod" ? ${problem} : []);`);
  expect(await runIn(folder, "up", "--stack", "prod")).toMatchObject({
    code: 1,
    stderr:
      'fridayproof: 1 problem in what environment "prod" needs:\n  zones.txt: got nothing; allowed: a zone; fix: Write one.\n',
  });
  expect((await runIn(folder, "up")).code).toBe(0);
});

it("have the last word on errors of a run", async () => {
  const hooks = "export const hints = (errors: string[], stack: string) => [`${stack}: ${errors.length} to mend.`];";
  const folder = hooked(hooks, '  throw new pulumi.RunError("no zone today");');
  const { code, stdout } = await runIn(folder, "preview");
  expect(code).toBe(1);
  expect(stdout).toContain("no zone today");
  expect(stdout).toMatch(/\ndev: 1 to mend\.\n$/);
});

it("that cannot be loaded end the run with the row that names them", async () => {
  const folder = hooked('throw new Error("no such table");');
  const { code, stderr } = await runIn(folder, "preview");
  expect(code).toBe(1);
  expect(stderr).toBe(
    `fridayproof: ${path.join(folder, "package.json")}: fridayproof.hooks: got "own/hooks.ts"; allowed: a module that loads. no such table\n`,
  );
});
