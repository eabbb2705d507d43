/** `drift` looks at the account, saves nothing, says who changed what, and exits with 7; the next `up` does what it said. */
import { readFileSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import * as path from "node:path";
import { expect, it } from "vitest";
import { fridayproof, program, project, runIn, temporaryFolder } from "./support";

const MINUTES_2 = 120_000;

const NETWORK = `  new aws.ec2.Subnet("subnet", { vpcId: vpc.id, cidrBlock: "10.7.1.0/24", tags: { Owner: "us" } }, { provider });`;

it(
  "finds what somebody changed and what somebody deleted, and the next up sets it back",
  async () => {
    const folder = project(program(NETWORK));
    const missing = await runIn(folder, "drift", "dev");
    expect(missing).toEqual({
      code: 6,
      stdout: "",
      stderr:
        "fridayproof: dev does not stand, so nothing can have drifted. `npx fridayproof up -s dev` brings it up.\n",
    });
    expect((await runIn(folder, "up")).code).toBe(0);
    const state = () => readFileSync(path.join(folder, ".fridayproof", "stacks", "dev.json"), "utf8");
    const before = state();

    const none = await runIn(folder, "drift", "dev");
    expect([none.code, none.stdout]).toEqual([0, "dev is as its state has it.\n"]);

    await runIn(folder, "sandbox", "tamper", "subnet", "tags.Owner=me");
    const found = await runIn(folder, "drift", "dev");
    expect(found.code).toBe(7);
    expect(found.stdout).toMatch(
      new RegExp(
        [
          "^dev: 1 resource changed by others\\.",
          "≠ Subnet subnet",
          " {4}tags\\.Owner: was us, is me; set back",
          ` {4}the next up sets it back; changed by: ${userInfo().username}, \\S+Z \\(sandbox tamper tags\\.Owner\\)\\n$`,
        ].join("\\n"),
      ),
    );
    expect(state()).toBe(before);

    await runIn(folder, "sandbox", "delete", "subnet");
    const gone = await runIn(folder, "drift", "--json");
    expect(gone.code).toBe(7);
    expect(JSON.parse(gone.stdout)).toMatchObject({
      format: 1,
      stack: "dev",
      exitCode: 7,
      drift: [{ type: "aws:ec2/subnet:Subnet", gone: true, repair: "create", properties: [] }],
      churn: [],
    });

    expect((await runIn(folder, "up", "--refresh")).code).toBe(0);
    expect((await runIn(folder, "drift")).code).toBe(0);
  },
  MINUTES_2,
);

it("reads what the real CLI found, with a trail beside it", async () => {
  const folder = temporaryFolder();
  const file = (name: string, value: unknown): string => {
    writeFileSync(path.join(folder, name), JSON.stringify(value));
    return path.join(folder, name);
  };
  const [type, urn] = ["aws:ec2/vpc:Vpc", "urn:pulumi:prod::p::aws:ec2/vpc:Vpc::net"];
  const side = (tags: object) => ({ urn, type, custom: true, id: "vpc-1", inputs: { tags } });
  const steps = [{ op: "refresh", urn, oldState: side({ Owner: "us" }), newState: side({ Owner: "me" }) }];
  const from = ["drift", "prod", "--from", file("refresh.json", { steps })];
  const unread = await fridayproof(from);
  expect(unread.stdout).toContain("changed by: not readable\n");
  const event = {
    EventName: "CreateTags",
    Username: "kim",
    EventTime: 1_796_000_000,
    Resources: [{ ResourceName: "vpc-1" }],
  };
  const read = await fridayproof([...from, "--trail", file("events.json", { Events: [event] })]);
  expect([read.code, read.stdout]).toEqual([
    7,
    [
      "prod: 1 resource changed by others.",
      "≠ Vpc net",
      "    tags.Owner: was us, is me; set back, unless the program has changed too",
      "    the next up sets it back, unless the program has changed too; changed by: kim, 2026-11-30T00:53:20.000Z (CreateTags)",
      "",
    ].join("\n"),
  ]);
});

it("reads what the shell of Windows wrote, in UTF-16", async () => {
  const file = path.join(temporaryFolder(), "refresh.json");
  writeFileSync(file, `\ufeff${JSON.stringify({ steps: [] })}`, "utf16le");
  expect(await fridayproof(["drift", "prod", "--from", file])).toEqual({
    code: 0,
    stdout: "prod is as its state has it.\n",
    stderr: "",
  });
});

it.each([
  ["no file", ["--from", "/nowhere.json"], /^fridayproof: \/nowhere\.json cannot be read: ENOENT/],
  ["another file", ["--from", __filename], /drift\.test\.ts: this is not JSON: write it with/],
])("refuses %s in a sentence", async (_, more, message) => {
  const { code, stdout, stderr } = await fridayproof(["drift", "prod", ...more]);
  expect([code, stdout]).toEqual([1, ""]);
  expect(stderr).toMatch(message);
});
