/** Destroy with ENGINE=pulumi: the CLI's own state is read first, as the embedded engine's is. */
import { describe, expect, it } from "vitest";
import { inOwnFolder, recorded, run } from "./real-engine";

inOwnFolder();

describe("destroy on the real CLI", () => {
  const row = { urn: "urn:pulumi:dev::p::aws:ec2/vpc:Vpc::net", type: "aws:ec2/vpc:Vpc" };
  const held = [{ ...row, protect: true }];

  it("reads the CLI's state first: what nothing holds is destroyed without an update", async () => {
    const { code } = await run(["destroy", "--stack", "dev"], { states: { dev: { held: [row], lifted: [] } } });
    expect(code).toBe(0);
    expect(recorded().map(({ args }) => args.slice(0, 2).join(" "))).toEqual([
      "stack ls",
      "stack export",
      "stack select",
      "destroy --yes",
    ]);
  });

  it("lifts what holds, looks again, and destroys", async () => {
    const { code, output } = await run(["destroy", "--stack", "dev", "--no-policies"], {
      states: { dev: { held, lifted: [row] } },
    });
    expect(output).toBe(
      [
        "dev: 1 to delete, 1 protection to lift first",
        "  1  Pulumi: it is protected",
        "      net",
        "Stays         foundation, which other stacks use",
        "",
      ].join("\n"),
    );
    expect(code).toBe(0);
    expect(recorded().map(({ args }) => args[0])).toEqual([
      "stack",
      "stack",
      "stack",
      "up",
      "stack",
      "stack",
      "stack",
      "destroy",
    ]);
  });

  it("deletes nothing where the update leaves something held", async () => {
    const { code, errors } = await run(["destroy", "--stack", "dev", "--no-policies"], {
      states: { dev: { held, lifted: held } },
    });
    expect([code, errors]).toEqual([
      1,
      "fridayproof: nothing was deleted, because the program still protects:\n  aws:ec2:Vpc net: Pulumi refuses, it is protected\n",
    ]);
    expect(recorded().map(({ args }) => args[0])).not.toContain("destroy");
  });

  it("refuses the foundation while a stack stands on it", async () => {
    const states = { foundation: { held: [], lifted: [] }, prod: { held: [], lifted: [] } };
    expect(await run(["destroy", "--stack", "foundation"], { states })).toMatchObject({
      code: 1,
      errors: "fridayproof: foundation is used by prod: destroy that first.\n",
    });
  });

  it.each([
    ["destroy", "--target"],
    ["refresh", "--target"],
    ["up", "--replace", "--yes"],
    ["preview", "--replace"],
  ])(
    "refuses a pattern of %s %s that matches nothing of the state: the CLI would call it no changes",
    async (...verb) => {
      const states = { dev: { held: [row], lifted: [] } };
      const [name = "", option = "", ...more] = verb;
      const words = [name, ...more, "--stack", "foundation", "--no-policies", option];
      expect(await run([...words, "**nonsense*"], { states: { foundation: states.dev } })).toMatchObject({
        code: 2,
        errors: "fridayproof: Target '**nonsense*' could not be found in the stack.\n",
      });
      expect((await run([...words, "**net"], { states: { foundation: states.dev } })).code).toBe(0);
    },
  );
});
