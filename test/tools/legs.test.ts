/** The files that put production and its replica into a state: one line each, and back to what stood there. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { legPair } from "../../tools/generate/legs";

const ROOT = path.resolve(__dirname, "../..");
const PROD = "stacks/environments/prod.ts";
const REPLICA = "stacks/environments/replica.ts";
let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "legs "));
  cpSync(path.join(ROOT, "stacks"), path.join(root, "stacks"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const textOf = (file: string): string => readFileSync(path.join(root, file), "utf8");
function write(states: Parameters<ReturnType<typeof legPair>["files"]>[0]): void {
  for (const { file, text } of legPair(root).files(states)) writeFileSync(path.join(root, file), text);
}

it("names both legs with their regions and a zone", () => {
  const { primary, replica, secretsPrefix } = legPair(root);
  expect(secretsPrefix).toBe("fridayproof/prod/");
  expect([primary, replica]).toEqual([
    { stack: "prod", region: "us-east-1", zone: "use1-az4" },
    { stack: "replica", region: "us-west-2", zone: "usw2-az3" },
  ]);
});

it("fences once however often it is asked, and takes the fence away", () => {
  write({ primary: "serves", replica: "standby" });
  const before = [textOf(PROD), textOf(REPLICA)];
  write({ primary: "fenced", replica: "open" });
  write({ primary: "fenced", replica: "open" });
  expect(textOf(PROD).match(/ {2}role: "primary",\n {2}standby: \{ applications: "none" \},\n/g)?.length).toBe(1);
  expect(textOf(PROD).match(/standby/g)?.length).toBe(1);
  expect(textOf(REPLICA)).toContain('  state: "open",\n');
  write({ primary: "serves", replica: "standby" });
  expect([textOf(PROD), textOf(REPLICA)]).toEqual(before);
});

it("gives the policies of both legs the settings of their state, and those that stood there when they are back", () => {
  const policies = (stack: string): string => textOf(`stacks/policies/${stack}.json`);
  write({ primary: "serves", replica: "standby" });
  const before = ["prod", "replica"].map(policies);
  const floor = (): unknown =>
    (JSON.parse(policies("replica")) as Record<string, { readonly floor: Readonly<Record<string, number>> }>)[
      "replica-capacity"
    ]?.floor["blue-apps-usw2-az1-nodes"];
  expect(floor()).toBe(0);
  write({ primary: "fenced", replica: "open" });
  expect(floor()).toBe(1);
  write({ primary: "serves", replica: "standby" });
  expect(["prod", "replica"].map(policies)).toEqual(before);
});

it("refuses a file that is written another way", () => {
  writeFileSync(path.join(root, REPLICA), textOf(REPLICA).replace(/^ {2}state: .*$/m, "  state: chosen,"));
  expect(() => legPair(root).files({ primary: "serves", replica: "scaled" })).toThrow(
    `${path.join("stacks", "environments", "replica.ts")} has no line like \`  state: "standby",\`: change its state by hand.`,
  );
});
