/** The process of a compiled policy pack: Node with the policy SDK's own server, found by the port that it prints. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { UserError } from "../errors";

/** Where the pack is and whom it judges. */
export interface PackOptions {
  /** Folder with PulumiPolicy.yaml and the compiled pack. */
  readonly directory: string;
  readonly stack: string;
  readonly project: string;
  readonly preview: boolean;
  readonly config: Readonly<Record<string, string>>;
}

/** Spares the pack's process what a compiled pack never uses. */
const PACK_PRELOAD = path.resolve(__dirname, "../../scripts/pack-preload.cjs");

/** Starts the process. @throws UserError with what it said when it ends before it listens. */
export async function startPack(options: PackOptions): Promise<{ process: ChildProcess; port: string }> {
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
  const args = ["--require", PACK_PRELOAD, runner, "127.0.0.1:1", path.resolve(options.directory)];
  const child = spawn(process.execPath, args, {
    cwd: options.directory,
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const port = await new Promise<string>((resolve, reject) => {
    let told = "";
    let complained = "";
    child.stderr.on("data", (chunk: Buffer) => (complained += chunk.toString()));
    child.stdout.on("data", (chunk: Buffer) => {
      told += chunk.toString();
      const found = /^(\d+)$/m.exec(told);
      if (found?.[1] !== undefined) resolve(found[1]);
    });
    child.once("error", reject);
    child.once("exit", (code) => {
      reject(
        new UserError(
          `the policy project in ${options.directory} did not start (exit code ${code}):\n${complained || told}`,
        ),
      );
    });
  });
  return { process: child, port };
}
