/** A file that is replaced whole and atomically, with a journal beside it for the changes in between. */
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { StateError, WorkFolderError } from "../core/errors";

/** Where the journal of a state or account file lies: beside it. */
export function journalPath(file: string): string {
  return file.replace(/\.json$/, ".journal.jsonl");
}

/** How values become JSON and back. */
export interface JsonCodec {
  stringify(value: unknown, space?: number): string;
  parse(text: string): unknown;
}

const PLAIN: JsonCodec = {
  stringify: (value, space) => JSON.stringify(value, undefined, space),
  parse: (text) => JSON.parse(text) as unknown,
};

/** What {@link JournaledFile.load} found. */
export interface Loaded<E> {
  /** The file's text; undefined where there is none yet. */
  readonly text: string | undefined;
  /** Changes written after it, oldest first: empty after a clean end. */
  readonly entries: readonly E[];
}

const OWNER_ONLY = 0o600;

/**
 * One JSON document that survives a kill at any moment: each change is one appended line, and the whole document is
 * rewritten only at the end of a run, so that the work grows with the changes and not with their square.
 * A line is complete when it ends in a line break; a torn last line was never acknowledged and is dropped.
 */
export class JournaledFile<E> {
  private readonly journalPath: string;
  private descriptor: number | undefined;

  /**
   * @param mayWrite throws where nothing may be written any more, such as after the loss of a lock.
   * @param codec how the journal's entries become JSON.
   */
  constructor(
    readonly filePath: string,
    private readonly mayWrite: () => void = () => undefined,
    private readonly codec: JsonCodec = PLAIN,
  ) {
    this.journalPath = journalPath(filePath);
  }

  /**
   * Reads the document and its journal. A journal that belongs to an older document was already merged: ignored. The
   * journal is read first: a run that ends in between has merged it, and read last it would be gone, changes and all.
   */
  load(): Loaded<E> {
    const journal = readIfThere(this.journalPath);
    const text = readIfThere(this.filePath);
    if (journal === undefined) return { text, entries: [] };
    const complete = journal.slice(0, journal.lastIndexOf("\n") + 1);
    const [header, ...lines] = complete.split("\n").filter((line) => line !== "");
    if (header === undefined || this.parse<{ base: string }>(header).base !== fingerprint(text))
      return { text, entries: [] };
    return { text, entries: lines.map((line) => this.parse<E>(line)) };
  }

  /** Appends one change; it is in the kernel's hands when this returns, so a killed process loses nothing. */
  append(entry: E): void {
    this.mayWrite();
    this.descriptor ??= this.openJournal();
    writing(this.journalPath, () => fs.writeSync(this.descriptor as number, `${this.codec.stringify(entry)}\n`));
  }

  /** Replaces the document atomically and drops the journal. */
  replace(text: string): void {
    this.mayWrite();
    writeAtomically(this.filePath, text);
    this.close();
    writing(this.journalPath, () => fs.rmSync(this.journalPath, { force: true }));
  }

  /** Removes document and journal. */
  remove(): void {
    this.close();
    for (const file of [this.journalPath, this.filePath]) writing(file, () => fs.rmSync(file, { force: true }));
  }

  /** Stops writing; what was appended stays. */
  close(): void {
    if (this.descriptor !== undefined) fs.closeSync(this.descriptor);
    this.descriptor = undefined;
  }

  /** A journal that goes on from what `load` found; a torn last line is cut off first. */
  private openJournal(): number {
    return writing(this.journalPath, () => {
      fs.mkdirSync(path.dirname(this.journalPath), { recursive: true });
      const { text, entries } = this.load();
      const lines = [{ base: fingerprint(text) }, ...entries].map((entry) => this.codec.stringify(entry));
      writeAtomically(this.journalPath, `${lines.join("\n")}\n`);
      return fs.openSync(this.journalPath, "a", OWNER_ONLY);
    });
  }

  private parse<T>(line: string): T {
    try {
      return this.codec.parse(line) as T;
    } catch (error) {
      if (error instanceof StateError) throw error;
      throw new StateError(
        `the journal ${this.journalPath} is damaged: a line in it is not JSON.\n` +
          `Nothing was changed. Move it away to fall back to ${this.filePath} as it was before that run.`,
      );
    }
  }
}

/**
 * Writes a file so that a reader gets the old text or the new one, never a part.
 * @param mode who may read it, less the process's umask. @default this user alone
 */
export function writeAtomically(file: string, text: string, mode = OWNER_ONLY): void {
  writing(file, () => {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.tmp`;
    try {
      writeAndSync(temporary, text, mode);
      fs.renameSync(temporary, file);
    } catch (error) {
      // What could not be written whole would take the space that the next try needs.
      fs.rmSync(temporary, { force: true });
      throw error;
    }
  });
}

function writeAndSync(file: string, text: string, mode: number): void {
  const descriptor = fs.openSync(file, "w", mode);
  try {
    fs.writeFileSync(descriptor, text);
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** The file's text, undefined when there is none. */
export function readIfThere(file: string): string | undefined {
  try {
    // A pipe would be waited for without end.
    if (!fs.statSync(file).isFile()) throw new Error("it is a folder, a pipe or a device, not a file");
    return fs.readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw new WorkFolderError(`cannot read ${file}: ${(error as Error).message}`);
  }
}

/** Turns "no permission" and its kin into a sentence with the file and what to do. */
export function writing<T>(file: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code === "ENOSPC" || code === "EDQUOT") {
      throw new WorkFolderError(
        `cannot write ${file}: the disk is full, or its quota is used up (${code}).\n` +
          "Free some space and run again: what was written before is whole, and the next run goes on from there.",
      );
    }
    if (!["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST", "EISDIR"].includes(code)) throw error;
    throw new WorkFolderError(
      `cannot write ${file} (${code}).\n` +
        `State, account and lock live in ${path.dirname(file)}: make it a writable folder, or name another with --work.`,
    );
  }
}

function fingerprint(text: string | undefined): string {
  return text === undefined ? "none" : createHash("sha256").update(text).digest("hex");
}
