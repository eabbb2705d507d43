/** What the README tells people to run exists. */
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { describe, expect, it } from "vitest";
import { fridayproof, ROOT } from "./support";

const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
const makefile = readFileSync(path.join(ROOT, "Makefile"), "utf8");

describe("the README", () => {
  it("names only targets that the Makefile has", () => {
    const targets = [...readme.matchAll(/(?:`|^)make ([a-z-]+)/gm)].map(([, target]) => target);
    expect(targets).toContain("up");
    for (const target of targets) expect(makefile).toMatch(new RegExp(`^${target}:`, "m"));
  });

  it("names only verbs that the command line has", async () => {
    const { stdout } = await fridayproof(["sandbox", "--help"]);
    for (const verb of ["show", "tamper", "delete", "reset"]) {
      expect(readme).toContain(verb);
      expect(stdout).toMatch(new RegExp(`^  ${verb} `, "m"));
    }
  });

  it("names the costs that the page has", () => {
    const costs = readFileSync(path.join(ROOT, "docs/costs.md"), "utf8");
    const monthOf = (stack: string): string => {
      const row = new RegExp(`^\\| \\[${stack}\\]\\(#${stack}\\) \\| ([\\d.]+) \\|`, "m").exec(costs);
      return Math.round(Number(row?.[1])).toLocaleString("en-US");
    };
    expect(readme).toContain(`about ${monthOf("dev")} USD a month, production ${monthOf("prod")} (SIMULATED`);
  });

  it("links only to files that are there", () => {
    const links = [...readme.matchAll(/\]\(((?!https?:)[^)#]+)\)/g)].map(([, link]) => link ?? "");
    expect(links.filter((link) => !existsSync(path.join(ROOT, link)))).toEqual([]);
  });
});
