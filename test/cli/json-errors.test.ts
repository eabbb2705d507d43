/** Where JSON is wanted, an error is JSON too: one object on standard output, and an exit code that is not zero. */
import { expect, it } from "vitest";
import { fridayproof, program, project } from "./support";

const errorIn = (stdout: string): unknown => (JSON.parse(stdout) as { readonly error: unknown }).error;

it.each([
  [["preview", "--json", "--stack", "dve"], 6, "no stack named 'dve' found. Did you mean dev?"],
  [["outputs", "--json", "--stack", "dve"], 6, "no stack named 'dve' found."],
  [["status", "--json", "--stack", "dve"], 6, "no stack named 'dve' found."],
  [["preview", "--json", "--paralel", "1"], 2, "error: unknown option '--paralel'\n(Did you mean --parallel?)"],
])("of %j is one object", async (words, exitCode, message) => {
  const folder = project(program("  return {};"));
  const { code, stdout, stderr } = await fridayproof([...words, "--cwd", folder]);
  expect(errorIn(stdout)).toEqual({ message: expect.stringContaining(message) as unknown, exitCode });
  expect(stdout.trimEnd().split("\n")).toHaveLength(1);
  expect(code).toBe(exitCode);
  expect(stderr).toContain(message.split("\n")[0]);
});

it("of a bill whose plan fails is one object", async () => {
  const folder = project(program('  throw new Error("no");'));
  const { code, stdout } = await fridayproof(["costs", "--json", "--cwd", folder]);
  const message = "dev has no cost estimate: its plan failed, see standard error.";
  expect([code, errorIn(stdout)]).toEqual([1, { message, exitCode: 1 }]);
});

it("is none where nobody wants JSON, nor where something failed behind --", async () => {
  const folder = project(program("  return {};"));
  const { stdout } = await fridayproof(["preview", "--stack", "dve", "--cwd", folder]);
  expect(stdout).toBe("");
});
