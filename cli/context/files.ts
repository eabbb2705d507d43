/** Files that a verb reads and writes outside of the work folder. */
import * as fs from "node:fs";
import * as path from "node:path";
import { UserError } from "@fridayproof/sandbox/errors";

/** The file's text; undefined where there is none. @throws UserError for a folder, pipe or device: reading a pipe could block forever. */
export function readText(file: string): string | undefined {
  if (!fs.existsSync(file)) return undefined;
  if (fs.statSync(file).isFile()) return fs.readFileSync(file, "utf8");
  throw new UserError(`cannot read ${file}: it is a folder, a pipe or a device, not a file.`);
}

/** Replaces the file atomically. */
export function replaceFile(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    fs.writeFileSync(temporary, text);
    fs.renameSync(temporary, file);
  } finally {
    fs.rmSync(temporary, { force: true });
  }
}

/** A file and its whole text. */
export interface WrittenFile {
  readonly file: string;
  readonly text: string;
}

/** Replaces all of them, or none: write permission is checked before the first file changes. */
export function replaceFiles(files: readonly WrittenFile[]): void {
  const before = files.map(({ file }) => ({ file, text: readText(file) }));
  const temporary = (file: string): string => `${file}.${process.pid}.tmp`;
  const renamed: string[] = [];
  try {
    for (const { file, text } of files) {
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(temporary(file), text);
    }
    for (const { file } of files) {
      fs.renameSync(temporary(file), file);
      renamed.push(file);
    }
  } catch (error) {
    for (const { file, text } of before.filter((each) => renamed.includes(each.file))) {
      if (text === undefined) fs.rmSync(file, { force: true });
      else fs.writeFileSync(file, text);
    }
    throw error;
  } finally {
    for (const { file } of files) fs.rmSync(temporary(file), { force: true });
  }
}
