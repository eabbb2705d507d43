/** What a pipeline may run: commands of this repository, and nothing that is written into the pipeline itself. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { expect } from "vitest";

const ROOT = path.resolve(__dirname, "../..");
const MAKEFILE = readFileSync(path.join(ROOT, "Makefile"), "utf8");

/** A step of a pipeline is a target of the Makefile or a program of this repository. */
export function expectOwnCommand(run: string): void {
  const [program = "", target = ""] = run.split(" ");
  expect(["make", "node", "cat", "gh", ".ci/run"]).toContain(program);
  if (program === "node") expect(existsSync(path.join(ROOT, target)), target).toBe(true);
  if (program === "make") expect(MAKEFILE).toMatch(new RegExp(`^${target}:`, "m"));
}
