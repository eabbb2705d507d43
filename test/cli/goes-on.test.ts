/** After a run that was killed the next one says, above its question, what it keeps, what it takes over and what it makes again. */
import { writeFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { goesOnText } from "../../sandbox/engine/recovered";
import { fridayproof, program, project, ROOT, runIn } from "./support";

const MINUTES_2 = 120_000;

const NONE = program("");
const NEW = program('new aws.cloudwatch.LogGroup("logs", { name: "lab" }, { provider });');
const CHANGED = program('new aws.cloudwatch.LogGroup("logs", { name: "lab", retentionInDays: 7 }, { provider });');

/** Lines of the journals of the state and of the account. */
const PUT = '"kind":"put".*::logs"';
const DROP = '"kind":"drop".*::logs"';
const MADE = '^\\{"key":"[^"]*lab","object"';
const DELETED = '^\\{"key":"[^"]*lab"\\}';

const HEAD = "This run goes on after one that was cut off:";

/** What a run says about the one before it, line breaks apart. */
function saidOf(stdout: string): string {
  const [, said = ""] = /info: ([^\n]*(?:\n {6}[^\n]*)*)/.exec(stdout) ?? [];
  return said.replace(/\s+/g, " ");
}

/** Runs `up` of a program until it is killed, right before it writes such a line. */
async function killed(folder: string, text: string, before: string): Promise<void> {
  writeFileSync(path.join(folder, "index.ts"), text);
  const { code } = await fridayproof(["up", "--cwd", folder, "--no-policies"], {
    nodeArgs: ["--require", path.join(ROOT, "test/support/kill-before-write.cjs")],
    env: { FRIDAYPROOF_KILL_BEFORE: before },
  });
  // What is killed has no exit code.
  expect(code).toBeNull();
}

interface Moment {
  readonly name: string;
  /** The program that stands before. */
  readonly first: string;
  readonly then: string;
  readonly before: string;
  readonly said: string;
  readonly outcome: string;
}

const MOMENTS: readonly Moment[] = [
  {
    name: "a creation that the account has and the state does not",
    first: NONE,
    then: NEW,
    before: PUT,
    said: "found in the account and taken over: LogGroup logs (lab)",
    outcome: "no changes",
  },
  {
    name: "a creation that never reached the account",
    first: NONE,
    then: NEW,
    before: MADE,
    said: "not in the account, made again where the program declares it: LogGroup logs",
    outcome: "1 created",
  },
  {
    name: "an update",
    first: NEW,
    then: CHANGED,
    before: PUT,
    said: "updated again where it differs: LogGroup logs",
    outcome: "1 updated",
  },
  {
    name: "a deletion that the account carried out",
    first: NEW,
    then: NONE,
    before: DROP,
    said: "deleted already: LogGroup logs",
    outcome: "no changes",
  },
  {
    name: "a deletion that never reached the account",
    first: NEW,
    then: NONE,
    before: DELETED,
    said: "not deleted yet, deleted again: LogGroup logs",
    outcome: "1 deleted",
  },
];

describe("a run after a killed one says what became of the step that was under way", () => {
  it.each(MOMENTS)(
    "$name",
    async ({ first, then, before, said, outcome }) => {
      const folder = project(first);
      expect((await runIn(folder, "up")).code).toBe(0);
      await killed(folder, then, before);
      const { code, stdout } = await runIn(folder, "up");
      expect({ code, said: saidOf(stdout) }).toEqual({
        code: 0,
        said: `${HEAD} 0 steps of it are kept, 1 more was under way: ${said}`,
      });
      expect(stdout).toContain(outcome);
      expect(stdout.split(HEAD)).toHaveLength(2);
      const again = await runIn(folder, "preview", "--expect-no-changes");
      expect(again).toMatchObject({ code: 0, stdout: expect.not.stringContaining(HEAD) as string });
    },
    MINUTES_2,
  );

  it(
    "and with --json as an event",
    async () => {
      const folder = project(NONE);
      await killed(folder, NEW, PUT);
      const { stdout } = await runIn(folder, "up", "--json", "--yes");
      expect(stdout.split("\n").filter((line) => line.includes("found in the account"))).toHaveLength(1);
    },
    MINUTES_2,
  );
});

describe("the message", () => {
  const urn = (name: string): string => `urn:pulumi:dev::lab::aws:ec2/vpc:Vpc::${name}`;

  it("is none where no run was cut off", () => {
    expect(goesOnText(undefined, [])).toBeUndefined();
  });

  it("counts what is kept", () => {
    expect([1, 29].map((changed) => goesOnText({ changed }, []))).toEqual([
      `${HEAD} 1 step of it is kept.`,
      `${HEAD} 29 steps of it are kept.`,
    ]);
  });

  it("names each step under way once, by what became of it", () => {
    const rows = [
      { urn: urn("b"), became: "absent" },
      { urn: urn("a"), became: "adopted", id: "vpc-1" },
      { urn: urn("c"), became: "adopted", id: "arn:aws:x" },
    ] as const;
    expect(goesOnText({ changed: 2 }, rows)).toBe(
      [
        `${HEAD} 2 steps of it are kept, 3 more were under way:`,
        "found in the account and taken over: Vpc a (vpc-1), Vpc c",
        "not in the account, made again where the program declares it: Vpc b",
      ].join("\n"),
    );
  });

  it("is said of a state with open steps and no journal too, as `pulumi stack export` can give it", () => {
    expect(goesOnText(undefined, [{ urn: urn("a"), became: "compared" }])).toBe(
      "An earlier run left 1 step under way:\nupdated again where it differs: Vpc a",
    );
  });
});
