/** The process of a compiled policy pack: Node with the policy SDK's own server, found by the port that it prints. */
import { spawn, type ChildProcessByStdio } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import type { Readable, Writable } from "node:stream";
import { UserError } from "../core/errors";

/** Where the pack is and which stack it checks. */
export interface PackOptions {
  /** Folder with PulumiPolicy.yaml and the compiled pack. */
  readonly directory: string;
  readonly stack: string;
  readonly project: string;
  readonly preview: boolean;
  readonly config: Readonly<Record<string, string>>;
}

/** What the pack's process loads first: what it can spare, and that it ends with its parent. */
const PRELOADS = ["pack-preload.cjs", "end-with-parent.cjs", "pack-phase.cjs"].map((file) =>
  path.resolve(__dirname, "../runtime", file),
);

/** A pack's process from its first moment on. */
export interface PackProcess {
  /** Where its server listens. Rejected with its output when it ends before that. */
  readonly port: Promise<string>;
  /** Ends the preview in it: it is notified, and has taken it in when this resolves. Only after {@link port} did. */
  beginUpdate(): Promise<void>;
  /** Ends it, whether it listens already or not. */
  kill(): void;
}

/**
 * Starts the process: in a group of its own, because a terminal sends Ctrl-C to the whole group of the command line, and
 * the pack must respond until what is under way has ended. It ends when its standard input does, as it does with this
 * process, however that dies.
 * @throws UserError when there is no policy project.
 */
export function startPack(options: PackOptions): PackProcess {
  const project = path.join(options.directory, "PulumiPolicy.yaml");
  if (!existsSync(project)) {
    const where = `failed to load Pulumi policy project located at "${options.directory}"`;
    throw new UserError(`${where}: open ${project}: no such file or directory`);
  }
  const runner = createRequire(__filename).resolve("@pulumi/pulumi/cmd/run-policy-pack");
  const environment = {
    ...process.env,
    PULUMI_NODEJS_ORGANIZATION: "organization",
    PULUMI_NODEJS_PROJECT: options.project,
    PULUMI_NODEJS_STACK: options.stack,
    PULUMI_NODEJS_DRY_RUN: String(options.preview),
    PULUMI_CONFIG: JSON.stringify(options.config),
  };
  // The engine's address is never dialled by the pack in the calls that are made here.
  const args = [...PRELOADS.flatMap((file) => ["--require", file]), runner, "127.0.0.1:1"];
  const child = spawn(process.execPath, [...args, path.resolve(options.directory)], {
    cwd: options.directory,
    env: environment,
    stdio: ["pipe", "pipe", "pipe", "ipc"],
    detached: true,
  }) as PackChild;
  return {
    port: portOf(child, options.directory),
    beginUpdate: () => beginUpdate(child, options.directory),
    kill: () => void child.kill("SIGKILL"),
  };
}

type PackChild = ChildProcessByStdio<Writable, Readable, Readable>;

function beginUpdate(child: PackChild, directory: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once("message", () => resolve());
    child.once("exit", () => reject(new UserError(`the policy project in ${directory} ended before the update.`)));
    child.send("update");
  });
}

function portOf(child: PackChild, directory: string): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    let output = "";
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const found = /^(\d+)$/m.exec(output);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(
        new UserError(`the policy project in ${directory} did not start (exit code ${code}):\n${errors || output}`),
      );
    });
  });
}
