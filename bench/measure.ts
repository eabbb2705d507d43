/** Runs a command several times from process start and collects wall time, processor time and the engine's phases. */
import { spawn } from "node:child_process";
import * as path from "node:path";

const ROOT = path.dirname(__dirname);
const PROCESSOR_TIME = path.join(__dirname, "processor-time.cjs");

/** One run. */
export interface Sample {
  /** From spawn to exit. Milliseconds. */
  readonly wallMs: number;
  /** Of the command and its children; undefined where the system does not report it. Milliseconds. */
  readonly processorMs: number | undefined;
  /** As the engine reports them, in order. Milliseconds. */
  readonly phases: ReadonlyMap<string, number>;
}

/** Several runs of one command. */
export interface Measurement {
  readonly title: string;
  readonly samples: readonly Sample[];
}

function parsePhases(stderr: string): Map<string, number> {
  const phases = new Map<string, number>();
  for (const line of stderr.split("\n")) {
    if (!line.startsWith('{"phase":')) continue;
    const { phase, ms } = JSON.parse(line) as { phase: string; ms: number };
    phases.set(phase, (phases.get(phase) ?? 0) + ms);
  }
  return phases;
}

function parseProcessorTime(stderr: string): number | undefined {
  const line = stderr.split("\n").find((one) => one.startsWith('{"processorMs":'));
  return line === undefined ? undefined : (JSON.parse(line) as { processorMs: number }).processorMs;
}

/** What is run. */
export interface Command {
  /** Of Node. */
  readonly args: readonly string[];
  /** Variables beside this process's own. @default none */
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs Node once. @throws when it fails: a failed run must not be taken for a fast one. */
function runNode({ args, env = {} }: Command): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const started = process.hrtime.bigint();
    const child = spawn(process.execPath, ["--require", PROCESSOR_TIME, ...args], {
      cwd: ROOT,
      env: { ...process.env, FRIDAYPROOF_TIMINGS: "1", NO_COLOR: "1", ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => {
      const wallMs = Number(process.hrtime.bigint() - started) / 1e6;
      const processorMs = parseProcessorTime(stderr);
      if (code === 0) return resolve({ wallMs, processorMs, phases: parsePhases(stderr) });
      reject(new Error(`node ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`));
    });
  });
}

/** Measures `times` runs; `prepare` puts the work folder into the state that each run starts from. */
export async function measure(
  title: string,
  args: readonly string[],
  times: number,
  prepare?: () => void,
): Promise<Measurement> {
  const samples: Sample[] = [];
  for (let run = 0; run < times; run++) {
    prepare?.();
    samples.push(await runNode({ args }));
  }
  return { title, samples };
}

/**
 * Measures two commands in turn, `times` pairs after one that is not counted: it fills the caches of both.
 * @param prepare puts the work folder into the state that each run starts from.
 */
export async function measurePairs(
  first: Command,
  second: Command,
  times: number,
  prepare: () => void = () => undefined,
): Promise<readonly [first: readonly Sample[], second: readonly Sample[]]> {
  const pairs: [Sample, Sample][] = [];
  const run = (command: Command): Promise<Sample> => {
    prepare();
    return runNode(command);
  };
  for (let pair = 0; pair <= times; pair++) pairs.push([await run(first), await run(second)]);
  const counted = pairs.slice(1);
  return [counted.map(([sample]) => sample), counted.map(([, sample]) => sample)];
}
