/** Command lines that answer what a test gives them, note how they were called, and refuse every other call. */
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** A folder of programs for PATH. */
export class StandIns {
  readonly folder = mkdtempSync(path.join(tmpdir(), "stand-ins-"));
  readonly #log = path.join(this.folder, "log");
  readonly #backends = path.join(this.folder, "backends");

  constructor() {
    writeFileSync(this.#log, "");
    writeFileSync(this.#backends, "");
  }

  /** @param answers standard output by what the arguments begin with; any other call is a failure. */
  add(program: string, answers: Readonly<Record<string, string>>): this {
    const file = path.join(this.folder, program);
    const source = `#!${process.execPath}
const words = process.argv.slice(2).join(" ");
require("node:fs").appendFileSync(${JSON.stringify(this.#log)}, ${JSON.stringify(`${program} `)} + words + "\\n");
require("node:fs").appendFileSync(${JSON.stringify(this.#backends)}, (process.env.PULUMI_BACKEND_URL ?? "") + "\\n");
const found = Object.entries(${JSON.stringify(answers)}).find(([begin]) => words.startsWith(begin));
if (found === undefined) { process.stderr.write("unknown call\\n"); process.exit(254); }
process.stdout.write(found[1]);
`;
    writeFileSync(file, source);
    chmodSync(file, 0o755);
    return this;
  }

  /** Every call, in order. */
  get calls(): readonly string[] {
    return readFileSync(this.#log, "utf8").trimEnd().split("\n");
  }

  /** Where Pulumi's states were for each call. */
  get backends(): readonly string[] {
    return readFileSync(this.#backends, "utf8").trimEnd().split("\n");
  }

  /** The environment of a process that finds these before any other program. */
  get env(): NodeJS.ProcessEnv {
    return { ...process.env, PATH: `${this.folder}:${process.env["PATH"]}` };
  }
}
