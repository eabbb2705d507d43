/** The simulated account from outside of a run: changes by console, and its deletion. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import { userInfo } from "node:os";
import * as path from "node:path";
import type { Account, CloudObject } from "./cloud/account/account";
import { loadFacts, lowerQuotas as lowerIn } from "./cloud/aws/object/facts";
import { accountPath, openAccount } from "./cloud/account/account-file";
import { lastEvent, noteEvent, type TrailEvent } from "./cloud/account/trail";
import { applicationsOf } from "./cloud/argo-cd/applications";
import { type ApplicationSync, carriedOutSync, plannedSync, type SyncRequest } from "./cloud/argo-cd/sync";
import { deleteBehind, objectNamed, tamperWith, type Lookup } from "./cloud/console";
import { loadSeed } from "./cloud/seed";
import { UserError } from "./core/errors";
import { writing } from "./storage/journaled-file";
import { lockPath, takeLock, type Lock } from "./storage/lock";

export type { ApplicationSync, SyncRequest } from "./cloud/argo-cd/sync";
export type { Destination, Held } from "./cloud/argo-cd/windows";
export { objectLines } from "./display/objects";

/** The account as it stands; what is changed in it is saved nowhere. */
export const readAccount = (work: string): Account => openAccount(work, () => loadSeed().objects).account;

/** Everything in the account. */
export function readObjects(work: string): readonly CloudObject[] {
  return readAccount(work).all();
}

/** What the account may hold less of in one region than in another, as its seed has it; none where both are alike. */
export const lowerQuotas = (region: string, other: string): readonly string[] => lowerIn(loadFacts(), region, other);

/** Changes the account under its lock and saves it. */
function changeAccount<Result>(work: string, command: string, change: (account: Account) => Result): Result {
  const lock = takeLock(lockPath(accountPath(work)), "the simulated account", command);
  try {
    const { account, save } = openAccount(work, () => loadSeed().objects, lock.assertHeld);
    const result = change(account);
    save();
    return result;
  } finally {
    lock.release();
  }
}

/** Does something by hand and notes in the account's trail who did it. */
function byHand(account: Account, urn: string, event: string, act: () => string): string {
  const done = act();
  if (urn !== "") noteEvent(account, urn, { who: userInfo().username, at: new Date().toISOString(), event });
  return done;
}

/** The last change by hand of what a URN made; undefined where there is none. */
export function lastChangeByHand(work: string): (urn: string) => TrailEvent | undefined {
  const objects = readObjects(work);
  return (urn) => lastEvent(objects, urn);
}

/**
 * Changes a property behind Pulumi's back.
 * @param assignment `path=value`; the value may be JSON.
 * @param lookup how the name is looked up.
 */
export function tamper(work: string, name: string, assignment: string, lookup?: Lookup): string {
  return changeAccount(work, `sandbox tamper ${name}`, (account) =>
    byHand(account, objectNamed(account, name, lookup).urn, `sandbox tamper ${assignment.split("=")[0]}`, () =>
      tamperWith(account, name, assignment, lookup),
    ),
  );
}

/** Makes what the seed has and the account lacks, such as a hosted zone that a new environment needs; returns what to report. */
export function seedAccount(work: string): string {
  return changeAccount(work, "sandbox seed", (account) => {
    const has = (object: CloudObject): boolean =>
      account.all(object.type).some(({ inputs }) => inputs["name"] === object.inputs["name"]);
    const missing = loadSeed().objects.filter((object) => !has(object));
    for (const object of missing) account.put(object);
    const names = missing.map(({ inputs }) => String(inputs["name"])).join(", ");
    return missing.length === 0 ? "The account has all that its seed has." : `Made in the account: ${names}.`;
  });
}

/** Deletes an object behind Pulumi's back, with all that AWS takes along. */
export function deleteObject(work: string, name: string, lookup?: Lookup): string {
  return changeAccount(work, `sandbox delete ${name}`, (account) =>
    byHand(account, objectNamed(account, name, lookup).urn, "sandbox delete", () =>
      deleteBehind(account, name, lookup),
    ),
  );
}

/** Deletes all stacks and the account; returns what to report. @throws LockedError while a run works on them. */
export function resetSandbox(work: string): string {
  const stacks = path.join(work, "stacks");
  if (!existsSync(work)) return `There is nothing to forget in ${work}.`;
  const names = existsSync(stacks) ? readdirSync(stacks).filter((name) => /\.(json|lock)$/.test(name)) : [];
  const locks = ["account.lock", ...names.map((name) => path.join("stacks", lockPath(name)))];
  const held: Lock[] = [];
  try {
    // Each lock is taken before anything goes, so that no run loses the ground under its feet.
    for (const lock of new Set(locks))
      held.push(takeLock(path.join(work, lock), lock.replace(/\.lock$/, ""), "sandbox reset"));
    for (const entry of ["stacks", "account.json", "account.journal.jsonl", "account.key"]) {
      const target = path.join(work, entry);
      writing(target, () => rmSync(target, { recursive: true, force: true }));
    }
  } finally {
    held.forEach((lock) => lock.release());
  }
  return `Forgot the account and ${names.filter((name) => name.endsWith(".json")).length} stack(s) in ${work}.`;
}

/**
 * Does what Argo CD does after an update: brings the folders of a stack's applications into its clusters, and refuses what
 * the API server, the project or the namespace would refuse.
 * @param only the one application that a person synchronizes. @default all of them
 */
export function syncApplications(work: string, request: SyncRequest, only?: string): readonly ApplicationSync[] {
  const { stack, root } = request;
  const applications = applicationsOf(readAccount(work), stack, root);
  if (only !== undefined && !applications.some(({ name }) => name === only)) {
    const names = [...new Set(applications.map(({ name }) => name))].join(", ");
    throw new UserError(
      `${stack} has no application "${only}"; ${names === "" ? "it has none" : `it has: ${names}`}. An application is a folder gitops/<environment>/<application>, and Argo CD must stand: npx fridayproof up -s ${stack}.`,
    );
  }
  // Read first without the lock: most stacks have no application, and another run may hold the lock.
  if (applications.length === 0) return [];
  return changeAccount(work, `sync ${stack}`, (account) => carriedOutSync(account, request, only));
}

/** What {@link syncApplications} would do; nothing is changed. */
export function plannedApplications(work: string, request: SyncRequest): readonly ApplicationSync[] {
  return plannedSync(readAccount(work), request);
}
