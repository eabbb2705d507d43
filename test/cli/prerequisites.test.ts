/** A new environment on the command line: what it lacks is said before anything is made, and with its rows it comes up. */
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { linkPackages } from "../support/installed";
import { fridayproof, ROOT, temporaryFolder } from "./support";

const PATIENCE_MS = 240_000;
const FOLDERS = ["cli", "components", "guard", "policies", "sandbox", "stacks", "tools"];
const FILES = ["Pulumi.yaml", "package.json", "package-lock.json", "tsconfig.json"];

/** This repository without tests and documents, with the packages that it has installed. */
function copy(): string {
  const folder = temporaryFolder();
  for (const name of [...FOLDERS, ...FILES])
    cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  linkPackages(folder);
  return folder;
}

function edit(folder: string, file: string, from: string, to: string): void {
  const where = path.join(folder, file);
  const text = readFileSync(where, "utf8");
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  writeFileSync(where, text.replace(from, to));
}

function addEnvironment(folder: string): void {
  const zones = '["euw1-az1", "euw1-az2"]';
  const row = `name: "qa", region: "eu-west-1", zones: ${zones}, controlPlaneZones: ${zones}, cidr: "10.50.0.0/16", domain: "qa.example.com"`;
  writeFileSync(
    path.join(folder, "stacks", "environments", "qa.ts"),
    `import { dev } from "./dev";\nexport const qa = { ...dev, ${row} };\n`,
  );
  edit(folder, "stacks/environments/environments.ts", "import { prod }", 'import { qa } from "./qa";\nimport { prod }');
  edit(
    folder,
    "stacks/environments/environments.ts",
    "[dev, staging, prod, replica]",
    "[dev, staging, prod, replica, qa]",
  );
}

function addRows(folder: string): void {
  edit(folder, "stacks/account/foundation.ts", '["us-east-1", "us-west-2"]', '["us-east-1", "us-west-2", "eu-west-1"]');
  edit(
    folder,
    "stacks/account/foundation.ts",
    "  certificates: [",
    '  certificates: [\n    { region: "eu-west-1", generation: "1", domains: ["qa.example.com"] },',
  );
  edit(
    folder,
    "sandbox/cloud/seed.yaml",
    "objects:\n",
    'objects:\n  - { type: "aws:route53/zone:Zone", name: qa.example.com, inputs: { name: qa.example.com } }\n',
  );
  cpSync(path.join(folder, "stacks/sandbox/Pulumi.dev.yaml"), path.join(folder, "stacks/sandbox/Pulumi.qa.yaml"));
  cpSync(path.join(folder, "stacks/policies/dev.json"), path.join(folder, "stacks/policies/qa.json"));
}

it(
  "an environment whose rows are missing is told all of them, and nothing is made; with them its plan is made",
  async () => {
    const folder = copy();
    addEnvironment(folder);
    const bin = path.join(folder, "cli", "bin.cjs");
    const work = path.join(folder, "work");
    mkdirSync(work);
    const preview = () => fridayproof(["preview", "-C", folder, "-s", "qa", "--no-policies", "--work", work], { bin });

    const bare = await preview();
    expect(bare.stderr).toContain('fridayproof: 5 problems in what environment "qa" needs:\n');
    expect(bare.stdout).toBe("");
    expect(bare.code).toBe(1);

    addRows(folder);
    const complete = await preview();
    expect(complete.stderr).toMatch(/^The account has no foundation yet: foundation is planned in memory beneath\sqa/);
    expect(complete.code).toBe(0);
    expect(complete.stdout).toMatch(/blue-cluster +Cluster /);
  },
  PATIENCE_MS,
);

it(
  "a plan that was checked with settings of yesterday is not carried out, and a preview of it fails",
  async () => {
    const folder = copy();
    const bin = path.join(folder, "cli", "bin.cjs");
    const work = path.join(folder, "work");
    mkdirSync(work);
    edit(folder, "stacks/policies/foundation.json", '"primaryRegion": "us-east-1"', '"primaryRegion": "us-east-2"');
    const stale = [
      "fridayproof: 1 problem in the policies' configuration of foundation:",
      '  stacks/policies/foundation.json, rules with other settings than stacks/ gives: got ["replica-data-keys"]; allowed: none; fix: Run make policy-files and read its diff: they ran with what stacks/ said before.',
      "foundation was not changed.\n",
    ].join("\n");
    for (const verb of ["preview", "up"]) {
      const { code, stderr } = await fridayproof([verb, "-C", folder, "-s", "foundation", "--work", work], { bin });
      expect([code, stderr], verb).toEqual([1, stale]);
    }
    expect(existsSync(path.join(work, "stacks", "foundation.json"))).toBe(false);

    const unchecked = await fridayproof(
      ["preview", "-C", folder, "-s", "foundation", "--no-policies", "--work", work],
      { bin },
    );
    expect([unchecked.code, unchecked.stderr]).toEqual([0, ""]);
  },
  PATIENCE_MS,
);

const SHOP = `export const spec = {
  name: "shop", image: "registry.example.com/shop@sha256:${"a".repeat(64)}", port: 8080, readinessPath: "/ready", livenessPath: "/live",
  secrets: { KEY: { secret: "mail", property: "key" } }, database: { secret: "database" },
};
`;

it(
  "an application whose secrets nobody owns is refused before anything is made, until the foundation has made them",
  async () => {
    const folder = copy();
    const bin = path.join(folder, "cli", "bin.cjs");
    const work = path.join(folder, "work");
    mkdirSync(work);
    const run = (verb: string, stack: string) =>
      fridayproof([verb, "-C", folder, "-s", stack, "--no-policies", "--work", work], { bin });
    expect((await run("up", "foundation")).code).toBe(0);
    mkdirSync(path.join(folder, "apps"));
    writeFileSync(path.join(folder, "apps", "shop.ts"), SHOP);
    edit(folder, "stacks/environments/dev.ts", "applications: []", 'applications: ["shop"]');

    const refused = await run("up", "dev");
    expect([refused.code, refused.stderr]).toEqual([
      1,
      [
        'fridayproof: 1 problem in what environment "dev" needs:',
        '  secrets without an owner: got ["fridayproof/dev/shop/database","fridayproof/dev/shop/mail"]; allowed: secrets of the foundation that can be read in us-east-1; fix: Make them, without a value: make up STACK=foundation. Then write each value (docs/foundation.md).\n',
      ].join("\n"),
    ]);
    expect(existsSync(path.join(work, "stacks", "dev.json"))).toBe(false);

    const made = await run("up", "foundation");
    expect([made.code, made.stdout]).toEqual([
      0,
      expect.stringContaining("foundation is up to date with the program: 2 created"),
    ]);
    expect((await run("preview", "dev")).code).toBe(0);
  },
  PATIENCE_MS,
);
