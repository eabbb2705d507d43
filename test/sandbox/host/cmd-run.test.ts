/** What only a process of its own can show: exit codes, and resources registered after the main module has ended. */
import { describe, expect, it } from "vitest";
import { nameOf } from "../../../sandbox/property/urn";
import { runBehindCmd, type CmdRunEnd } from "../../support/cmd-run";

const PROGRAM = `const pulumi = require("@pulumi/pulumi"); const random = require("@pulumi/random");
const a = new random.RandomString("a", { length: 3 });`;

function names({ resources }: CmdRunEnd): string[] {
  return resources.map(({ urn }) => nameOf(urn)).sort();
}

describe("a program behind the SDK's own cmd/run", () => {
  it("ends with 0, and a resource made by a timer is registered", async () => {
    const end = await runBehindCmd(`${PROGRAM}\nsetTimeout(() => new random.RandomString("late", { length: 4 }), 50);`);
    expect(end.exitCode).toBe(0);
    expect(names(end)).toEqual(["a", "default_4_21_2", "late", "rec-dev"]);
  });

  it("ends with 32 when its error was told, and what it registered before exists", async () => {
    const end = await runBehindCmd(`${PROGRAM}\nthrow new Error("program blew up");`);
    expect(end.exitCode).toBe(32);
    expect(end.logs.filter((line) => line.includes("program blew up"))).toHaveLength(1);
    expect(names(end)).toContain("a");
  });

  it("ends with its own code when it calls process.exit (recording 22)", async () => {
    const end = await runBehindCmd(`${PROGRAM}\nprocess.exit(7);`);
    expect(end).toMatchObject({ exitCode: 7, logs: [] });
  });

  it("reads configuration from its environment", async () => {
    const end = await runBehindCmd(
      `${PROGRAM}\nnew random.RandomString(new pulumi.Config().require("name"), { length: 1 });`,
      { "rec:name": "from-config" },
    );
    expect(names(end)).toContain("from-config");
  });

  it("ends with 32 and both lines when configuration is missing", async () => {
    const end = await runBehindCmd(`${PROGRAM}\nnew pulumi.Config().require("need");`);
    expect(end.exitCode).toBe(32);
    expect(end.logs).toContain(
      "Missing required configuration variable 'rec:need'\n\tplease set a value using the command `pulumi config set rec:need <value>`",
    );
  });
});
