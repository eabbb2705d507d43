/**
 * One of many processes that want the same locks: `racer.cjs <folder> <rounds>`. In each round it waits for the others'
 * sign, tries once, and says what it saw: `won`, `refused`, or `double` where another was inside with it.
 */
"use strict";

const fs = require("node:fs");
const path = require("node:path");

require("../../../../sandbox/runtime/typescript.cjs");
const { takeLock } = require("../../../../sandbox/storage/lock.ts");
const { LockedError } = require("../../../../sandbox/core/errors.ts");

/** How often the winner looks whether it is alone: long enough for another to come in, were it let. */
const LOOKS = 2000;

const [, , folder, rounds] = process.argv;

const nothing = new Int32Array(new SharedArrayBuffer(4));
/** Leaves the processor to the others for a moment. */
const pause = () => Atomics.wait(nothing, 0, 0, 1);

function attempt(round) {
  let lock;
  try {
    lock = takeLock(path.join(folder, `${round}.lock`), `round ${round}`, "race");
  } catch (error) {
    if (error instanceof LockedError) return "refused";
    throw error;
  }
  const inside = path.join(folder, `${round}.inside`);
  try {
    fs.writeFileSync(inside, "", { flag: "wx" });
    for (let look = 0; look < LOOKS; look++) fs.statSync(inside);
    lock.assertHeld();
    fs.rmSync(inside);
    return "won";
  } catch {
    return "double";
  }
  // Never released: whoever comes later finds a living holder.
}

for (let round = 0; round < Number(rounds); round++) {
  fs.writeFileSync(path.join(folder, `${round}.ready.${process.pid}`), "");
  while (!fs.existsSync(path.join(folder, `${round}.go`))) pause();
  fs.writeFileSync(path.join(folder, `${round}.seen.${process.pid}.tmp`), attempt(round));
  fs.renameSync(
    path.join(folder, `${round}.seen.${process.pid}.tmp`),
    path.join(folder, `${round}.seen.${process.pid}`),
  );
}

// The winner of the last round is not to look dead to a slower one: it stays until its parent ends it, or is gone itself.
const parent = process.ppid;
while (process.ppid === parent) pause();
