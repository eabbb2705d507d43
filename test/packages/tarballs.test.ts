/** The tarballs of all packages, each in an empty project: what their READMEs promise, from both kinds of module. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { pack } from "../../tools/pack/pack";
import { PACKAGES, ROOT } from "../../tools/pack/sources";
import { type Block, recipesOf } from "../docs/recipes";
import { compiledAs, Stranger } from "./stranger";

/** Declarations of all packages, or several runs of the command line. */
const PATIENCE_MS = 600_000;

const NAMES = PACKAGES.map(
  (folder) => (JSON.parse(readFileSync(path.join(ROOT, folder, "package.json"), "utf8")) as { name: string }).name,
);
const out = mkdtempSync(path.join(tmpdir(), "packed-"));
let tarballs: ReadonlyMap<string, string>;

beforeAll(() => {
  const files = pack(out);
  tarballs = new Map(NAMES.map((name, index) => [name, files[index] ?? ""]));
}, PATIENCE_MS);
afterAll(() => rmSync(out, { recursive: true, force: true }));

function stranger(): Stranger {
  const made = new Stranger(tarballs);
  onTestFinished(() => made.remove());
  return made;
}

/** The blocks of the section `Example` of an installed package's README. */
function exampleOf(project: Stranger, name: string): readonly Block[] {
  return recipesOf(project.readme(name)).find(({ heading }) => heading === "Example")?.blocks ?? [];
}

function textOf(blocks: readonly Block[], title: string): string {
  const block = blocks.find((one) => one.title === title);
  if (block === undefined) throw new Error(`the example has no block ${title}`);
  return block.text;
}

/** Makes the folder a Pulumi project, with the program that the components' README shows. */
function withProgram(project: Stranger): void {
  project.install("@fridayproof/components");
  project.write("Pulumi.yaml", "name: shop\nruntime: nodejs\n");
  project.write("Pulumi.dev.yaml", "config:\n  aws:region: us-east-1\n");
  project.write("package.json", '{ "main": "index.ts" }');
  project.write("index.ts", textOf(exampleOf(project, "@fridayproof/components"), "index.ts"));
}

describe.each(PACKAGES.map((folder, index) => [NAMES[index] ?? "", folder] as const))("%s", (name, folder) => {
  it("is clean under publint and says its licence, its Node and what it is", () => {
    const bin = path.join(ROOT, "node_modules", ".bin", "publint");
    const args = ["--strict", "--pack", "false", path.join(out, "staged", folder)];
    expect(execFileSync(bin, args, { encoding: "utf8" })).toContain("All good!");
    const project = stranger();
    expect(project.install(name)).toMatchObject({ name, license: "Apache-2.0", engines: { node: ">=20.9.0" } });
    expect(project.readme(name)).toMatch(/^# \S+\n\n\S.*\n/);
  });

  it(
    "resolves for every kind of resolution, and each of its entries loads",
    async () => {
      const project = stranger();
      const optional = Object.keys(project.install(name).peerDependenciesMeta ?? {});
      const { exports = {} } = project.install(name, optional);
      // The pack's own entry starts a server, and ends the process where nobody asked for one.
      const entries = Object.keys(exports).filter((entry) => entry !== ".");
      const specifiers = entries.map((entry) => JSON.stringify(path.posix.join(name, entry)));
      project.write("load.cjs", specifiers.map((specifier) => `require(${specifier});`).join("\n"));
      expect(await project.node("load.cjs")).toEqual({ code: 0, output: "" });
      if (folder === "cli") return; // Nobody compiles against a command.
      const bin = path.join(ROOT, "node_modules", ".bin", "attw");
      const printed = execFileSync(bin, [tarballs.get(name) ?? "", "--format", "ascii"], { encoding: "utf8" });
      expect(printed).toContain("No problems found");
    },
    PATIENCE_MS,
  );
});

/** Mocks of Pulumi, the program, and how many resources it declared, for either kind of module. */
const ON_MOCKS = `
import * as pulumi from "@pulumi/pulumi";
let resources = 0;
void pulumi.runtime.setMocks({
  call: ({ inputs }) => inputs,
  newResource: ({ name, type, inputs }) => { resources += 1; return { id: name, state: { ...inputs, arn: type } }; },
});
`;

describe("components", () => {
  it.each([
    ["CommonJS", "cjs", ts.ModuleKind.CommonJS],
    ["ESM", "mjs", ts.ModuleKind.ESNext],
  ] as const)(
    "in a program of somebody else run on Pulumi's mocks, from %s",
    async (_kind, ending, module) => {
      const project = stranger();
      withProgram(project);
      project.write(`program.${ending}`, compiledAs(module, readFileSync(path.join(project.root, "index.ts"), "utf8")));
      const load = module === ts.ModuleKind.CommonJS ? "require" : "await import";
      const shown = `const { vpcId } = ${load}("./program.${ending}");\nvpcId.apply((id) => console.log(id));\n`;
      const end = 'process.on("exit", () => console.log(resources));';
      project.write(`main.${ending}`, compiledAs(module, ON_MOCKS) + shown + end);
      expect(await project.node(`main.${ending}`)).toEqual({ code: 0, output: "network-vpc\n33\n" });
    },
    PATIENCE_MS,
  );

  it(
    "have types that hold in a strict project, with the libraries' own declarations checked",
    async () => {
      const project = stranger();
      withProgram(project);
      const flags =
        "--noEmit --strict --module commonjs --moduleResolution node10 --target es2022 --types node --skipLibCheck";
      const compile = () =>
        project.node(
          path.join(ROOT, "node_modules", "typescript", "bin", "tsc"),
          ...flags.split(" "),
          "--typeRoots",
          path.join(ROOT, "node_modules", "@types"),
          "index.ts",
        );
      expect(await compile()).toEqual({ code: 0, output: "" });
      const program = readFileSync(path.join(project.root, "index.ts"), "utf8");
      project.write("index.ts", program.replace("flowLogRetentionDays: 30", 'flowLogRetentionDays: "30"'));
      expect(await compile()).toEqual({
        code: 2,
        output: "index.ts(11,3): error TS2322: Type 'string' is not assignable to type 'number'.\n",
      });
    },
    PATIENCE_MS,
  );
});

describe("guard", () => {
  const provider = "urn:pulumi:prod::shop::pulumi:providers:aws::default";
  const resource = (type: string, name: string, more: object) => ({
    urn: `urn:pulumi:prod::shop::${type}::${name}`,
    type,
    custom: true,
    inputs: {},
    provider: `${provider}::1`,
    ...more,
  });
  const resources = [
    { urn: provider, type: "pulumi:providers:aws", custom: true, inputs: { region: "us-east-1" } },
    resource("aws:s3/bucket:Bucket", "assets", { protect: true }),
    resource("aws:ec2/natGateway:NatGateway", "nat", {}),
  ];

  it.each([
    ["CommonJS", "cjs", ts.ModuleKind.CommonJS],
    ["ESM", "mjs", ts.ModuleKind.ESNext],
  ] as const)("says from %s what its README shows, without any package beside it", async (_kind, ending, module) => {
    const project = stranger();
    const { dependencies, peerDependencies } = project.install("@fridayproof/guard");
    expect([dependencies, peerDependencies]).toEqual([undefined, undefined]);
    const blocks = exampleOf(project, "@fridayproof/guard");
    project.write("stack.json", JSON.stringify({ deployment: { resources } }));
    project.write(`check.${ending}`, compiledAs(module, textOf(blocks, "check.mts")));
    expect(await project.node(`check.${ending}`)).toEqual({ code: 0, output: textOf(blocks, "output") });
  });
});

describe("the sandbox", () => {
  it.each([
    ["CommonJS", "cjs"],
    ["ESM", "mjs"],
  ])(
    "runs somebody else's project by its own API, from %s",
    async (_kind, ending) => {
      const project = stranger();
      withProgram(project);
      project.install("@fridayproof/sandbox");
      const example = textOf(exampleOf(project, "@fridayproof/sandbox"), "try.mts");
      // CommonJS has no `await` at its top.
      const wrapped = example.replace(/^const project[^]*/m, (body) => `void (async () => {\n${body}})();\n`);
      const text =
        ending === "mjs" ? compiledAs(ts.ModuleKind.ESNext, example) : compiledAs(ts.ModuleKind.CommonJS, wrapped);
      project.write(`try.${ending}`, text);
      const { code, output } = await project.node(`try.${ending}`);
      expect([code, output]).toEqual([0, expect.stringMatching(/^0 \{ create: 34 \}\n\[[^]*'aws:ec2\/vpc:Vpc'/)]);
    },
    PATIENCE_MS,
  );
});

describe("the command line and the policies", () => {
  it(
    "preview and bring up somebody else's project, as their READMEs show",
    async () => {
      const project = stranger();
      withProgram(project);
      project.install("fridayproof");
      const policies = exampleOf(project, "@fridayproof/policies");
      project.write("policies.json", textOf(policies, "policies.json"));
      for (const name of ["@fridayproof/policies", "fridayproof"])
        for (const { language, text } of exampleOf(project, name))
          if (language === "sh")
            for (const line of text.trim().split("\n")) {
              const { code, output } = await project.command(line);
              expect([line, code], output).toEqual([line, 0]);
            }
    },
    PATIENCE_MS,
  );

  it(
    "find their project by -C, wherever they are started",
    async () => {
      const [project, elsewhere] = [stranger(), stranger()];
      withProgram(project);
      elsewhere.install("fridayproof");
      const folder = `-C ${project.root} --stack dev`;
      const pack = "--policy-pack node_modules/@fridayproof/policies";
      const { code, output } = await elsewhere.command(`npx fridayproof preview ${folder} ${pack}`);
      expect([code, output]).toEqual([0, expect.stringMatching(/34 to create[^]*Policies +\d+ rules checked/)]);
      // Nobody asked the pack to change anything, and it cannot know what this project protects.
      expect(output).not.toContain("mended");
      expect(output).toContain("! protect-critical");
    },
    PATIENCE_MS,
  );
});
