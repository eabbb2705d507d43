/** Another state of the replica: one line of its file, its policies, and the names of what changes. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { replicaScale } from "../../tools/generate/replica-scale";

const FILE = path.join("stacks", "environments", "replica.ts");
const standing = readFileSync(path.join(path.resolve(__dirname, "../.."), FILE), "utf8");

let root: string;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), "scale-"));
  mkdirSync(path.join(root, "stacks", "environments"), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const put = (text: string): void => writeFileSync(path.join(root, FILE), text);
const stepsFrom = (state: string, to: string, open = false) => {
  put(standing.replace('state: "standby"', `state: "${state}"`));
  return replicaScale(root, { stack: "replica", to, open });
};

describe("the way", () => {
  it.each([
    ["standby", "prod", true, ["standby scaled", "scaled open"]],
    ["standby", "prod", false, ["standby scaled"]],
    ["scaled", "prod", true, ["scaled open"]],
    ["open", "prod", false, ["open scaled"]],
    ["open", "standby", false, ["open scaled", "scaled standby"]],
    ["standby", "standby", false, []],
    ["open", "prod", true, []],
  ])("from %s to %s, open %s, goes over every state between", (from, to, open, expected) => {
    expect(stepsFrom(from, to, open).map((step) => `${step.from} ${step.to}`)).toEqual(expected);
  });

  it("changes one line of the file, and what policies know of the size", () => {
    const [first, second] = stepsFrom("standby", "prod", true);
    expect(first?.files.map(({ file }) => file)).toEqual([FILE, path.join("stacks", "policies", "replica.json")]);
    expect(first?.files[0]?.text).toBe(standing.replace('state: "standby"', 'state: "scaled"'));
    expect(second?.files[0]?.text).toBe(standing.replace('state: "standby"', 'state: "open"'));
    expect(first?.files[1]?.text).toContain('"blue-apps-usw2-az3-nodes": 1');
    expect(stepsFrom("scaled", "standby")[0]?.files[1]?.text).toContain('"blue-apps-usw2-az3-nodes": 0');
  });

  it("names what changes, and nothing else", () => {
    const groups = ["apps", "system"].flatMap((pool) => [1, 2, 3].map((zone) => `blue-${pool}-usw2-az${zone}-nodes`));
    const [first, second] = stepsFrom("standby", "prod", true);
    expect(first?.targets).toEqual([...groups, "blue-git-ops-root"]);
    expect(second?.targets).toEqual([...groups, "blue-gateway-health", "blue-monitoring-alerts", "blue-git-ops-root"]);
  });

  it("wakes every alarm that stands, whatever has been made there meanwhile, and puts it to sleep again", () => {
    const kinds = (from: string, to: string, open: boolean) =>
      stepsFrom(from, to, open).map(({ targetTypes }) => targetTypes);
    const alarms = ["aws:cloudwatch/metricAlarm:MetricAlarm"];
    expect(kinds("standby", "prod", true)).toEqual([[], alarms]);
    expect(kinds("open", "standby", false)).toEqual([alarms, []]);
  });
});

it("a file that writes its state another way is changed by hand", () => {
  put("export const replicaChoice = { state };\n");
  expect(() => replicaScale(root, { stack: "replica", to: "prod", open: false })).toThrow(
    'stacks/environments/replica.ts has no line like `  state: "standby",`: change its state by hand.',
  );
});
