/** `parity`: states from files and from the sandbox, exit codes for pipelines, and secrets that it opens itself. */
import { readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { SECRET_SIG, SIG } from "@fridayproof/components/core";
import { describe, expect, it } from "vitest";
import { fridayproof, project, runIn, temporaryFolder } from "./support";

/** A state of a stack with one key. */
function state(stack: string, region: string, description: unknown): string {
  const urn = (type: string, name: string): string => `urn:pulumi:${stack}::shop::${type}::${name}`;
  const resources = [
    { urn: urn("pulumi:pulumi:Stack", `shop-${stack}`), type: "pulumi:pulumi:Stack" },
    {
      urn: urn("aws:kms/key:Key", "logs"),
      type: "aws:kms/key:Key",
      custom: true,
      id: `${region}-1`,
      inputs: { description },
      outputs: { arn: `arn:aws:kms:${region}:123456789012:key/${region}-1` },
    },
  ];
  return JSON.stringify({ version: 3, deployment: { resources } });
}

/** Files in a folder of their own. */
function files(texts: Readonly<Record<string, string>>): (name: string) => string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
  return (name) => path.join(folder, name);
}

describe("parity of files", () => {
  const texts = {
    "prod.json": state("prod", "us-east-1", "logs of prod"),
    "replica.json": state("replica", "us-west-2", "logs of replica"),
    "other.json": state("replica", "us-west-2", "lists"),
    "closed.json": state("replica", "us-west-2", { [SIG]: SECRET_SIG, ciphertext: "v1:a:b" }),
    "closed-prod.json": state("prod", "us-east-1", { [SIG]: SECRET_SIG, ciphertext: "v1:c:d" }),
    "allow.json": JSON.stringify([
      { path: "aws:kms/key:Key logs inputs.description", reason: "a word", owner: "platform", expires: "2027-01-31" },
    ]),
  };

  it.each([
    ["prod.json", "replica.json", [], 0, "prod and replica: IDENTICAL, 2 resources compared, 0 differences"],
    ["prod.json", "other.json", [], 3, "prod and replica: DIFFERENT, 2 resources compared, 1 difference"],
    [
      "closed-prod.json",
      "closed.json",
      [],
      4,
      "prod and replica: NOT COMPARED, 2 resources compared, 0 differences, 1 not compared",
    ],
    [
      "prod.json",
      "other.json",
      ["--allow", "allow.json", "--as-of", "2027-01-31"],
      0,
      "prod and replica: IDENTICAL, 2 resources compared, 0 differences, 1 allowed",
    ],
  ])("%s and %s end with the code of the verdict", async (first, second, more, code, line) => {
    const at = files(texts);
    const args = more.map((each) => (each.endsWith(".json") ? at(each) : each));
    const ended = await fridayproof(["parity", at(first), at(second), ...args]);
    expect([ended.code, ended.stdout.split("\n")[0], ended.stderr]).toEqual([code, line, ""]);
  });

  it("writes Markdown beside what it prints, and one object with --json", async () => {
    const at = files(texts);
    const ended = await fridayproof([
      "parity",
      at("prod.json"),
      at("other.json"),
      "--json",
      "--markdown",
      at("parity.md"),
    ]);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      verdict: "DIFFERENT",
      exitCode: 3,
      differences: [
        {
          kind: "input",
          address: "aws:kms/key:Key logs inputs.description",
          first: "logs of prod",
          second: "lists",
        },
      ],
    });
    expect(readFileSync(at("parity.md"), "utf8").split("\n")[0]).toBe(
      "**prod and replica: DIFFERENT, 2 resources compared, 1 difference**",
    );
  });

  it("names the file that cannot be compared", async () => {
    const at = files({ ...texts, "cut.json": texts["prod.json"].slice(0, 100) });
    const ended = await fridayproof(["parity", at("prod.json"), at("cut.json")]);
    expect([ended.code, ended.stdout, ended.stderr]).toEqual([
      1,
      "",
      `fridayproof: ${at("cut.json")}: the JSON ends too early: the file is incomplete, as after a full disk or a broken pipe. Write it with \`pulumi stack export --show-secrets > state.json\`.\n`,
    ]);
  });
});

it("opens the secrets of the sandbox's own states, and prints none of them", async () => {
  const program = `
    import * as pulumi from "@pulumi/pulumi";
    import * as random from "@pulumi/random";
    const secret = new pulumi.Config("lab").requireSecret("word");
    const size = new pulumi.Config("lab").require("size");
    const provider = new random.Provider("random");
    new random.RandomPet("pet", { keepers: { secret, size } }, { provider });
  `;
  const folder = project(program);
  writeFileSync(path.join(folder, "Pulumi.other.yaml"), "config:\n  lab:size: small\n");
  const up = async (stack: string, word: string): Promise<void> => {
    const ended = await runIn(folder, "up", "--stack", stack, "--secret-config", `lab:word=${word}`);
    expect([ended.code, ended.stderr]).toEqual([0, ""]);
  };
  await up("dev", "swordfish");
  await up("other", "swordfish");
  expect((await runIn(folder, "parity", "dev", "other")).code).toBe(0);
  await up("other", "starfish");
  const ended = await runIn(folder, "parity", "dev", "other");
  expect([ended.code, ended.stdout.split("\n").slice(5, 9)]).toEqual([
    3,
    [
      "secret (1)",
      "  random:index/randomPet:RandomPet pet inputs.keepers.secret",
      "    dev    [secret]",
      "    other  [secret]",
    ],
  ]);
  expect(ended.stdout).not.toMatch(/swordfish|starfish/);
});
