/** The recorded policy pack, compiled and started as the engine starts one. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { transformSync } from "esbuild";
import { startPolicies, type PolicyConfig } from "../../../sandbox/analyzer/policy-runner";
import type { PolicyRunner } from "../../../sandbox/engine/policy-runner";
import type { EngineCommand } from "./command";
import type { RecordedStep, Recording } from "./recording";

/** Where a scenario's packs lie. */
export class PackFolder {
  private readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "pack-"));

  constructor(private readonly recording: Recording) {
    const folder = path.join(this.root, "pack");
    fs.mkdirSync(folder);
    for (const [file, lines] of Object.entries(recording.pack ?? {})) this.write(folder, file, lines.join("\n"));
    fs.symlinkSync(path.resolve("node_modules"), path.join(this.root, "node_modules"));
  }

  /** Starts the pack that the command names, for the step's stack. */
  start = async (command: EngineCommand, step: RecordedStep): Promise<PolicyRunner> => {
    const { policyPack = "", policyConfig } = command;
    const given = policyConfig === undefined ? {} : (this.recording.policyConfigs?.[policyConfig] ?? {});
    try {
      return await startPolicies({
        directory: path.join(this.root, policyPack),
        stack: "dev",
        project: "rec",
        preview: command.operation === "preview",
        config: step.config ?? {},
        policyConfig: given as PolicyConfig,
      });
    } catch (error) {
      throw new Error((error as Error).message.replaceAll(`${this.root}/`, ""));
    }
  };

  /** Takes the files away. */
  remove(): void {
    fs.rmSync(this.root, { recursive: true });
  }

  private write(folder: string, file: string, text: string): void {
    if (file !== "index.ts") return fs.writeFileSync(path.join(folder, file), text.replace("index.ts", "index.js"));
    const { code } = transformSync(text, { loader: "ts", format: "cjs" });
    return fs.writeFileSync(path.join(folder, "index.js"), code);
  }
}
