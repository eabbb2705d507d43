/** Asks whether a plan may be carried out: on a terminal by a question, elsewhere by --yes. */
import { createInterface } from "node:readline";
import { EXIT_USAGE, UserError } from "@fridayproof/sandbox/errors";
import type { RunResult } from "@fridayproof/sandbox/run";
import { terminalOn } from "@fridayproof/sandbox/terminal";
import { EXIT_INTERRUPTED } from "../context/options";

/** Who is asked about what. */
export interface Question {
  readonly stack: string;
  /** `update` or `destroy`: what is asked for. */
  readonly verb: "update" | "destroy";
  /** Nobody is asked. */
  readonly yes: boolean;
  /** Prints the plan with every value. */
  readonly details: () => void;
}

/** Where questions are asked: standard input and output of a person. */
export interface Asker {
  /** Whether a person is there. */
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
        // What comes next must not stand behind the question.
        if (typed === undefined) process.stdout.write("\n");
        resolve(typed);
      });
      lines.question(question, (answer) => {
        typed = answer;
        lines.close();
      });
    }),
};

/** @throws UserError where a program reads the output and nothing approves the plan: a question would stand in the middle of it. */
export function requireYes({ json, yes }: { readonly json?: boolean; readonly yes?: boolean }): void {
  if (json === true && yes !== true)
    throw new UserError("with --json there is no prompt: read `preview` and add --yes.", EXIT_USAGE);
}

/** Whether the plan takes something away: then the stack's name is typed, because a `y` comes too easily. */
function takesAway({ changes }: Pick<RunResult, "changes">): boolean {
  return changes.some(
    ({ op, old, now }) =>
      op === "delete" || op === "replace" || (old?.protect === true && now !== undefined && now.protect !== true),
  );
}

/** Exit code of a run that a person did not approve: nothing was done, so what follows in a script must not begin. */
export const EXIT_DECLINED = 1;

/** @returns whether the plan may be carried out. @throws UserError with exit code 2 where there is no terminal for the prompt. */
export async function approved(plan: RunResult, question: Question, asker: Asker = terminalAsker): Promise<boolean> {
  if (isAnswered(question, asker)) return true;
  return takesAway(plan) ? byName(question, asker) : byLetter(question, asker);
}

/** The same for a whole stack that is to go. */
export async function mayDestroy(question: Question, asker: Asker = terminalAsker): Promise<boolean> {
  return isAnswered(question, asker) || (await byName(question, asker));
}

function isAnswered({ stack, verb, yes }: Question, { isPerson }: Asker): boolean {
  if (yes || isPerson) return yes;
  const what = `${stack} was not changed: there is no terminal for the prompt.`;
  throw new UserError(`${what} Read the plan above and add --yes to ${verb} ${stack} without a question.`, EXIT_USAGE);
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
  const title = verb === "update" ? `The plan takes something away. Update ${stack}?` : `Delete ${stack}?`;
  for (;;) {
    const choices = asker.plain === true ? "Type its name, or details" : "Type its name, [d] for details";
    const typed = await asker.ask(`\n${title} ${choices}, anything else is no: `);
    if (!isDetails(typed) || stack === typed?.trim()) return typed?.trim() === stack;
    details();
  }
}

const isDetails = (typed: string | undefined): boolean => /^d(?:etails)?$/i.test(typed?.trim() ?? "");
