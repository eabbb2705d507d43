/** What a plan shows when it is asked for more, and how it reads without signs. */
import pc from "picocolors";
import { describe, expect, it } from "vitest";
import { planScreen } from "../../../../sandbox/display/plan/screen";
import { change, runResult } from "../result";

const look = { stack: "dev", columns: 80, colors: pc.createColors(false) };
const type = "aws:ec2/vpc:Vpc";
const urn = (name: string): string => `urn:pulumi:dev::fridayproof::${type}::${name}`;
const at = (name: string, inputs: Record<string, string>, sourcePosition?: string) => ({
  urn: urn(name),
  type,
  custom: true,
  inputs,
  ...(sourcePosition === undefined ? {} : { sourcePosition }),
});

const plan = runResult({
  changes: [
    change("update", "net", {
      old: at("net", { cidrBlock: "10.0.0.0/16" }),
      now: at("net", { cidrBlock: "10.1.0.0/16" }, "project:///components/network/vpc.ts#34,12"),
    }),
    change("create", "other", {
      now: at("other", { cidrBlock: "10.2.0.0/16" }, "project:///node_modules/@pulumi/awsx/vpc.js#3,1"),
    }),
    change("replace", "third", {
      old: at("third", { cidrBlock: "10.3.0.0/16" }),
      now: at("third", { cidrBlock: "10.4.0.0/16" }),
      replaces: ["cidrBlock"],
      deleteFirst: true,
    }),
  ],
});

describe("--diff", () => {
  it("shows the values of what is new, and where a resource of the program is declared", () => {
    expect(planScreen(plan, { ...look, diff: true }).join("\n")).toBe(
      [
        "dev on the sandbox: 1 to replace, 1 to update, 1 to create",
        "",
        "  outside components",
        "  -+ Vpc third                             replace: OLD FIRST, then the new one",
        "      cidrBlock   10.3.0.0/16 → 10.4.0.0/16   forces the replacement",
        "  ~ Vpc net                                                     update in place",
        "      declared at components/network/vpc.ts:34",
        "      cidrBlock   10.0.0.0/16 → 10.1.0.0/16",
        "  + Vpc other",
        "      cidrBlock   10.2.0.0/16",
      ].join("\n"),
    );
  });

  it("is what --full leaves out", () => {
    const text = planScreen(plan, { ...look, full: true }).join("\n");
    expect(text).not.toContain("declared at");
    expect(text).not.toContain("10.2.0.0/16");
  });
});

describe("--plain", () => {
  it("says in words what a sign says", () => {
    expect(planScreen(plan, { ...look, plain: true }).slice(2)).toEqual([
      "  outside components",
      "  replace, OLD FIRST: Vpc third",
      "      cidrBlock   10.3.0.0/16 → 10.4.0.0/16   forces the replacement",
      "  update in place: Vpc net",
      "      cidrBlock   10.0.0.0/16 → 10.1.0.0/16",
      "  create: Vpc other",
    ]);
  });
});
