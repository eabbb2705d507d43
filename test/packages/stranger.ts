/** A project of somebody who has nothing of this repository but the tarballs, and what their manifests name. */
import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import ts from "typescript";
import type { Manifest } from "../../tools/pack/manifest";
import { ROOT } from "../../tools/pack/sources";

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  /** What it wrote on both outputs. */
  readonly output: string;
}

/** An empty project with packages unpacked from their tarballs. */
export class Stranger {
  readonly root = mkdtempSync(path.join(tmpdir(), "stranger-"));

  /** @param tarballs by the package's name. */
  constructor(private readonly tarballs: ReadonlyMap<string, string>) {}

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private installed(name: string): string {
    return path.join(this.root, "node_modules", name);
  }

  /**
   * Unpacks a package and links what its manifest asks for, and nothing else, from this repository's packages: as
   * `npm install` would, without a registry. @param more packages that the project itself names.
   */
  install(name: string, more: readonly string[] = []): Manifest {
    const folder = this.installed(name);
    const tarball = this.tarballs.get(name);
    if (tarball === undefined) throw new Error(`there is no tarball of ${name}`);
    mkdirSync(folder, { recursive: true });
    execFileSync("tar", ["xzf", tarball, "-C", folder, "--strip-components=1"]);
    const manifest = this.manifest(name);
    const optional = Object.entries(manifest.peerDependenciesMeta ?? {}).flatMap(([peer, { optional: is }]) =>
      is === true ? [peer] : [],
    );
    const peers = Object.keys(manifest.peerDependencies ?? {}).filter((peer) => !optional.includes(peer));
    for (const needed of [...Object.keys(manifest.dependencies ?? {}), ...peers, ...more]) this.need(needed);
    return manifest;
  }

  private need(name: string): void {
    if (existsSync(this.installed(name))) return;
    if (this.tarballs.has(name)) this.install(name);
    else {
      mkdirSync(path.dirname(this.installed(name)), { recursive: true });
      symlinkSync(path.join(ROOT, "node_modules", name), this.installed(name), "dir");
    }
  }

  /** The manifest of an installed package. */
  manifest(name: string): Manifest {
    return JSON.parse(readFileSync(path.join(this.installed(name), "package.json"), "utf8")) as Manifest;
  }

  /** The README of an installed package. */
  readme(name: string): string {
    return readFileSync(path.join(this.installed(name), "README.md"), "utf8");
  }

  write(name: string, text: string): void {
    const file = path.join(this.root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  /** Runs Node in the project. */
  node(...args: readonly string[]): Promise<Ended> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, args, { cwd: this.root, env: { ...process.env, NO_COLOR: "1" } });
      let output = "";
      for (const stream of [child.stdout, child.stderr])
        stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
      child.once("error", reject);
      child.once("close", (code) => resolve({ code, output }));
    });
  }

  /** Runs a line of a README: `npx fridayproof` is the command that the tarball brings. */
  command(line: string): Promise<Ended> {
    const [npx, name = "", ...args] = line.split(" ");
    const bin = this.manifest(name).bin?.[name];
    if (npx !== "npx" || bin === undefined) throw new Error(`no package here brings the command of: ${line}`);
    return this.node(path.join(this.installed(name), bin), ...args);
  }
}

/** TypeScript as JavaScript, as a module of one kind or the other. */
export function compiledAs(module: ts.ModuleKind.CommonJS | ts.ModuleKind.ESNext, text: string): string {
  const options = { module, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  return ts.transpileModule(text, { compilerOptions: options }).outputText;
}
