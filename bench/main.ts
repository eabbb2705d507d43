/** `make bench`: median wall times of preview and up of dev from process start, and what dominates them. */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, loadavg, tmpdir } from "node:os";
import * as path from "node:path";
import { measure, type Measurement } from "./measure";
import { reportLine } from "./report";

/** Enough for a median that one slow run does not move. */
const TIMES = 5;

const CLI = path.join(path.dirname(__dirname), "cli", "bin.cjs");

/** What every run pays before the engine begins: the floor under all other lines. */
const floors: readonly (readonly [title: string, code: string])[] = [
  ["node alone", "0"],
  ["node and Pulumi's SDK", "require('@pulumi/pulumi')"],
  // pulumi-eks loads aws and kubernetes itself.
  ["node, SDK and the four providers' packages", "require('@pulumi/eks'); require('@pulumi/random')"],
];

async function benchStack(work: string, policies: boolean): Promise<Measurement[]> {
  const name = (verb: string): string => `${verb}, ${policies ? "with" : "without"} policies`;
  const flags = ["--work", work, ...(policies ? [] : ["--no-policies"])];
  const forget = (): void => rmSync(work, { recursive: true, force: true });
  const preview = await measure(name("preview of an empty stack"), [CLI, "preview", ...flags], TIMES, forget);
  const up = await measure(name("up from nothing"), [CLI, "up", ...flags], TIMES, forget);
  const again = await measure(name("up again, no changes"), [CLI, "up", ...flags], TIMES);
  return [preview, up, again];
}

async function main(): Promise<void> {
  const work = mkdtempSync(path.join(tmpdir(), "fridayproof-bench-"));
  try {
    const measurements: Measurement[] = [];
    for (const [title, code] of floors) measurements.push(await measure(title, ["-e", code], TIMES));
    for (const policies of [false, true]) measurements.push(...(await benchStack(path.join(work, "work"), policies)));
    const width = Math.max(...measurements.map(({ title }) => title.length));
    const [load = 0] = loadavg();
    console.log(
      `Node ${process.version}, ${availableParallelism()} processors, load ${load.toFixed(1)}; median of ${TIMES} (fastest to slowest)`,
    );
    for (const measurement of measurements) console.log(reportLine(measurement, width));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
