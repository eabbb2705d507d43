/** Every verb has examples in its help, and each of them is a command line that the program takes. */
import { execFileSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "./support";

/** Parses every example of every verb with the command that it names, in a process that loads verbs as the command line does. */
const PARSE = String.raw`
require("./sandbox/runtime/typescript.cjs");
const { buildProgram } = require("./cli/program.ts");
const verbs = buildProgram([]).commands.map((one) => one.name()).filter((name) => !name.startsWith("_"));
(async () => {
  const rows = [];
  for (const verb of verbs) {
    const help = buildProgram([verb]).commands.find((one) => one.name() === verb).description();
    for (const [, line] of help.matchAll(/^ {2}npx fridayproof (.+?)(?: {3,}.*)?$/gm)) {
      const args = line.split(/ >/)[0].trim().split(" ");
      const program = buildProgram(args);
      let ran = "";
      for (const one of program.commands.flatMap((command) => [command, ...command.commands]))
        one.exitOverride().configureOutput({ writeErr: () => undefined }).action(() => void (ran += one.name()));
      const problem = await program.parseAsync(args, { from: "user" }).then(() => "", (error) => error.message);
      rows.push({ verb, line, ran, problem });
    }
  }
  console.log(JSON.stringify({ verbs, rows }));
})();
`;

interface Parsed {
  readonly verbs: readonly string[];
  readonly rows: readonly {
    readonly verb: string;
    readonly line: string;
    readonly ran: string;
    readonly problem: string;
  }[];
}

describe("the examples of help", () => {
  let parsed: Parsed;
  beforeAll(() => {
    parsed = JSON.parse(execFileSync(process.execPath, ["-e", PARSE], { cwd: ROOT, encoding: "utf8" })) as Parsed;
  });

  it("are there for every verb", () => {
    expect(parsed.verbs.length).toBeGreaterThan(10);
    expect(parsed.verbs.filter((verb) => !parsed.rows.some((row) => row.verb === verb))).toEqual([]);
  });

  it("are command lines that the program takes, each of its own verb", () => {
    expect(parsed.rows.filter(({ problem }) => problem !== "")).toEqual([]);
    expect(parsed.rows.filter(({ verb, line, ran }) => !line.startsWith(verb) || !line.includes(ran))).toEqual([]);
  });
});
