/** `costs` adds up what the program would make, and changes nothing. */
import { existsSync } from "node:fs";
import * as path from "node:path";
import { expect, it } from "vitest";
import { fridayproof, temporaryFolder } from "./support";

it("prints the bill of an environment that does not stand, the dearest first", async () => {
  const work = path.join(temporaryFolder(), "work");
  const { code, stdout } = await fridayproof(["costs", "--stack", "dev", "--work", work]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^dev: [\d,.]+ USD a month, [\d.]+ an hour \(SIMULATED, without traffic\)\n\n {2}\d+ x /);
  expect(stdout).toMatch(/^pools at their least [\d,.]+, at their most [\d,.]+$/m);
  expect(existsSync(work)).toBe(false);
});

it("prints the whole bill as JSON", async () => {
  const { code, stdout } = await fridayproof(["costs", "--stack", "dev", "--work", temporaryFolder(), "--json"]);
  expect(code).toBe(0);
  const bill = JSON.parse(stdout) as { month: number; rows: { month: number }[] };
  expect(bill.rows.reduce((sum, { month }) => sum + month, 0)).toBeCloseTo(bill.month);
});
