/** The runner that loads the tests once judges every mutant as Stryker's own for vitest does. `make update` asks that one again. */
import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recording } from "../../support/recording";
// Plain JavaScript, because Stryker loads its plugins as they are.
import { LastKillers } from "../../../tools/mutation/last-killers.mjs";
import { OneProcessRunner } from "../../../tools/mutation/one-process-runner.mjs";

const root = resolve(__dirname, "../../..");
const recorded = join(__dirname, "verdicts-of-vitest.json");

interface Report {
  readonly files: Readonly<
    Record<
      string,
      {
        readonly mutants: readonly {
          readonly location: { readonly start: { readonly line: number; readonly column: number } };
          readonly replacement: string;
          readonly status: string;
        }[];
      }
    >
  >;
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mutants-"));
  cpSync(join(__dirname, "program"), folder, { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** The status of each mutant, by its place and what stands there instead. */
function verdicts(testRunner: string): Readonly<Record<string, string>> {
  const settings = {
    testRunner,
    plugins: [join(root, "tools/mutation/plugin.mjs"), "@stryker-mutator/vitest-runner"],
    mutate: ["parcel.ts"],
    vitest: { configFile: "vitest.config.ts", related: false },
    coverageAnalysis: "perTest",
    ignoreStatic: true,
    concurrency: 1,
    timeoutMS: 3000,
    reporters: ["json"],
    jsonReporter: { fileName: "report.json" },
  };
  writeFileSync(join(folder, "stryker.config.json"), JSON.stringify(settings));
  const stryker = join(root, "node_modules/@stryker-mutator/core/bin/stryker.js");
  execFileSync(process.execPath, [stryker, "run", "--logLevel", "error"], { cwd: folder, stdio: ["ignore", 2, 2] });
  const { files } = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as Report;
  const mutants = Object.values(files).flatMap((file) => file.mutants);
  const rows = mutants.map(({ location: { start }, replacement, status }) => {
    return [`${start.line}:${start.column} ${replacement.replaceAll(/\s+/g, " ")}`, status] as const;
  });
  return Object.fromEntries(rows.toSorted(([left], [right]) => left.localeCompare(right, "en", { numeric: true })));
}

describe("the runner of one process", () => {
  it("gives each mutant the verdict that Stryker's own runner gives", () => {
    if (recording) {
      writeFileSync(recorded, `${JSON.stringify(verdicts("vitest"), null, 2)}\n`);
    }
    const expected = JSON.parse(readFileSync(recorded, "utf8")) as Readonly<Record<string, string>>;
    expect(verdicts("one-process")).toEqual(expected);
    const ends = new Set(Object.values(expected));
    expect([...ends].sort()).toEqual(["Ignored", "Killed", "NoCoverage", "Survived", "Timeout"]);
  });

  it("refuses settings under which each mutant needs a process of its own", async () => {
    const runner = new OneProcessRunner({ coverageAnalysis: "all", ignoreStatic: false });
    await expect(runner.init()).rejects.toThrow(
      "coverageAnalysis and ignoreStatic: got all and false; expected perTest and true, because this runner loads the tests " +
        "once and switches each mutant on afterwards. Fix: set them so in stryker.config.json, or take the runner vitest.",
    );
  });
});

describe("the tests for a mutant", () => {
  it("begin with those that killed the last mutants, the newest first, and keep the order of the others", () => {
    const killers = new LastKillers();
    for (const id of ["t3", "t9", "t2", "t3"]) killers.add(id);
    expect(killers.first(["t1", "t2", "t3", "t4"])).toEqual(["t3", "t2", "t1", "t4"]);
  });

  it("forget those that killed long ago", () => {
    const killers = new LastKillers();
    for (let index = 0; index <= 12; index += 1) killers.add(`t${index}`);
    expect(killers.first(["t13", "t0", "t1"])).toEqual(["t1", "t13", "t0"]);
  });
});
