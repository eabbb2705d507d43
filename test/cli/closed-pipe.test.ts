/** A reader that has read enough (`| head -1`) is no error, and stops nobody's work. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof, program, project, runIn } from "./support";

const deaf = { deaf: true };

describe("a closed pipe", () => {
  it.each([[["lock"]], [["policies"]], [["--help"]], [["sandbox", "--help"]]])(
    "ends %j quietly and well",
    async (args) => {
      expect(await fridayproof(args, deaf)).toEqual({ code: 0, stdout: "", stderr: "" });
    },
  );

  it("leaves a failing verb its exit code", async () => {
    expect(await fridayproof(["lock", "--today", "2027-03-28"], deaf)).toMatchObject({ code: 1, stderr: "" });
  });

  it("does not stop an up half way", async () => {
    const folder = project(program(""));
    const up = await fridayproof(["up", "--no-policies", "--cwd", folder], deaf);
    expect(up).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(existsSync(path.join(folder, ".fridayproof"))).toBe(true);
    const again = await runIn(folder, "preview", "--expect-no-changes");
    expect(again.code).toBe(0);
  });
});
