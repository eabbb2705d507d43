/** Errors with their place in the program. */
import { describe, expect, it } from "vitest";
import { diagnosticLines, diagnosticsBlock, splitStack } from "../../../sandbox/display/errors";
import { plain } from "./support";

const ROOT = "/home/me/my project";
const STACK_TRACE = [
  "Error: the CIDR is too small",
  `    at planSubnets (${ROOT}/components/network/plan.ts:41:11)`,
  `    at new Vpc (${ROOT}/components/network/vpc.ts:80:7)`,
  `    at new Vpc (${ROOT}/components/network/vpc.ts:80:7)`,
  `    at ${ROOT}/stacks/index.ts:12:3`,
  `    at Object.runInPulumiStack (${ROOT}/node_modules/@pulumi/pulumi/runtime/stack.js:61:5)`,
  `    at hostProgram (${ROOT}/sandbox/engine/host.ts:30:9)`,
  "    at node:internal/process/task_queues:95:5",
  "    at async Promise.all (index 0)",
].join("\n");

describe("splitting a stack", () => {
  it("keeps the program's locations, innermost first, each once, and hides all machinery", () => {
    expect(splitStack(STACK_TRACE, ROOT, [`${ROOT}/sandbox`])).toEqual({
      message: "Error: the CIDR is too small",
      locations: [
        { file: "components/network/plan.ts", line: 41, column: 11 },
        { file: "components/network/vpc.ts", line: 80, column: 7 },
        { file: "stacks/index.ts", line: 12, column: 3 },
      ],
    });
  });

  it("understands file URLs and leaves a message without a stack alone", () => {
    const text = "boom\n    at file:///home/me/my%20project/stacks/index.ts:1:2";
    expect(splitStack(text, ROOT).locations).toEqual([{ file: "stacks/index.ts", line: 1, column: 2 }]);
    expect(splitStack("first\nsecond", ROOT)).toEqual({ message: "first\nsecond", locations: [] });
  });

  it("takes a folder of the program for the program, whatever it is called, unless machinery is in it", () => {
    const text = "x\n    at f (/home/me/my project/sandbox/index.ts:1:2)";
    expect(splitStack(text, ROOT).locations).toEqual([{ file: "sandbox/index.ts", line: 1, column: 2 }]);
    expect(splitStack(text, ROOT, [ROOT]).locations).toEqual([]);
  });

  it("does not take another project's files for the program's", () => {
    expect(splitStack("x\n    at f (/home/you/stacks/index.ts:1:2)", ROOT).locations).toEqual([]);
  });
});

describe("diagnostics", () => {
  const readLine = (file: string, line: number) =>
    file.endsWith("plan.ts") && line === 41 ? "    throw new Error(text);" : undefined;

  it("name the resource, the place with its source line, and two callers", () => {
    const urn = "urn:pulumi:dev::fridayproof::aws:ec2/vpc:Vpc::net";
    expect(diagnosticLines({ urn, severity: "error", message: STACK_TRACE }, ROOT, plain, readLine)).toEqual([
      "  error: aws:ec2:Vpc net: the CIDR is too small",
      "      at components/network/plan.ts:41:11   throw new Error(text);",
      "      called from components/network/vpc.ts:80:7",
      "      called from stacks/index.ts:12:3",
    ]);
  });

  it("are told once each, and the stack as a whole needs no name", () => {
    const urn = "urn:pulumi:dev::fridayproof::pulumi:pulumi:Stack::fridayproof-dev";
    const diagnostic = { urn, severity: "error", message: "error: update failed" } as const;
    const warning = { severity: "warning", message: "look" } as const;
    expect(diagnosticsBlock([diagnostic, warning, diagnostic], ROOT, plain, readLine)).toEqual([
      "Diagnostics:",
      "  error: update failed",
      "  warning: look",
    ]);
  });
});
