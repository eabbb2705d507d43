/** A lock file: one run at a time on a stack and on the account. */
import { randomUUID } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { LockedError } from "../core/errors";
import { readIfThere, writing } from "./journaled-file";

/** Who holds a lock. */
export interface LockOwner {
  readonly pid: number;
  readonly host: string;
  /** RFC 3339. */
  readonly since: string;
  /** What it does, such as `update of stack dev`. */
  readonly command: string;
  /** Distinguishes two locks of one process. */
  readonly nonce?: string;
}

/** Where the lock of a state or account file lies: beside it. */
export function lockPath(file: string): string {
  return file.replace(/\.json$/, ".lock");
}

/** A lock that this process holds. */
export interface Lock {
  /** Releases it. */
  release(): void;
  /** @throws LockedError when the lock was taken away: nothing may be written any more. */
  assertHeld(): void;
}

/**
 * Takes the lock.
 * The lock of a process of this machine that no longer lives is taken over: its journal holds what it left.
 * @param what the thing locked, as a person calls it, such as `stack dev`.
 * @throws LockedError naming the holder, since when, and how to break it.
 */
export function takeLock(file: string, what: string, command: string): Lock {
  const mine: LockOwner = {
    pid: process.pid,
    host: os.hostname(),
    since: new Date().toISOString(),
    command,
    nonce: randomUUID(),
  };
  writing(file, () => fs.mkdirSync(path.dirname(file), { recursive: true }));
  if (!createLock(file, mine)) takeOver(file, what, mine);
  return {
    release: () => {
      if (isMine(file, mine)) fs.rmSync(file, { force: true });
    },
    assertHeld: () => {
      if (isMine(file, mine)) return;
      throw new LockedError(
        `the lock of ${what} was taken away from this run (${file}). It writes nothing more: another run may be at work.\n` +
          "Run again when that one has ended; what this run had written until then is kept.",
      );
    },
  };
}

function isMine(file: string, mine: LockOwner): boolean {
  return readOwner(file)?.nonce === mine.nonce;
}

/**
 * Puts this process in the place of a dead one. Only one process at a time may try, under a lock of its own: of two that
 * saw the same dead holder, the slower would else throw out the faster.
 */
function takeOver(file: string, what: string, mine: LockOwner): void {
  const owner = readOwner(file);
  if (owner !== undefined && !isDead(owner)) throw new LockedError(lockedMessage(file, what, owner));
  const turn = takeLock(`${file}.takeover`, `the take-over of ${what}`, mine.command);
  try {
    const now = readOwner(file);
    if (now !== undefined && !isDead(now)) throw new LockedError(lockedMessage(file, what, now));
    if (now === undefined && !createLock(file, mine)) {
      throw new LockedError(`${what} was locked by another process at this very moment; run again.`);
    }
    if (now !== undefined) replaceLock(file, mine);
  } finally {
    turn.release();
  }
}

/** Who holds the lock; undefined when it is free. */
export function readOwner(file: string): LockOwner | undefined {
  try {
    return JSON.parse(readIfThere(file) ?? "null") ?? undefined;
  } catch {
    return { pid: 0, host: "unknown", since: "unknown", command: "unknown (the lock file is damaged)" };
  }
}

/** Whether a process that may be alive holds the lock: a run that needs it would be refused. */
export function isHeld(file: string): boolean {
  const owner = readOwner(file);
  return owner !== undefined && !isDead(owner);
}

/** The lock goes in with its content in one step, so that half a holder is never read. */
function createLock(file: string, owner: LockOwner): boolean {
  const temporary = temporaryOf(file, owner);
  return writing(file, () => {
    fs.writeFileSync(temporary, JSON.stringify(owner));
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

/** The file is there at every moment, so that no process can create it in between. */
function replaceLock(file: string, owner: LockOwner): void {
  const temporary = temporaryOf(file, owner);
  writing(file, () => {
    fs.writeFileSync(temporary, JSON.stringify(owner));
    fs.renameSync(temporary, file);
  });
}

function temporaryOf(file: string, { nonce = "" }: LockOwner): string {
  return `${file}.${nonce}.tmp`;
}

function isDead(owner: LockOwner): boolean {
  if (owner.host !== os.hostname() || owner.pid === 0) return false;
  if (owner.pid === process.pid) return false;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function lockedMessage(file: string, what: string, owner: LockOwner): string {
  return (
    `${what} is locked by process ${owner.pid} on ${owner.host} since ${owner.since} (${owner.command}).\n` +
    `Wait for it to end. If it is certain that nothing runs any more: npx fridayproof cancel, or remove ${file}.`
  );
}
