/** `replica scale`: from standing by to the primary's size and back, with the policies, while us-east-1 is lost. */
import { writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HouseCopy } from "../support/house-copy";
import { fridayproof, program, project, runIn } from "./support";

const MINUTES_5 = 300_000;
const FILE = "stacks/environments/replica.ts";
const CONFIG = "stacks/sandbox/Pulumi.replica.yaml";
const POLICIES = "stacks/policies/replica.json";

describe("a replica that stands by beside prod", () => {
  let house: HouseCopy;
  const config = () => house.text(CONFIG);
  const run = async (command: string) => {
    const { code, output } = await house.run(command);
    return { code, output };
  };
  beforeAll(async () => {
    house = new HouseCopy();
    // Opened without a database it would not be production, which has one; a drill makes it without data.
    writeFileSync(house.file(CONFIG), `${config()}  fridayproof:databaseSnapshot: empty\n`);
    for (const stack of ["prod", "replica"]) {
      const { code, output } = await run(`npx fridayproof up --yes -s ${stack} --no-policies`);
      expect([code, output.slice(-2000)]).toEqual([0, expect.any(String)]);
    }
  }, MINUTES_5);
  afterAll(() => house.remove());

  it(
    "gets the primary's size and is opened by one command, and what was shown is what was done",
    async () => {
      expect((await run("npx fridayproof parity prod replica")).output).toMatch(/^prod and replica: STANDBY, /);
      const scaled = await run("npx fridayproof replica scale --to prod --open --yes --plain --deny-region us-east-1");
      expect([scaled.code, scaled.output]).toEqual([0, expect.any(String)]);
      expect(scaled.output).toContain(
        "step 1 of 2: standby → scaled\n" +
          "  pool apps: 0-0-10 → 3-5-10 nodes (fewest-desired-most)\n" +
          "  pool system: 2-2-6 → 3-3-6 nodes (fewest-desired-most)\n" +
          "  applications: deployed from Git; they get no traffic yet\n",
      );
      expect(scaled.output).toContain("\nreplica on the sandbox: 5 to update, ");
      expect(scaled.output).toContain(
        "\nTime       SIMULATED p50 5:46, p90 6:56, p95 7:12 of 8:00, 0:48 to spare: nodes\n           of 4 groups, then a whole first sync. ",
      );
      expect(scaled.output.match(/^Time /gm)).toHaveLength(1);
      expect(scaled.output).toContain(
        "step 2 of 2: scaled → open\n" +
          "  health check: 503 → 200\n" +
          "  alarms and alerts: enabled\n" +
          "  migrations and scheduled jobs: run\n" +
          // Three alarms of the front door, four of the database, health check, alerts and Argo CD.
          "replica on the sandbox: 10 to update, ",
      );
      expect(scaled.output).toMatch(/nothing found\n[^]*\n[^]*nothing found\n/);
      expect(scaled.output).toMatch(
        /\nreplica: standby → open\. stacks\/environments\/replica\.ts and stacks\/policies\/replica\.json have it too: commit them\.\n$/,
      );
      expect(house.text(FILE)).toContain('  state: "open",\n');
      expect((await run("npx fridayproof parity prod replica")).output).toMatch(/^prod and replica: IDENTICAL, /);
      expect((await run("npx fridayproof status -s replica --plain")).output).toContain(
        "standby   no: its health check returns 200\n",
      );
      const again = await run("npx fridayproof up -s replica --yes --expect-no-changes");
      expect([again.code, again.output.slice(-300)]).toEqual([0, expect.any(String)]);
    },
    MINUTES_5,
  );

  it(
    "is left as it is by a run whose configuration leaves its database out: the alarms would be deleted",
    async () => {
      const given = config();
      writeFileSync(house.file(CONFIG), given.replace("  fridayproof:databaseSnapshot: empty\n", ""));
      const { code, output } = await run("npx fridayproof replica scale --to standby --yes --plain");
      writeFileSync(house.file(CONFIG), given);
      expect([code, output]).toEqual([1, expect.stringMatching(/got "delete of urn:\S+::database-alarms-silent"/)]);
      expect(output.replaceAll(/\s+/g, " ")).toContain(
        "The program of this run leaves it out: give the configuration that it was made with, in the stack's file or by --config.",
      );
      expect(house.text(FILE)).toContain('  state: "open",\n');
    },
    MINUTES_5,
  );

  it(
    "is closed before it shrinks, and is then as it was",
    async () => {
      const small = await run("npx fridayproof replica scale --to standby --yes --plain");
      expect([small.code, small.output]).toEqual([0, expect.stringContaining("step 1 of 2: open → scaled\n")]);
      expect(small.output).toMatch(/\nreplica returns 503 at its health check: nothing fails over to it\.\n$/);
      expect((await run("npx fridayproof parity prod replica")).output).toMatch(/^prod and replica: STANDBY, /);
      expect((await run("npx fridayproof status -s replica --plain")).output).toContain(
        "standby   yes: its health check returns 503, nothing fails over to it\n",
      );
      expect((await run("npx fridayproof replica scale --to standby")).output).toBe(
        "replica has that size already: nothing was changed.\n",
      );
    },
    MINUTES_5,
  );

  it(
    "stays as it is, in its files too, where its own region is lost or something else would change",
    async () => {
      const before = [house.text(FILE), house.text(POLICIES)];
      const lost = await run("npx fridayproof replica scale --to prod --yes --plain --deny-region us-west-2");
      expect(lost.code).not.toBe(0);
      expect([house.text(FILE), house.text(POLICIES)]).toEqual(before);
      await run("npx fridayproof sandbox delete blue-git-ops-root -s replica");
      const other = await run("npx fridayproof replica scale --to prod --yes --plain --refresh");
      expect(other.code).not.toBe(0);
      expect([house.text(FILE), house.text(POLICIES)]).toEqual(before);
    },
    MINUTES_5,
  );
});

describe("replica scale refuses", () => {
  it.each([
    [["--to", "staging"], '--to: got "staging"; allowed: prod, standby.'],
    [
      ["--to", "standby", "--open"],
      "--open: a replica that stands by is not open; leave it out, or go to the primary's size.",
    ],
    [["--to", "prod", "-s", "prod"], "prod is no replica that can be scaled: allowed: replica."],
  ])("%j", async (more, message) => {
    const work = project(program(""));
    const ended = await fridayproof(["replica", "scale", "--work", work, ...more]);
    expect([ended.code, ended.stdout, ended.stderr]).toEqual([1, "", `fridayproof: ${message}\n`]);
  });

  it("one that does not stand", async () => {
    const work = project(program(""));
    const ended = await fridayproof(["replica", "scale", "--to", "prod", "--work", work]);
    expect([ended.code, ended.stderr]).toEqual([
      6,
      "fridayproof: replica does not stand. `npx fridayproof up -s replica` brings it up.\n",
    ]);
  });

  it("a project without one", async () => {
    const folder = project(program(""));
    const { code, stderr } = await runIn(folder, "replica", "scale", "--to", "prod");
    expect([code, stderr]).toEqual([1, `fridayproof: ${folder} has no replica: its hooks export no replicaScale.\n`]);
  });
});
