/** `verdict` and `report`: plans from files and pipes, exit codes for pipelines, and a sentence for what is no plan. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { preview, terraform, urnOf } from "../guard/verdict/support";
import { fridayproof, temporaryFolder } from "./support";

const LB = "aws:lb/loadBalancer:LoadBalancer";
const shorter = terraform([{ type: "aws_lb", before: { idle_timeout: 60 }, after: { idle_timeout: 30 } }]);
const nothing = terraform([]);
const gone = terraform([{ type: "aws_lb", actions: ["delete"], before: { name: "front" } }]);

/** Files in a folder of their own. */
function files(texts: Readonly<Record<string, string>>): (name: string) => string {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(texts)) writeFileSync(path.join(folder, name), text);
  return (name) => path.join(folder, name);
}

const acceptance = {
  name: "shorter",
  address: "aws_lb.one",
  type: "aws_lb",
  change: "idle_timeout",
  verdict: "DEGRADES",
  reason: "nothing is silent that long",
  owner: "platform",
  expires: "2027-01-31",
};

describe("verdict", () => {
  it.each([
    [nothing, 0, "SAFE: the plan changes nothing; 0 % UNKNOWN, 0 decided by a row with a source"],
    [shorter, 2, "DEGRADES: 1 DEGRADES; 0 % UNKNOWN, 1 decided by a row with a source"],
    [gone, 3, "DOWNTIME: 1 DOWNTIME; 0 % UNKNOWN, 1 decided by a row with a source"],
  ])("reads a plan from a pipe and ends with the code of its verdict", async (input, code, first) => {
    const ended = await fridayproof(["verdict", "-"], { input });
    expect([ended.code, ended.stdout.split("\n")[0], ended.stderr]).toEqual([code, first, ""]);
  });

  it("prints one object with --json, and an acceptance lowers the exit code alone", async () => {
    const at = files({ "plan.json": shorter, "accepted.json": JSON.stringify([acceptance]) });
    const args = ["verdict", at("plan.json"), "--accept", at("accepted.json"), "--json", "--as-of"];
    const before = await fridayproof([...args, "2027-01-31"]);
    expect(before.code).toBe(0);
    expect(JSON.parse(before.stdout)).toMatchObject({
      verdict: "DEGRADES",
      exitCode: 0,
      changes: [{ address: "aws_lb.one", verdict: "DEGRADES", acceptedBy: "shorter" }],
    });
    expect((await fridayproof([...args, "2027-02-01"])).code).toBe(2);
  });

  it("finds in the state before who uses what changes", async () => {
    const plan = preview([{ op: "delete", type: LB, old: { name: "front" } }], {
      changeSummary: { delete: 1, same: 1 },
    });
    const state = {
      version: 3,
      deployment: { resources: [{ urn: urnOf(LB), type: LB, custom: true, inputs: { name: "front" } }] },
    };
    const at = files({ "plan.json": plan, "state.json": JSON.stringify(state) });
    const without = await fridayproof(["verdict", at("plan.json")]);
    const withState = await fridayproof(["verdict", at("plan.json"), "--before", at("state.json")]);
    expect([without, withState].map(({ stdout }) => stdout.includes("the path is not fully known"))).toEqual([
      true,
      false,
    ]);
  });

  it.each([
    [["no.json"], "fridayproof: no.json: there is no such file.\n"],
    [["."], "fridayproof: . is a folder, a pipe or a device, not a file. Standard input is read with -.\n"],
  ])("says in a sentence why %j is no plan", async (args, stderr) => {
    expect(await fridayproof(["verdict", ...args], { cwd: temporaryFolder() })).toEqual({
      code: 1,
      stdout: "",
      stderr,
    });
  });
});

describe("report", () => {
  it("writes the comment and SARIF, prints JSON, and ends with the code of the worst environment", async () => {
    const at = files({ "prod.json": gone, "dev.plan.json": nothing });
    const [markdown, sarif] = [at("out/comment.md"), at("out/report.sarif")];
    const ended = await fridayproof([
      "report",
      at("prod.json"),
      at("dev.plan.json"),
      "--json",
      "--markdown",
      markdown,
      "--sarif",
      sarif,
    ]);
    expect(ended.code).toBe(3);
    expect(JSON.parse(ended.stdout)).toMatchObject({
      verdict: "DOWNTIME",
      environments: [
        { environment: "prod", exitCode: 3 },
        { environment: "dev", exitCode: 0 },
      ],
    });
    expect(readFileSync(markdown, "utf8").split("\n")[1]).toBe("## DOWNTIME in prod; SAFE in dev");
    expect(JSON.parse(readFileSync(sarif, "utf8"))).toMatchObject({ version: "2.1.0" });
  });

  it("times what a preview of Pulumi makes, from standard input too, and says that it is simulated", async () => {
    const made = preview([{ op: "create", type: "aws:ec2/vpc:Vpc", next: { cidrBlock: "10.0.0.0/16" } }]);
    const { stdout } = await fridayproof(["report", "prod=-", "--json"], { input: made });
    expect(JSON.parse(stdout)).toMatchObject({
      environments: [{ time: { label: "SIMULATED", made: { p50: expect.any(Number) }, untimedSteps: 0 } }],
    });
  });

  it("times a preview in UTF-16 of Windows too", async () => {
    const made = preview([{ op: "create", type: "aws:ec2/vpc:Vpc", next: { cidrBlock: "10.0.0.0/16" } }]);
    const file = path.join(temporaryFolder(), "prod.json");
    writeFileSync(file, `\ufeff${made}`, "utf16le");
    const { code, stdout } = await fridayproof(["report", file, "--json"]);
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      expect.objectContaining({
        environments: [expect.objectContaining({ time: expect.objectContaining({ untimedSteps: 0 }) })],
      }),
    ]);
  });

  it("says of a replica whether it is its primary again", async () => {
    const made = preview([{ op: "create", type: "aws:ec2/vpc:Vpc", next: { cidrBlock: "10.0.0.0/16" } }]);
    const at = files({ "prod.json": made, "replica.json": made.replaceAll("urn:pulumi:prod", "urn:pulumi:replica") });
    const { stdout } = await fridayproof(["report", at("prod.json"), at("replica.json"), "--replica", "replica=prod"]);
    expect(stdout).toContain("prod and replica: DIFFERENT, 1 resources compared, 1 difference (planned states)");
  });

  it("reports the plans that it can read, and ends with 1 for those it cannot", async () => {
    const at = files({ "prod.json": shorter, "dev.json": "[]" });
    const ended = await fridayproof(["report", `prod=${at("prod.json")}`, `dev=${at("dev.json")}`]);
    expect([ended.code, ended.stdout.split("\n")[1]]).toEqual([1, "## UNKNOWN in dev; DEGRADES in prod"]);
    expect(ended.stdout).toContain("dev.json: This JSON is not a plan: a plan is one object.");
  });

  it.each([
    [["a=x.json", "a=y.json"], "fridayproof: two plans are called a: write environment=file for each.\n"],
    [["a=x.json", "--replica", "b=a"], "fridayproof: --replica b: there is no plan of it; plans: a.\n"],
    [
      ["a=x.json", "--replica", "a=a"],
      "error: option '--replica <replica=primary>' argument 'a=a' is invalid. Write it as replica=primary, both names of plans.\n(fridayproof --help lists the verbs)\n",
    ],
    [["a=x.json", "--before", "b=y.json"], "fridayproof: --before b: there is no plan of it; plans: a.\n"],
    [
      ["a=x.json", "--before", "y.json"],
      "error: option '--before <environment=state>' argument 'y.json' is invalid. Write it as environment=file.\n(fridayproof --help lists the verbs)\n",
    ],
  ])("refuses %j before it writes anything", async (args, stderr) => {
    const cwd = temporaryFolder();
    const ended = await fridayproof(["report", ...args, "--markdown", "comment.md"], { cwd });
    expect([ended.code, ended.stderr, existsSync(path.join(cwd, "comment.md"))]).toEqual([2, stderr, false]);
  });
});
