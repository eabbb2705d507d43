/** Wall time and peak memory of a synthetic program of 100, 1,000 and 3,000 resources: growth must stay linear. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type RunResult, runStack } from "@fridayproof/sandbox/run";
import * as aws from "@pulumi/aws";

const SIZES = [100, 1000, 3000];
const RUNS = 3;
/** Log groups that depend on one role each ten: breadth for parallel creation, and edges to keep in order. */
const FAN_OUT = 10;
const ACCOUNT = "000000000000";

interface Measured {
  readonly up: number;
  readonly again: number;
  readonly destroy: number;
  /** MiB. */
  readonly peak: number;
}

function program(size: number): () => void {
  return () => {
    const provider = new aws.Provider("aws", { region: "us-east-1", allowedAccountIds: [ACCOUNT] });
    const assumeRolePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
    let role: aws.iam.Role | undefined;
    for (let index = 0; index < size; index++) {
      if (index % FAN_OUT === 0 || role === undefined)
        role = new aws.iam.Role(`role-${index}`, { assumeRolePolicy }, { provider });
      else
        new aws.cloudwatch.LogGroup(
          `logs-${index}`,
          { name: `/scale/${index}`, tags: { role: role.arn } },
          { provider },
        );
    }
  };
}

async function measure(size: number): Promise<Measured> {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "scale-"));
  const timed = async (operation: "update" | "destroy"): Promise<number> => {
    const started = performance.now();
    const result: RunResult = await runStack({
      operation,
      stack: "dev",
      project: "scale",
      config: {},
      work,
      program: program(size),
    });
    if (result.exitCode !== 0) throw new Error(result.diagnostics.map(({ message }) => message).join("\n"));
    return (performance.now() - started) / 1000;
  };
  const measured = { up: await timed("update"), again: await timed("update"), destroy: await timed("destroy") };
  fs.rmSync(work, { recursive: true });
  return { ...measured, peak: process.resourceUsage().maxRSS / 1024 };
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((left, right) => left - right)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

function inChild(size: number): Measured {
  const child = spawnSync(process.execPath, ["--import", "tsx", __filename, String(size)], { encoding: "utf8" });
  if (child.status !== 0) throw new Error(child.stderr);
  return JSON.parse(child.stdout.trim().split("\n").at(-1) ?? "") as Measured;
}

function main(): void {
  console.log("resources  up s    up again s  destroy s  peak MiB  ms per resource (up)");
  for (const size of SIZES) {
    const runs = Array.from({ length: RUNS }, () => inChild(size));
    const of = (pick: (run: Measured) => number): number => median(runs.map(pick));
    const up = of((run) => run.up);
    const cells = [up, of((run) => run.again), of((run) => run.destroy)].map((seconds) =>
      seconds.toFixed(2).padEnd(10),
    );
    console.log(
      `${String(size).padEnd(11)}${cells.join("")}${of((run) => run.peak)
        .toFixed(0)
        .padEnd(10)}${((up * 1000) / size).toFixed(2)}`,
    );
  }
}

const [size] = process.argv.slice(2);
if (size === undefined) main();
else {
  // Not inside an async main: the SDK's own listeners must see a rejection as the end of the process.
  measure(Number(size)).then(
    (measured) => console.log(JSON.stringify(measured)),
    (error: Error) => {
      console.error(error.message);
      process.exitCode = 1;
    },
  );
}
