/** A copy of this repository in which a test may change anything: its files, and packages that lead to the real ones. */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
/** Made from the sources and in no commit: without it each command would begin with compiling. */
const BUILT = ["policies/dist"];

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  /** Standard output and standard error, as they came. */
  readonly output: string;
}

/** A copy of the house. */
export class HouseCopy {
  readonly root = mkdtempSync(path.join(tmpdir(), "fridayproof-house-"));

  constructor() {
    const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], { cwd: ROOT });
    for (const file of listed
      .toString()
      .split("\0")
      .filter((name) => name !== ""))
      this.copy(file);
    for (const folder of BUILT) this.copy(folder);
    this.linkPackages();
  }

  private copy(file: string): void {
    // Deleted in the working tree and still in the index: the copy lacks it too.
    cpSync(path.join(ROOT, file), path.join(this.root, file), { recursive: true, errorOnExist: false });
  }

  /** The workspace's own packages are links into the copy: through the real ones a change of the copy would not be seen. */
  private linkPackages(): void {
    const [from, to] = [path.join(ROOT, "node_modules"), path.join(this.root, "node_modules")];
    const own = ["@fridayproof", ".bin"];
    mkdirSync(to);
    for (const name of readdirSync(from)) {
      if (own.includes(name)) this.linkAgain(path.join(from, name), path.join(to, name));
      else if (name === "fridayproof") symlinkSync(path.join(this.root, "cli"), path.join(to, name));
      else if (!name.startsWith(".vite") && name !== ".tsbuild")
        symlinkSync(path.join(from, name), path.join(to, name));
    }
  }

  /** Links that lead to where they lead now, seen from the copy. */
  private linkAgain(from: string, to: string): void {
    mkdirSync(to);
    for (const name of readdirSync(from)) symlinkSync(readlinkSync(path.join(from, name)), path.join(to, name));
  }

  /** Where a file of the house is in the copy. */
  file(name: string): string {
    return path.join(this.root, name);
  }

  /** What a file of the copy says. */
  text(name: string): string {
    return readFileSync(this.file(name), "utf8");
  }

  /** Runs a command of a page in the copy, as a shell does. @param more environment, in place of what is there. */
  run(command: string, more: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const bin = path.join(this.root, "node_modules", ".bin");
    const env = { ...process.env, NO_COLOR: "1", PATH: `${bin}${path.delimiter}${process.env["PATH"] ?? ""}`, ...more };
    return new Promise((resolve, reject) => {
      const child = spawn(command, { cwd: this.root, shell: "/bin/sh", env });
      let output = "";
      child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.once("error", reject);
      child.once("close", (code) => {
        resolve({ code, output });
      });
    });
  }

  /** Removes it. */
  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}
