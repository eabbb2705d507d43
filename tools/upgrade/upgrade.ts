/** `make upgrade`: looks up the newest charts and add-ons and proposes them in stacks/env.lock.json; needs a network and AWS. */
import { dayOf } from "@fridayproof/components/core";
import { lockUpdates } from "@fridayproof/guard/lock-check";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { command } from "../command";
import { type Movable, moved, proposalText } from "./newest";

const ROOT = path.resolve(__dirname, "../..");
const LOCK = path.join(ROOT, "stacks", "env.lock.json");
const LOOKED_UP = /^charts\.|\.addons\./;

/** What a command of `fridayproof lock --update` writes: its words hold no quotes. @throws Error where it fails. */
function answer(command: string): string {
  const [program = "", ...words] = command.split(" ");
  const { status, stdout, error } = spawnSync(program, words, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status === 0) return stdout;
  throw new Error(`${command}: ${error?.message ?? `exit code ${status}`}. Nothing was written.`);
}

function main(): void {
  const lock = JSON.parse(readFileSync(LOCK, "utf8")) as Movable;
  const updates = lockUpdates(lock).filter((update) => LOOKED_UP.test(update.path));
  const answers = Object.fromEntries(updates.map((update) => [update.path, answer(update.command)]));
  const text = proposalText(moved(lock, answers, dayOf(new Date())));
  writeFileSync(`${LOCK}.new`, `${JSON.stringify(lock, undefined, 2)}\n`);
  renameSync(`${LOCK}.new`, LOCK);
  mkdirSync(path.join(ROOT, "reports"), { recursive: true });
  writeFileSync(path.join(ROOT, "reports", "upgrade.md"), text);
  process.stdout.write(text);
}

void command("fridayproof", main);
