/** One rule is explained where its name is given, and a wrong name is answered with the nearest. */
import { rules } from "@fridayproof/policies/rules";
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { ruleDetailLines } from "../../sandbox/display/rules";
import { fridayproof } from "./support";

describe("policies RULE", () => {
  it("explains one rule: what it refuses and accepts, who says so, and how to exempt from it", async () => {
    const { code, stdout } = await fridayproof(["policies", "access-entries"]);
    expect(code).toBe(0);
    expect(
      stdout
        .split("\n")
        .map((line) => /^ {2}(Prevents|Refused|Accepted|Limits|Source|Exempt|Page) +\S/.exec(line)?.[1])
        .filter(Boolean),
    ).toEqual(["Prevents", "Refused", "Accepted", "Limits", "Source", "Exempt", "Page"]);
    expect(stdout).toMatch(/^access-entries {3}mandatory, security, checks /);
    expect(stdout).toContain("docs/policies.md#access-entries\n");
    expect(stdout).toContain("npx fridayproof policies exempt access-entries");
  });

  it("of a slip names the nearest rule", async () => {
    expect(await fridayproof(["policies", "keepalive-exceed-idle"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "fridayproof: there is no rule 'keepalive-exceed-idle'. Did you mean keepalive-exceeds-idle? `fridayproof policies` lists them.\n",
    });
  });

  it("keeps every line of every rule within the terminal, but for a word that is longer", () => {
    for (const rule of rules) {
      const lines = ruleDetailLines({ ...rule, exempt: "-", page: "-" }, 80, pc.createColors(false));
      const long = lines.filter((line) => line.length > 80 && line.trim().includes(" "));
      expect(long, rule.id).toEqual(long.filter((line) => /^\s*\S+ {2,}\S+$/.test(line)));
    }
  });
});
