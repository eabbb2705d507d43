/** A project of somebody else: its program is a module, its types may be unknown, its files may be anywhere. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof, project, ROOT, runIn } from "./support";

const PACK = `
const { PolicyPack } = require("@pulumi/policy");
new PolicyPack("house", { policies: [{ name: "no-evil", description: "Nothing evil.", enforcementLevel: "mandatory",
  configSchema: { properties: { evil: { type: "string" } } },
  validateResource: (args, report) => { if (args.name === (args.getConfig().evil ?? "evil")) report("evil is there"); } }] });
`;

const MODULE = `
import * as aws from "@pulumi/aws";
export const logs = new aws.cloudwatch.LogGroup("logs", { name: "/shop" }).name;
`;

const CONFIG = "config:\n  aws:region: us-east-1\n";

function write(folder: string, name: string, text: string): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}

function packIn(folder: string, name: string): string {
  write(folder, `${name}/PulumiPolicy.yaml`, "runtime: nodejs\nmain: index.js\n");
  write(folder, `${name}/package.json`, '{ "name": "house", "version": "1.0.0" }');
  write(folder, `${name}/index.js`, PACK);
  return path.join(folder, name);
}

async function outputsOf(folder: string): Promise<unknown> {
  const { stdout } = await fridayproof(["outputs", "--json", "-C", folder]);
  return JSON.parse(stdout) as unknown;
}

describe("a program that is a module", () => {
  it("is run anew for the update after the preview, with what it loads of its own", async () => {
    const folder = project(`import { names } from "./names";\n${MODULE}\nexport const count = names.length;`, CONFIG);
    write(folder, "names.ts", 'export const names = ["a"];\n');
    packIn(folder, "policies");
    const up = (...more: readonly string[]) => fridayproof(["up", "--yes", "-C", folder, ...more]);
    expect((await up()).code).toBe(0);
    expect(await outputsOf(folder)).toEqual({ logs: "/shop", count: 1 });
    // Something changes, so that the plan is not the whole run.
    write(folder, "index.ts", MODULE.replace("/shop", "/shops"));
    expect((await up()).code).toBe(0);
    expect(await outputsOf(folder)).toEqual({ logs: "/shops" });
    const shown = await fridayproof(["sandbox", "show", "-C", folder]);
    expect(shown.stdout.match(/LogGroup \S+/g)).toEqual(["LogGroup /shops"]);
    expect((await up("--expect-no-changes")).code).toBe(0);
  });

  it("is billed in the region of its configuration, where no provider is declared", async () => {
    const key =
      'import * as aws from "@pulumi/aws";\nexport const key = new aws.kms.Key("key", { enableKeyRotation: true }).arn;\n';
    const folder = project(key, CONFIG);
    const costs = async (): Promise<unknown> =>
      JSON.parse((await fridayproof(["costs", "--json", "-C", folder])).stdout) as unknown;
    const bill = { month: 1, rows: [{ what: "1 x KMS key, before its first rotation", resources: ["key"] }] };
    expect(await costs()).toMatchObject(bill);
    expect((await fridayproof(["up", "--yes", "--no-policies", "-C", folder])).code).toBe(0);
    expect(await costs()).toMatchObject(bill);
  });

  it("finds its files from its own folder, wherever the command was started", async () => {
    const body = 'import { readFileSync } from "node:fs";\nexport const text = readFileSync("text.txt", "utf8");\n';
    const folder = project(body, CONFIG);
    write(folder, "text.txt", "from its folder");
    expect((await runIn(folder, "up", "--yes")).code).toBe(0);
    expect(await outputsOf(folder)).toEqual({ text: "from its folder" });
  });

  it("may stand where Pulumi.yaml says, and runs there", async () => {
    const folder = project("throw new Error();", CONFIG);
    write(folder, "Pulumi.yaml", "name: shop\nruntime:\n  name: nodejs\nmain: infra/\n");
    write(folder, "infra/index.ts", 'import * as fs from "node:fs";\nexport const files = fs.readdirSync(".");\n');
    expect((await runIn(folder, "up", "--yes")).code).toBe(0);
    expect(await outputsOf(folder)).toEqual({ files: ["index.ts"] });
  });

  it("of another runtime is refused by name", async () => {
    const folder = project("", CONFIG);
    write(folder, "Pulumi.yaml", "name: shop\nruntime: python\n");
    const file = path.join(folder, "Pulumi.yaml");
    expect(await runIn(folder, "up")).toMatchObject({
      code: 1,
      stderr: `fridayproof: ${file}: runtime: got "python"; allowed: nodejs, because the sandbox runs the program in its own process.\n`,
    });
  });
});

describe("types that no package has", () => {
  const unknown = `
import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
class Site extends pulumi.ComponentResource {
  constructor(name: string) {
    super("acme:web:Site", name);
    const orders = new aws.dynamodb.Table("orders", { attributes: [], hashKey: "id" }, { parent: this });
    new aws.sqs.Queue("mail", { tags: { orders: orders.arn } }, { parent: this });
    new aws.sqs.Queue("bills", { tags: { orders: orders.arn } }, { parent: this });
  }
}
new aws.cloudwatch.LogGroup("logs", { name: "/shop" });
new Site("site");
new pulumi.CustomResource("gcp:storage/bucket:Bucket", "assets", {});
`;
  const message = [
    "the sandbox does not support 3 types that this program declares. It has packages aws, eks, kubernetes, random, and these not:",
    "aws:dynamodb/table:Table: orders",
    "aws:sqs/queue:Queue: mail, bills",
    "gcp:storage/bucket:Bucket: assets",
    "docs/sandbox-cloud.md shows how to add a type of aws.",
  ];
  const linesOf = (stdout: string): string[] => stdout.split("\n").map((line) => line.replace(/^ *(error: )?/, ""));

  it.each(["up", "preview"])("are all told at once by %s, before anything is made", async (verb) => {
    const folder = project(unknown, CONFIG);
    const { code, stdout } = await runIn(folder, verb);
    expect(code).toBe(1);
    const at = linesOf(stdout).indexOf(message[0] ?? "");
    expect(linesOf(stdout).slice(at, at + message.length)).toEqual(message);
    expect(stdout.match(/does not support/g)).toHaveLength(1);
    const shown = await fridayproof(["sandbox", "show", "--urns", "-C", folder]);
    expect(shown.stdout).toBe("");
  });

  it("that an apply declares later are told by the first of them", async () => {
    const late = unknown.replace(
      'new Site("site");',
      'const logs = new aws.cloudwatch.LogGroup("later", {});\nlogs.id.apply(() => new Site("site"));',
    );
    const { code, stdout } = await runIn(project(late.replace(/^new pulumi.Custom.*$/m, ""), CONFIG), "up");
    expect(code).toBe(1);
    expect(stdout).toContain("does not support 2 types");
  });
});

it("a component of the platform and a resource beside it come up in it", async () => {
  const vpc = path.join(ROOT, "components", "network", "vpc");
  const folder = project(
    `
import * as aws from "@pulumi/aws";
import { Vpc } from ${JSON.stringify(vpc)};
const key = new aws.kms.Key("logs", {});
const network = new Vpc("network", {
  region: "us-east-1", cidr: "10.7.0.0/16", zones: ["use1-az1", "use1-az2"], controlPlaneZones: ["use1-az1", "use1-az2"],
  accountId: "000000000000", flowLogRetentionDays: 30, logsKeyArn: key.arn, protect: false,
});
export const vpcId = network.vpcId;
export const assets = new aws.s3.Bucket("assets").bucket;
`,
    CONFIG,
  );
  const up = await runIn(folder, "up", "--yes");
  expect([up.code, up.stderr]).toEqual([0, ""]);
  expect(await outputsOf(folder)).toEqual({
    vpcId: expect.stringMatching(/^vpc-/),
    assets: expect.stringMatching(/^assets-/),
  });
  const again = await runIn(folder, "up", "--yes", "--expect-no-changes");
  expect(again.code).toBe(0);
});

describe("files that stand elsewhere", () => {
  it("are named by options: configuration, policy project and what that is told", async () => {
    const folder = project(MODULE, "config:\n  aws:region: nowhere-1\n");
    const elsewhere = path.join(folder, "else where");
    const files = ["--config-file", write(elsewhere, "one.yaml", CONFIG), "--policy-pack", packIn(elsewhere, "rules")];
    const fine = await fridayproof(["preview", "-C", folder, "--stack", "any", ...files]);
    expect([fine.code, fine.stdout]).toEqual([0, expect.stringMatching(/Policies .*nothing found/)]);
    const configFile = write(elsewhere, "told.json", '{ "no-evil": { "evil": "logs" } }');
    const found = await fridayproof([
      "preview",
      "-C",
      folder,
      "--stack",
      "any",
      ...files,
      "--policy-pack-config",
      configFile,
    ]);
    expect([found.code, found.stdout]).toEqual([1, expect.stringContaining("evil is there")]);
    expect(existsSync(path.join(folder, ".fridayproof", "stacks"))).toBe(false);
  });

  it.each([
    ["--config-file", "nowhere.yaml", "nowhere.yaml does not exist\n"],
    ["--policy-pack", "nowhere", "there is no policy project in "],
    ["--policy-pack-config", "nowhere.json", "nowhere.json does not exist.\n"],
  ])("are refused where there is nothing: %s", async (option, name, message) => {
    const folder = project(MODULE, CONFIG);
    packIn(folder, "policies");
    const { code, stderr } = await fridayproof(["preview", "-C", folder, option, path.join(folder, name)]);
    expect([code, stderr]).toEqual([1, expect.stringContaining(message)]);
    expect(readFileSync(path.join(folder, "index.ts"), "utf8")).toBe(MODULE);
  });
});
