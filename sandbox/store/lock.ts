/** A lock file: one run at a time on a stack and on the account. */
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { LockedError } from "../errors";
import { readIfThere, writing } from "./journaled-file";

/** Who holds a lock. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  /** RFC 3339. */
  readonly since: string;
  /** What it does, such as `update of stack dev`. */
  readonly command: string;
}

/** Where the lock of a state or account file lies: beside it. */
export function lockPath(file: string): string {
  return file.replace(/\.json$/, ".lock");
}

/**
 * Takes the lock and returns how to let it go.
 * The lock of a process of this machine that no longer lives is taken over: its journal says what it left.
 * @param what the thing locked, as a person calls it, such as `stack dev`.
 * @throws LockedError naming the holder, since when, and how to break it.
 */
export function takeLock(file: string, what: string, command: string): () => void {
  const mine: LockHolder = { pid: process.pid, host: os.hostname(), since: new Date().toISOString(), command };
  writing(file, () => fs.mkdirSync(path.dirname(file), { recursive: true }));
  if (!createLock(file, mine)) {
    const holder = readHolder(file);
    if (holder !== undefined && !isDead(holder)) throw new LockedError(lockedMessage(file, what, holder));
    fs.rmSync(file, { force: true });
    if (!createLock(file, mine))
      throw new LockedError(`${what} was locked by somebody else at this very moment; run again.`);
  }
  return () => {
    if (readHolder(file)?.since === mine.since) fs.rmSync(file, { force: true });
  };
}

/** Who holds the lock; undefined when nobody does. */
export function readHolder(file: string): LockHolder | undefined {
  try {
    return JSON.parse(readIfThere(file) ?? "null") ?? undefined;
  } catch {
    return { pid: 0, host: "unknown", since: "unknown", command: "unknown (the lock file is damaged)" };
  }
}

/** The lock goes in with its content in one step, so that nobody ever reads half a holder. */
function createLock(file: string, holder: LockHolder): boolean {
  const temporary = `${file}.${process.pid}.tmp`;
  return writing(file, () => {
    fs.writeFileSync(temporary, JSON.stringify(holder));
    try {
      fs.linkSync(temporary, file);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
      throw error;
    } finally {
      fs.rmSync(temporary, { force: true });
    }
  });
}

function isDead(holder: LockHolder): boolean {
  if (holder.host !== os.hostname() || holder.pid === 0) return false;
  if (holder.pid === process.pid) return false;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function lockedMessage(file: string, what: string, holder: LockHolder): string {
  return (
    `${what} is locked by process ${holder.pid} on ${holder.host} since ${holder.since} (${holder.command}).\n` +
    `Wait for it to end. If it is certain that nothing runs any more: npx fridayproof cancel, or remove ${file}.`
  );
}
