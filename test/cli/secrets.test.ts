/** What is given with --secret-config stands nowhere in the clear: not printed, not written, not in a process's environment. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { maskOf } from "../../sandbox/property/mask";
import { fridayproof, program, project, ROOT, runIn, temporaryFolder } from "./support";

const SECRET = 'tr0ub4dor&"3"';
const GIVEN = ["--secret-config", `lab:token=${SECRET}`];

/** Files of the work folder that hold the text. */
function filesWith(text: string, folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => holds(readFileSync(file, "utf8"), text));
}

function holds(written: string, text: string): boolean {
  return [text, JSON.stringify(text).slice(1, -1)].some((form) => written.includes(form));
}

const uses = (body: string): string => program(`  const config = new pulumi.Config("lab");\n${body}`);

const PROGRAMS: Readonly<Record<string, string>> = {
  "that stores it sealed": uses(
    `  new aws.ec2.Vpc("other", { cidrBlock: "10.8.0.0/16", tags: { token: config.requireSecret("token") } }, { provider });
  return { token: config.requireSecret("token")};`,
  ),
  "that quotes it when it fails": uses(`  throw new Error("bad token " + config.require("token"));`),
  "that gives it where the cloud refuses it": uses(
    `  new aws.ec2.Vpc("other", { cidrBlock: config.requireSecret("token") }, { provider });`,
  ),
  "that logs it": uses(`  pulumi.log.warn(config.require("token")); console.log(config.require("token")); return {};`),
};

describe("a program", () => {
  for (const [name, source] of Object.entries(PROGRAMS)) {
    it(`${name} shows it in no run, plan, state or journal`, async () => {
      const folder = project(source);
      for (const words of [
        ["preview"],
        ["preview", "--json"],
        ["up"],
        ["outputs"],
        ["graph", "--out", path.join(folder, "g.svg")],
      ]) {
        const [verb = "", ...rest] = words;
        const given = ["outputs", "graph"].includes(verb) ? [] : GIVEN;
        const { stdout, stderr } = await runIn(folder, verb, ...rest, ...given);
        expect(holds(stdout + stderr, SECRET)).toBe(false);
      }
      expect(filesWith(SECRET, path.join(folder, ".fridayproof"))).toEqual([]);
    });
  }
});

describe("the platform's own keys", () => {
  it.each(["account", "githubRepository", "githubSubject", "githubProviderArn", "githubConnectionArn", "teardown"])(
    "%s is refused as a secret without being repeated",
    async (name) => {
      const work = temporaryFolder();
      const words = ["--stack", "foundation", "--work", work, "--no-policies", "--json"];
      const { code, stdout, stderr } = await fridayproof([
        "preview",
        ...words,
        "--secret-config",
        `fridayproof:${name}=hunter2`,
      ]);
      expect(code).toBe(1);
      expect(stderr).toContain(`fridayproof:${name}: got "[secret]"`);
      expect(holds(stdout + stderr, "hunter2")).toBe(false);
      expect(filesWith("hunter2", work)).toEqual([]);
    },
  );
});

describe("the argument", () => {
  it("of a wrong form is not repeated", async () => {
    expect(await fridayproof(["preview", "--secret-config", "hunter2"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "fridayproof: write --secret-config as namespace:key, and pipe the value in, or as namespace:key=value.\n",
    });
  });

  it("leaves the process list, and a key alone is read from standard input", () => {
    const folder = project(uses("  return {};"));
    const peek = path.join(folder, "peek.cjs");
    writeFileSync(
      peek,
      'process.on("exit", () => process.stderr.write("PEEK " + require("fs").readFileSync("/proc/self/cmdline", "latin1")));',
    );
    const bin = path.join(ROOT, "cli", "bin.cjs");
    const words = ["preview", "-C", folder, "--no-policies", "--secret-config"];
    const visible = spawnSync(process.execPath, ["--require", peek, bin, ...words, "lab:token=hunter2"]);
    expect(visible.stderr.toString()).toContain("PEEK fridayproof");
    expect(visible.stderr.toString()).not.toContain("hunter2");
    const plain = project(uses(`  if (config.require("token") !== "piped in") throw new Error("wrong"); return {};`));
    const piped = spawnSync(
      process.execPath,
      [bin, "preview", "-C", plain, "--no-policies", ...GIVEN.slice(0, 1), "lab:token"],
      {
        input: "piped in\n",
      },
    );
    expect([piped.status, piped.stdout.toString().includes("piped in")]).toEqual([0, false]);
  });
});

describe("a mask", () => {
  it("hides the longest first, also inside of JSON, and leaves what is too short to be found", () => {
    const mask = maskOf(["tok", "token-1", 'a"b"c', "x"]);
    expect(mask('token-1 tok x {"v":"a\\"b\\"c"}')).toBe('[secret] [secret] x {"v":"[secret]"}');
    expect(maskOf([])("as it is")).toBe("as it is");
  });
});
