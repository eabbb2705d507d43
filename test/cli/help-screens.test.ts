/** The help of two verbs and of a rule, at both widths: the files in test/goldens/screens/ are what is printed. */
import { execFileSync } from "node:child_process";
import pc from "picocolors";
import { expect, it } from "vitest";
import { ruleDetailLines } from "../../sandbox/display/rules";
import { fridayproof, ROOT } from "./support";

const WIDTHS = [80, 160];

/** Prints the help of a verb at a width, in a process that loads verbs as the command line does. */
const HELP = String.raw`
require("./sandbox/runtime/typescript.cjs");
const { buildProgram } = require("./cli/program.ts");
const [verb, columns] = process.argv.slice(1);
const command = buildProgram([verb]).commands.find((one) => one.name() === verb);
command.configureOutput({ getOutHelpWidth: () => Number(columns) }).outputHelp();
`;

const helpOf = (verb: string, columns: number): string =>
  execFileSync(process.execPath, ["-e", HELP, verb, String(columns)], { cwd: ROOT, encoding: "utf8" });

async function expectScreen(name: string, columns: number, text: string): Promise<void> {
  expect(text.split("\n").filter((line) => line.length > columns)).toEqual([]);
  await expect(text).toMatchFileSnapshot(`../goldens/screens/${name}-${columns}.txt`);
}

it.each(["up", "status"])("the help of %s has its examples before its options", async (verb) => {
  for (const columns of WIDTHS) await expectScreen(`help-${verb}`, columns, helpOf(verb, columns));
});

/** As `policies keepalive-exceeds-idle` has it; the rule's own words may change. */
const RULE = {
  id: "keepalive-exceeds-idle",
  group: "delivery",
  level: "mandatory",
  scope: "stack",
  forbids: "A server that closes idle connections before its client does.",
  prevents: "Random 502s: the client sends on a connection that is closing.",
  source: "ALB user guide, connection idle timeout",
  examples: {
    bad: "annotations: {}",
    good: 'annotations: { fridayproof.dev/keep-alive-seconds: "65" }\nand a DestinationRule with connectionPool.http.idleTimeout: 30s',
  },
  exempt:
    "a row in stacks/policies/exemptions.ts, then make policy-files; for manifests npx fridayproof policies exempt keepalive-exceeds-idle RESOURCE",
  page: "docs/policies.md#keepalive-exceeds-idle",
} as const;

it("a rule is explained with what it refuses, what it accepts, and how to be excused", async () => {
  for (const columns of WIDTHS) {
    const lines = ruleDetailLines(RULE, columns, pc.createColors(false));
    await expectScreen("rule", columns, `${lines.join("\n")}\n`);
  }
});

it("a slip in the name of a stack is answered with the nearest one", async () => {
  const { code, stdout, stderr } = await fridayproof(["up", "-s", "prdo", "-C", ROOT]);
  expect([code, stdout]).toEqual([6, ""]);
  expect(stderr).toMatch(
    /^fridayproof: no stack named 'prdo' found\. Did you mean prod\? Stacks of the sandbox: dev, foundation, prod, /,
  );
});
