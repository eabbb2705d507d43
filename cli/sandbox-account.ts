/** The simulated account from outside of a run: forgetting it. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { takeLock } from "../sandbox/store/lock";
import { writing } from "../sandbox/store/journaled-file";
import { findProject } from "./project";

/** Forgets all stacks and the account; returns what to tell. @throws LockedError while somebody works on them. */
export function resetSandbox(folder: string | undefined): string {
  const { work } = findProject(folder);
  const stacks = path.join(work, "stacks");
  if (!existsSync(work)) return `There is nothing to forget in ${work}.`;
  const names = existsSync(stacks) ? readdirSync(stacks).filter((name) => /^[^.]+\.(json|lock)$/.test(name)) : [];
  const locks = ["account.lock", ...names.map((name) => path.join("stacks", name.replace(/\.json$/, ".lock")))];
  // Each lock is taken before anything goes, so that no run loses the ground under its feet.
  const release = [...new Set(locks)].map((lock) =>
    takeLock(path.join(work, lock), lock.replace(/\.lock$/, ""), "sandbox reset"),
  );
  try {
    for (const entry of ["stacks", "account.json", "account.journal.jsonl"]) {
      const target = path.join(work, entry);
      writing(target, () => rmSync(target, { recursive: true, force: true }));
    }
  } finally {
    release.forEach((letGo) => letGo());
  }
  return `Forgot the account and ${names.filter((name) => name.endsWith(".json")).length} stack(s) in ${work}.`;
}
