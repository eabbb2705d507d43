/** A program that runs as long as we do: in a process group of its own, which ends with us, whatever ends us. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import type { Writable } from "node:stream";

const KEEP = path.join(__dirname, "keep.sh");

/** How a program is started. */
export interface ProgramSettings {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Of the user that it runs as; ours without it. */
  readonly user?: { readonly uid: number; readonly gid: number };
  /** What ends it in order. */
  readonly signal?: "TERM" | "QUIT" | "INT";
}

/** How it ended: a number, or the name of a signal. */
export type Ending = number | NodeJS.Signals;

/** A program that was started. */
export class Program {
  /** What it has printed so far. */
  output = "";
  /** Resolves when it has ended. */
  readonly ended: Promise<Ending>;
  private readonly child: ChildProcess;
  private readonly signal: NodeJS.Signals;

  constructor({ program, args, cwd, env = {}, user = undefined, signal = "TERM" }: ProgramSettings) {
    this.signal = `SIG${signal}`;
    this.child = spawn("/bin/sh", [KEEP, signal, program, ...args], {
      cwd,
      env: { PATH: process.env["PATH"] ?? "", ...env },
      detached: true,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      ...user,
    });
    const add = (chunk: Buffer): void => void (this.output += chunk.toString());
    this.child.stdout?.on("data", add);
    this.child.stderr?.on("data", add);
    this.ended = new Promise((resolve, reject) => {
      this.child.once("error", reject);
      this.child.once("exit", (code, by) => {
        // What waits at the other end ends now, and with it whatever the program has left in its group.
        (this.child.stdio[3] as Writable).destroy();
        resolve(by ?? code ?? 0);
      });
    });
    // The caller awaits `ended` where it needs the exit code.
    this.ended.catch(() => undefined);
  }

  /** Of the program and its group. */
  get pid(): number {
    if (this.child.pid === undefined) throw new Error(`it did not start: ${this.output}`);
    return this.child.pid;
  }

  /** Whether it has not ended. */
  get runs(): boolean {
    return this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Sends a signal to the program alone. */
  send(signal: NodeJS.Signals): void {
    if (this.runs) process.kill(this.pid, signal);
  }

  /** Stops it where it is, with the processes that it has started: its connections stay open, and nothing answers on them. */
  freeze(): void {
    for (const pid of this.family()) process.kill(pid, "SIGSTOP");
  }

  /** Lets it go on. */
  thaw(): void {
    for (const pid of this.family()) process.kill(pid, "SIGCONT");
  }

  /** The program and its children: PostgreSQL answers each connection by a process of its own group. */
  private family(): readonly number[] {
    if (!this.runs) return [];
    const children = `/proc/${this.pid}/task/${this.pid}/children`;
    const pids = existsSync(children) ? readFileSync(children, "utf8").trim().split(" ") : [];
    return [this.pid, ...pids.filter((pid) => pid !== "").map(Number)];
  }

  /** Ends it: in order, and after `patienceMs` by SIGKILL. A frozen one goes on first. */
  async end(patienceMs = 5_000): Promise<Ending> {
    const timer = setTimeout(() => this.kill(), patienceMs);
    this.thaw();
    this.send(this.signal);
    const ending = await this.ended;
    clearTimeout(timer);
    return ending;
  }

  private kill(): void {
    try {
      process.kill(-this.pid, "SIGKILL");
    } catch {
      // It has ended meanwhile.
    }
  }
}
