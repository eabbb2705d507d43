/** One command takes an environment down, and the account is as empty as docs/teardown.md says. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readObjects } from "../../sandbox/account";
import { fridayproof, program, project, runIn, temporaryFolder } from "./support";

/** Eight processes that each load the SDK. */
const MINUTES_5 = 300_000;

type Left = ReturnType<typeof readObjects>[number];

/** Rows of the page that the simulated account has, and how they look there. */
const LEFT: Readonly<Record<string, (object: Left) => boolean>> = {
  "KMS keys, pending deletion for 30 days": ({ type, id }) =>
    type === "sandbox:index:PendingDeletion" && id.startsWith("aws:kms/"),
  "secrets of production in Secrets Manager, pending deletion for 30 days": ({ type, id }) =>
    type === "sandbox:index:PendingDeletion" && id.startsWith("aws:secretsmanager/"),
  "the last snapshot of a database": ({ type, outputs }) =>
    type === "sandbox:index:ClusterSnapshot" && outputs["of"] === "fridayproof-prod",
  "hosted zones": ({ type }) => type === "aws:route53/zone:Zone",
};

/** Rows that the simulated account does not know. */
const ELSEWHERE = ["other secrets below `fridayproof/` in Secrets Manager", "AWS's service-linked roles"];

/** The first column of the page's only table. */
function tableOf(page: string): string[] {
  const rows = readFileSync(page, "utf8")
    .split("\n")
    .filter((line) => line.startsWith("| "));
  return rows.slice(1).map((line) => (line.split("|")[1] ?? "").trim());
}

describe("destroy", () => {
  it(
    "takes every environment and then the foundation down, and leaves exactly what the page says",
    async () => {
      const work = temporaryFolder();
      const run = (verb: string, stack: string) =>
        fridayproof([verb, "--stack", stack, "--work", work, "--no-policies"]);
      const stacks = ["dev", "staging", "prod"];
      for (const stack of stacks) expect(await run("up", stack)).toMatchObject({ code: 0 });
      expect(await run("destroy", "foundation")).toMatchObject({
        code: 1,
        stderr: "fridayproof: foundation is used by dev, prod, staging: destroy those first.\n",
      });
      for (const stack of [...stacks, "foundation"]) {
        const { code, stdout } = await run("destroy", stack);
        expect(stdout).toContain(`${stack} is gone: `);
        expect(code).toBe(0);
      }
      const left = readObjects(work).filter(({ type }) => type !== "sandbox:index:Deleted");
      expect(left.filter((object) => !Object.values(LEFT).some((isIt) => isIt(object)))).toEqual([]);
      for (const [row, isIt] of Object.entries(LEFT)) expect(left.some(isIt), row).toBe(true);
      expect(tableOf("docs/teardown.md")).toEqual([...Object.keys(LEFT), ...ELSEWHERE]);
    },
    MINUTES_5,
  );

  it("deletes nothing where the program goes on protecting, and says what", async () => {
    const stubborn = program("  return {};").replace("{ provider }", "{ provider, protect: true }");
    const folder = project(stubborn);
    expect(await runIn(folder, "up")).toMatchObject({ code: 0 });
    const { code, stderr, stdout } = await runIn(folder, "destroy");
    expect(code).toBe(1);
    expect(stdout).toContain("dev: 3 to delete, 1 protection to lift first\n  1  Pulumi: it is protected\n      net\n");
    expect(stderr).toBe(
      "fridayproof: nothing was deleted, because the program still protects:\n  aws:ec2:Vpc net: Pulumi refuses, it is protected\n",
    );
  });
});
