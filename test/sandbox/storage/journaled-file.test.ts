/** Reading what is no file: a sentence, and no wait for a writer that never comes. */
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readIfThere } from "../../../sandbox/storage/journaled-file";
import { messageOf } from "../../support/message-of";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "no-file-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

it.each([
  ["a folder", (file: string) => fs.mkdirSync(file)],
  ["a named pipe", (file: string) => spawnSync("mkfifo", [file])],
])("refuses %s where a file is expected", (_what, make) => {
  const file = path.join(folder, "account.json");
  make(file);
  expect(messageOf(() => readIfThere(file))).toBe(
    `cannot read ${file}: it is a folder, a pipe or a device, not a file`,
  );
});

it("refuses a link that leads to itself", () => {
  const file = path.join(folder, "account.json");
  fs.symlinkSync(file, file);
  expect(messageOf(() => readIfThere(file))).toContain(`cannot read ${file}: ELOOP`);
});

it("has nothing to say of a file that is not there", () => {
  expect(readIfThere(path.join(folder, "account.json"))).toBeUndefined();
});
