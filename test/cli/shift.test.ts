/** `shift` and `make shift`: an update of the weights alone, the file that says so, and the way back. */
import { existsSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { preview, type PulumiStep } from "../guard/verdict/support";
import { HouseCopy } from "../support/house-copy";
import { fridayproof, program, project, runIn } from "./support";

const MINUTES_5 = 300_000;
const FILE = "stacks/environments/prod.ts";
/** The tests run on every day of the year: whether a freeze goes on is not theirs to say. */
const FREEZE = '--despite-freeze "a test"';

/** A state as it is after a shift of 5 %. */
const shiftedState = (text: string): string =>
  text.replaceAll(/"weight":\s*100\b/g, '"weight":95').replaceAll(/"weight":\s*0\b/g, '"weight":5');

/** The stand-in for the real CLI, with the state of prod that the embedded engine made. @param edit what has become of it since. */
function standIn(house: HouseCopy, edit: (text: string) => string = (text) => text) {
  const folder = mkdtempSync(path.join(house.root, "real-"));
  symlinkSync(house.file("test/support/fake-pulumi.cjs"), path.join(folder, "pulumi"));
  const [record, plan] = [path.join(folder, "record"), path.join(folder, "plan.json")];
  const state = JSON.parse(edit(house.text(".fridayproof/stacks/prod.json"))) as {
    deployment: { resources: object[] };
  };
  writeFileSync(path.join(folder, "states.json"), JSON.stringify({ prod: { held: state.deployment.resources } }));
  return {
    flags: `--engine pulumi --no-policies ${FREEZE}`,
    env: {
      PATH: `${folder}${path.delimiter}${house.file("node_modules/.bin")}${path.delimiter}${process.env["PATH"] ?? ""}`,
      FAKE_PULUMI_ROOT: house.root,
      FAKE_PULUMI_RECORD: record,
      FAKE_PULUMI_STATES: path.join(folder, "states.json"),
      FAKE_PULUMI_PLAN: plan,
    },
    /** What the CLI's preview answers. */
    plan(steps: readonly PulumiStep[]): void {
      const text = preview(
        steps.map((step) => ({ ...step, old: { tags: { a: "1" } }, next: { tags: { a: "2" } }, diff: ["tags.a"] })),
      );
      writeFileSync(plan, text);
    },
    /** Words of each call so far. */
    calls: (): readonly (readonly string[])[] =>
      readFileSync(record, "utf8")
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as { args: string[] }).args),
  };
}

describe("prod with two slots", () => {
  let house: HouseCopy;
  beforeAll(async () => {
    house = new HouseCopy();
    const one = 'slots: { blue: { kubernetes: "1.35" } }';
    const both = one.replace(" } }", ' }, green: { kubernetes: "1.35" } }');
    writeFileSync(house.file(FILE), house.text(FILE).replace(one, both));
    const { code, output } = await house.run("npx fridayproof up --yes -s prod --no-policies");
    expect([code, output.slice(-2000)]).toEqual([0, expect.any(String)]);
  }, MINUTES_5);
  afterAll(() => house.remove());

  it(
    "shifts 5 % by make, says so in the environment's file, and goes back",
    async () => {
      const before = house.text(FILE);
      const there = await house.run(`make shift STACK=prod TO="blue=95,green=5" ARGS='--no-policies ${FREEZE}'`);
      expect([there.code, there.output]).toEqual([
        0,
        expect.stringContaining(
          "prod: blue 100 %, green 0 % → blue 95 %, green 5 %. stacks/environments/prod.ts has them too: commit it.\n",
        ),
      ]);
      expect(there.output).toContain("2 to update");
      expect(house.text(FILE)).toBe(before.replace("{ blue: 100, green: 0 }", "{ blue: 95, green: 5 }"));

      const back = await house.run(`make shift STACK=prod BACK=1 ARGS="--no-policies"`);
      expect([back.code, back.output]).toEqual([
        0,
        expect.stringContaining("prod: blue 95 %, green 5 % → blue 100 %, green 0 %."),
      ]);
      expect(house.text(FILE)).toBe(before);
    },
    MINUTES_5,
  );

  it(
    "shifts by the real CLI: a preview of the targets, its verdict, then an update of the same targets",
    async () => {
      const [before, cli] = [house.text(FILE), standIn(house)];
      const listener = "aws:lb/listenerRule:ListenerRule";
      cli.plan([{ op: "update", type: listener, name: "front-door-weights-rule" }]);
      const there = await house.run(`npx fridayproof shift -s prod --to "blue=95,green=5" --yes ${cli.flags}`, cli.env);
      expect([there.code, there.output]).toEqual([0, expect.stringContaining("blue 95 %, green 5 %")]);
      expect(house.text(FILE)).toBe(before.replace("{ blue: 100, green: 0 }", "{ blue: 95, green: 5 }"));
      const [preview, update] = cli.calls().filter(([verb]) => verb === "preview" || verb === "up");
      const targets = (call: readonly string[] | undefined): readonly string[] =>
        (call ?? []).filter((_, at) => call?.[at - 1] === "--target");
      expect([preview?.[0], preview?.includes("--json"), update?.slice(0, 2)]).toEqual([
        "preview",
        true,
        ["up", "--yes"],
      ]);
      expect(targets(update)).toEqual(targets(preview));
      expect(targets(update).length).toBeGreaterThan(0);

      // The stand-in keeps the state that it was given.
      writeFileSync(house.file(FILE), before);
    },
    MINUTES_5,
  );

  it(
    "goes back by the real CLI through make: without a freeze's word, by the same targets, and only where the preview is good",
    async () => {
      const [whole, cli] = [house.text(FILE), standIn(house, shiftedState)];
      const shifted = whole.replace("{ blue: 100, green: 0 }", "{ blue: 95, green: 5 }");
      writeFileSync(house.file(FILE), shifted);
      const back = `make shift STACK=prod BACK=1 ENGINE=pulumi ARGS="--no-policies"`;
      const ups = (): readonly (readonly string[])[] => cli.calls().filter(([verb]) => verb === "up");

      cli.plan([{ op: "delete", type: "aws:s3/bucket:Bucket", name: "logs" }]);
      const refused = await house.run(back, cli.env);
      expect([refused.code === 0, refused.output]).toEqual([false, expect.stringContaining("Nothing was changed.")]);
      expect([house.text(FILE), ups()]).toEqual([shifted, []]);

      cli.plan([{ op: "update", type: "aws:lb/listenerRule:ListenerRule", name: "front-door-weights-rule" }]);
      const { code, output } = await house.run(back, cli.env);
      expect([code, output]).toEqual([
        0,
        expect.stringContaining("prod: blue 95 %, green 5 % → blue 100 %, green 0 %."),
      ]);
      expect(house.text(FILE)).toBe(whole);
      const targets = (call: readonly string[]): readonly string[] =>
        call.filter((_, at) => call[at - 1] === "--target");
      const previews = cli.calls().filter(([verb]) => verb === "preview");
      expect(ups()).toHaveLength(1);
      expect(ups().map(targets)).toEqual(previews.slice(-1).map(targets));
      expect(ups().flatMap(targets).length).toBeGreaterThan(0);
    },
    MINUTES_5,
  );

  it.each([
    ["deletes something", 0, /plan: got "delete of \S+::logs"; allowed: updates of .* alone/],
    ["failed", 255, /the preview failed: nothing was changed\./],
  ])(
    "never calls the real CLI's update where its preview %s",
    async (_, exit, message) => {
      const [before, cli] = [house.text(FILE), standIn(house)];
      if (exit === 0) cli.plan([{ op: "delete", type: "aws:s3/bucket:Bucket", name: "logs" }]);
      const env = { ...cli.env, FAKE_PULUMI_EXIT: String(exit) };
      const { code, output } = await house.run(
        `npx fridayproof shift -s prod --to "blue=95,green=5" --yes ${cli.flags}`,
        env,
      );
      expect([code, output]).toEqual([1, expect.stringMatching(message)]);
      expect(house.text(FILE)).toBe(before);
      expect(cli.calls().filter(([verb]) => verb === "up")).toEqual([]);
    },
    MINUTES_5,
  );

  it(
    "leaves everything as it was where the targets are not healthy",
    async () => {
      const before = house.text(FILE);
      await house.run("npx fridayproof sandbox delete green-gateway-binding");
      const { code, output } = await house.run(`npx fridayproof shift -s prod --to "blue=95,green=5" --yes ${FREEZE}`);
      expect(code).toBe(1);
      expect(output).toMatch(
        /to\.green: got 5; allowed: 0 until its targets are healthy: 0 of \d+ are; fix: .*\nNothing was changed\.\n$/,
      );
      expect(house.text(FILE)).toBe(before);
    },
    MINUTES_5,
  );
});

describe("shift refuses", () => {
  it.each([
    [[], 2, 'fridayproof: set where the traffic goes: --to "blue=95,green=5", or --back.\n'],
    [["--to", "blue=100", "--back"], 2, "error: option '--back' cannot be used with option '--to <weights>'"],
    [["--to", "blue=100"], 6, "fridayproof: prod does not stand. `npx fridayproof up -s prod` brings it up.\n"],
  ])("%j with exit code %d", async (more, code, message) => {
    const work = project(program(""));
    const ended = await fridayproof(["shift", "-s", "prod", "--work", work, ...more]);
    expect([ended.code, ended.stdout]).toEqual([code, ""]);
    expect(ended.stderr).toContain(message);
  });

  it("a project whose weights are written nowhere", async () => {
    const folder = project(program(""));
    const { code, stderr } = await runIn(folder, "shift", "--to", "blue=100");
    expect([code, stderr]).toEqual([1, `fridayproof: ${folder} has no weights to shift: its hooks export no shift.\n`]);
    expect(existsSync(`${folder}/.fridayproof`)).toBe(false);
  });
});
