/** The command line in a real terminal: a pseudo-terminal of Python's, with a size, and a person who types into it. */
import { spawn, spawnSync } from "node:child_process";
import * as path from "node:path";
import { ROOT } from "./support";

/** Whether this machine can make a pseudo-terminal; the product itself needs no Python. */
export const hasTerminal = spawnSync("python3", ["-c", "import pty, termios"]).status === 0;

/** Opens a terminal of a size, runs the command in it, and ends as the command did. */
const DRIVER = `
import fcntl, os, pty, struct, sys, termios
columns = int(sys.argv[1])
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
pty._copy(terminal)
os.close(terminal)
_, status = os.waitpid(pid, 0)
sys.exit(os.waitstatus_to_exitcode(status) % 256)
`;

/** What a person sees and does. */
export interface TerminalRun {
  readonly code: number | null;
  /** Everything that was written, with the sequences that move the cursor. */
  readonly raw: string;
  /** The same without those sequences and without carriage returns. */
  readonly text: string;
}

/** What is typed once a text stands on the screen. */
export interface Typed {
  readonly after: RegExp;
  readonly keys: string;
}

/** Ctrl-C, as a keyboard sends it. */
export const CTRL_C = "\u0003";

// Colours, movements of the cursor, and whatever clears a part of the screen.
const SEQUENCES = /\u001b\[[0-9;?]*[A-Za-z]/g;

/** What was drawn, without colours and movements. */
function plainText(raw: string): string {
  return raw.replaceAll(SEQUENCES, "").replaceAll("\r", "");
}

/**
 * Runs the command line in a terminal.
 * @param typed in this order, each once its text has come since the one before.
 */
export function inTerminal(
  args: readonly string[],
  typed: readonly Typed[] = [],
  options: TerminalOptions = {},
): Promise<TerminalRun> {
  return commandInTerminal([process.execPath, path.join(ROOT, "cli", "bin.cjs"), ...args], typed, options);
}

/** How the terminal is. */
interface TerminalOptions {
  readonly columns?: number;
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** The same for any command. */
export function commandInTerminal(
  words: readonly string[],
  typed: readonly Typed[] = [],
  { columns = 80, env = {}, cwd }: TerminalOptions = {},
): Promise<TerminalRun> {
  return new Promise((resolve, reject) => {
    // A terminal of one's own: what the tests run in must not decide about colours and redrawing.
    const inherited = Object.entries(process.env).filter(
      ([key]) => !/^(?:CI|NO_COLOR|FORCE_COLOR|GITHUB_ACTIONS)$/.test(key),
    );
    const child = spawn("python3", ["-c", DRIVER, String(columns), ...words], {
      cwd,
      env: { ...Object.fromEntries(inherited), TERM: "xterm-256color", ...env },
    });
    const left = [...typed];
    let raw = "";
    let since = 0;
    child.stdout.on("data", (chunk: Buffer) => {
      raw += chunk.toString();
      const [next] = left;
      if (next === undefined || !next.after.test(plainText(raw.slice(since)))) return;
      left.shift();
      since = raw.length;
      child.stdin.write(next.keys);
    });
    child.stderr.on("data", (chunk: Buffer) => (raw += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ code, raw, text: plainText(raw) }));
  });
}
