/** Two legs of a pair never change in one window, at the command line: refused before anything is touched, unless somebody says why. */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { program, project, runIn } from "./support";

const MINUTES_2 = 120_000;

/** A pair and a stack that is none, each of a VPC whose tag is in the file `tag`. */
function pair(): { readonly folder: string; readonly tag: (text: string) => void } {
  const body = `
  const tag = require("node:fs").readFileSync(require("node:path").join(__dirname, "tag"), "utf8");
  new aws.ec2.Vpc("other", { cidrBlock: "10.8.0.0/16", tags: { tag } }, { provider });
  return {};`;
  const folder = project(program(body));
  const put = (file: string, text: string): void => writeFileSync(path.join(folder, file), text);
  put("package.json", '{ "main": "index.ts", "fridayproof": { "hooks": "hooks.cjs" } }');
  put("hooks.cjs", 'exports.legPair = () => ({ primary: { stack: "prod" }, replica: { stack: "replica" } });\n');
  for (const stack of ["prod", "replica"]) put(`Pulumi.${stack}.yaml`, "config: {}\n");
  put("tag", "one");
  return { folder, tag: (text) => put("tag", text) };
}

it(
  "an update of a leg waits while the other's last change is hours ago",
  async () => {
    const { folder, tag } = pair();
    const up = (stack: string, ...more: readonly string[]) => runIn(folder, "up", "--stack", stack, "--plain", ...more);
    // A leg that is made has nobody to take down, and neither has a stack that is no leg.
    for (const stack of ["prod", "replica", "dev"]) expect(await up(stack)).toMatchObject({ code: 0, stderr: "" });
    expect(await up("prod")).toMatchObject({ code: 0, stderr: "" });

    tag("two");
    const account = readFileSync(path.join(folder, ".fridayproof", "account.json"), "utf8");
    const refused = await up("prod");
    expect([refused.code, refused.stderr]).toEqual([
      1,
      expect.stringMatching(
        /^fridayproof: 1 problem in the update of prod:\n {2}replica: got "changed at [\d-]+T[\d:]+Z"; allowed: a last change 12 hours ago or more: two legs never change in one window; fix: Wait until [\d-]+T[\d:]+Z, or say why not with --both-legs "\.\.\."\.\nNothing was changed\.\n$/,
      ),
    ]);
    expect(readFileSync(path.join(folder, ".fridayproof", "account.json"), "utf8")).toBe(account);
    expect((await up("prod", "--both-legs", " ")).code).toBe(1);
    expect((await up("dev")).code).toBe(0);

    const said = await up("prod", "--both-legs", "the region burns");
    expect([said.code, said.stderr]).toEqual([
      0,
      expect.stringMatching(/^replica changed at [\d-]+T[\d:]+Z; prod changes all the same: the region burns\n$/),
    ]);
  },
  MINUTES_2,
);

it(
  "an update of a leg goes on once the other has stood for the window",
  async () => {
    const { folder, tag } = pair();
    for (const stack of ["prod", "replica"]) expect((await runIn(folder, "up", "--stack", stack)).code).toBe(0);
    const file = path.join(folder, ".fridayproof", "stacks", "replica.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replaceAll(/"(created|modified)": ?"[^"]*"/g, '"$1": "2026-11-01T00:00:00.000Z"'));
    tag("two");
    expect(await runIn(folder, "up", "--stack", "prod")).toMatchObject({ code: 0, stderr: "" });
  },
  MINUTES_2,
);
