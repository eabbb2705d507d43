/** Bugs that `make friday` delivers: what is wrong with the new version, as variables of apps/sample/config.ts. */
import { didYouMean } from "@fridayproof/components/core";
import type { Variables } from "../processes/sample";

/** A bug. */
export interface Bug {
  /** What the new version does, for whoever chooses. */
  readonly what: string;
  readonly variables: Variables;
  /** Nobody waits for its instances: they never get ready. */
  readonly neverReady?: true;
  /** Traffic after the last step, in milliseconds, until a person goes back: what shows itself only then. */
  readonly staysMs?: number;
}

const HOUR_MS = 3_600_000;

/** Every bug by its name; the first one is the specification's incident. */
export const bugs = {
  session: {
    what: "it writes a new format of session and refuses the old one: 401 for everybody who is logged in",
    variables: { SESSION_READS: "2", SESSION_WRITES: "2" },
  },
  errors: { what: "one request in ten fails with 500", variables: { FAULT_ERRORS: "0.1" } },
  post: { what: "every order fails with 500, every page works", variables: { FAULT_POST_ERRORS: "1" } },
  slow: { what: "each answer takes 0.6 s longer", variables: { FAULT_DELAY_MS: "600" } },
  sluggish: {
    what: "each answer takes 0.25 s longer: no user waits for half a second",
    variables: { FAULT_DELAY_MS: "250" },
  },
  hang: { what: "it is ready and answers no request", variables: { FAULT_DELAY_MS: String(HOUR_MS) } },
  crash: { what: "each process ends after 30 requests, and is started again", variables: { FAULT_CRASH_AFTER: "30" } },
  "slow-crash": {
    what: "each process ends after 600 requests: the last step is over by then",
    variables: { FAULT_CRASH_AFTER: "600" },
    staysMs: 20_000,
  },
  leak: {
    what: "each request keeps 100 kB of memory: a cluster ends the pod hours later, at its limit",
    variables: { FAULT_LEAK_BYTES: "100000" },
    staysMs: 5_000,
  },
  unready: {
    what: "it never gets ready: it needs a folder that is not there",
    variables: { DISK_FOLDER: "/nowhere" },
    neverReady: true,
  },
} as const satisfies Readonly<Record<string, Bug>>;

/** A bug that was chosen. */
export interface Chosen extends Bug {
  readonly name: string;
}

const names = Object.keys(bugs);
const variableNames = [...new Set(Object.values<Bug>(bugs).flatMap(({ variables }) => Object.keys(variables)))].sort();

function ofVariables(text: string): Chosen {
  const pairs = text.split(",").map((pair) => pair.split("=") as [string, string]);
  const wrong = pairs.map(([key]) => key).find((key) => !variableNames.includes(key));
  if (wrong !== undefined)
    throw new Error(`BUG=${text}: allowed variables: ${variableNames.join(", ")}.${didYouMean(wrong, variableNames)}`);
  return { name: text, what: text, variables: Object.fromEntries(pairs) };
}

/** The bug of this name, or of these variables; the first one without any. @throws Error for a name that is none. */
export function bugOf(text: string): Chosen {
  if (text.includes("=")) return ofVariables(text);
  const name = text === "" ? "session" : text;
  const found = Object.entries<Bug>(bugs).find(([key]) => key === name)?.[1];
  if (found === undefined) throw new Error(`BUG=${text}: allowed: ${names.join(", ")}.${didYouMean(text, names)}`);
  return { name, ...found };
}

/** A line for each bug. */
export function bugList(): readonly string[] {
  const width = Math.max(...names.map((name) => name.length));
  return Object.entries<Bug>(bugs).map(([name, { what }]) => `${name.padEnd(width)}  ${what}`);
}
