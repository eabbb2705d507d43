/** Approval of a plan: a prompt on a terminal, --yes elsewhere. */
import { createInterface } from "node:readline";
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import type { RunResult } from "@fridayproof/sandbox/run";
import { terminalOn } from "@fridayproof/sandbox/terminal";
import { EXIT_INTERRUPTED } from "../context/options";

/** What the prompt is about. */
export interface Question {
  readonly stack: string;
  /** The operation to approve. */
  readonly verb: "update" | "destroy";
  /** Approves without a prompt. */
  readonly yes: boolean;
  /** Prints the plan with every value. */
  readonly details: () => void;
}

/** The terminal of the prompt. */
export interface Asker {
  /** Whether standard input and output are a terminal. */
  readonly isPerson: boolean;
  /** Whether choices are words, for a screen reader. @default false */
  readonly plain?: boolean;
  /** @returns what was typed; undefined at the end of input. @throws UserError with exit code 130 for Ctrl-C. */
  readonly ask: (question: string) => Promise<string | undefined>;
}

/** The terminal of this process. */
const terminalAsker: Asker = {
  get isPerson() {
    return process.stdin.isTTY === true && process.stdout.isTTY === true;
  },
  get plain() {
    return terminalOn(process.stdout, process.env).plain;
  },
  ask: (question) =>
    new Promise((resolve, reject) => {
      const lines = createInterface({ input: process.stdin, output: process.stdout });
      let typed: string | undefined;
      lines.once("SIGINT", () => {
        reject(new UserError("stopped by you: nothing was changed.", EXIT_INTERRUPTED));
        lines.close();
      });
      lines.once("close", () => {
        // The next output begins on a line of its own.
        if (typed === undefined) process.stdout.write("\n");
        resolve(typed);
      });
      lines.question(question, (answer) => {
        typed = answer;
        lines.close();
      });
    }),
};

/** @throws UserError for --json without --yes: a prompt would break the JSON. */
export function requireYes({ json, yes }: { readonly json?: boolean; readonly yes?: boolean }): void {
  if (json === true && yes !== true)
    throw new UserError("with --json there is no prompt: read `preview` and add --yes.", EXIT_USAGE);
}

/** Whether the plan deletes, replaces or unprotects something: then the stack's name must be typed, because `y` is typed too easily. */
function takesAway({ changes }: Pick<RunResult, "changes">): boolean {
  return changes.some(
    ({ op, old, now }) =>
      op === "delete" || op === "replace" || (old?.protect === true && now !== undefined && now.protect !== true),
  );
}

/** Exit code of a run that was not approved: not 0, so that a script does not go on. */
export const EXIT_DECLINED = 1;

/** @returns whether the plan may be carried out. @throws UserError with exit code 2 where there is no terminal for the prompt. */
export async function approved(plan: RunResult, question: Question, asker: Asker = terminalAsker): Promise<boolean> {
  if (isAnswered(question, asker)) return true;
  return takesAway(plan) ? byName(question, asker) : byLetter(question, asker);
}

/** The same for the deletion of a whole stack. */
export async function mayDestroy(question: Question, asker: Asker = terminalAsker): Promise<boolean> {
  return isAnswered(question, asker) || (await byName(question, asker));
}

function isAnswered({ stack, verb, yes }: Question, { isPerson }: Asker): boolean {
  if (yes || isPerson) return yes;
  const what = `${stack} was not changed: there is no terminal for the prompt.`;
  throw new UserError(`${what} Read the plan above and add --yes to ${verb} ${stack} without a prompt.`, EXIT_USAGE);
}

async function byLetter({ stack, details }: Question, asker: Asker): Promise<boolean> {
  for (;;) {
    const choices = asker.plain === true ? "Type yes or details" : "[y]es, [d]etails";
    const typed = await asker.ask(`\nUpdate ${stack}? ${choices}, anything else is no: `);
    if (!isDetails(typed)) return /^y(?:es)?$/i.test(typed?.trim() ?? "");
    details();
  }
}

async function byName({ stack, verb, details }: Question, asker: Asker): Promise<boolean> {
  const title =
    verb === "update" ? `The plan deletes, replaces or unprotects resources. Update ${stack}?` : `Delete ${stack}?`;
  for (;;) {
    const choices = asker.plain === true ? "Type its name, or details" : "Type its name, [d] for details";
    const typed = await asker.ask(`\n${title} ${choices}, anything else is no: `);
    if (!isDetails(typed) || stack === typed?.trim()) return typed?.trim() === stack;
    details();
  }
}

const isDetails = (typed: string | undefined): boolean => /^d(?:etails)?$/i.test(typed?.trim() ?? "");
