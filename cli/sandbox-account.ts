/** The simulated account from outside of a run: what somebody with console access could do, and forgetting it all. */
import { existsSync, readdirSync, rmSync } from "node:fs";
import * as path from "node:path";
import { openAccount, accountPath } from "../sandbox/cloud/account-file";
import type { Account, CloudObject } from "../sandbox/cloud/account";
import { loadWorld } from "../sandbox/cloud/world";
import { UserError } from "../sandbox/errors";
import { isObject, type PropertyMap, type Value } from "../sandbox/values/values";
import { writing } from "../sandbox/store/journaled-file";
import { lockPath, takeLock, type Lock } from "../sandbox/store/lock";

/** Everything in the account. */
export function readObjects(work: string): readonly CloudObject[] {
  return openAccount(work, () => loadWorld().objects).account.all();
}

/** Changes the account under its lock and saves it. */
function changeAccount(work: string, command: string, change: (account: Account) => string): string {
  const lock = takeLock(lockPath(accountPath(work)), "the simulated account", command);
  try {
    const { account, save } = openAccount(work, () => loadWorld().objects, lock.assertHeld);
    const told = change(account);
    save();
    return told;
  } finally {
    lock.release();
  }
}

function objectOf(account: Account, urn: string): CloudObject {
  const object = account.madeBy(urn).at(-1);
  if (object !== undefined) return object;
  throw new UserError(`nothing in the account was made by ${urn}. \`fridayproof sandbox show --urns\` lists what was.`);
}

/** Text that is JSON is that value, any other text is itself. */
function parseValue(text: string): Value {
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}

/** Sets a property at a path such as `tags.Name`; missing objects on the way are made. */
function setAt(map: PropertyMap, [key = "", ...rest]: readonly string[], value: Value): PropertyMap {
  const inner = map[key];
  return { ...map, [key]: rest.length === 0 ? value : setAt(isObject(inner) ? inner : {}, rest, value) };
}

/** Changes a property behind Pulumi's back. @param assignment `key=value`; the key may be a path, the value may be JSON. */
export function tamper(work: string, urn: string, assignment: string): string {
  const at = assignment.indexOf("=");
  if (at < 1) throw new UserError(`write the change as key=value, such as tags.Owner=me; got ${assignment}`);
  const keys = assignment.slice(0, at).split(".");
  const value = parseValue(assignment.slice(at + 1));
  return changeAccount(work, `sandbox tamper ${urn}`, (account) => {
    const object = objectOf(account, urn);
    account.put({ ...object, inputs: setAt(object.inputs, keys, value), outputs: setAt(object.outputs, keys, value) });
    return `Changed ${keys.join(".")} of ${object.id} in ${object.scope}; no state knows.`;
  });
}

/** Deletes an object behind Pulumi's back. */
export function deleteObject(work: string, urn: string): string {
  return changeAccount(work, `sandbox delete ${urn}`, (account) => {
    const object = objectOf(account, urn);
    account.remove(object);
    return `Deleted ${object.id} in ${object.scope}; no state knows.`;
  });
}

/** Forgets all stacks and the account; returns what to tell. @throws LockedError while somebody works on them. */
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
    for (const entry of ["stacks", "account.json", "account.journal.jsonl"]) {
      const target = path.join(work, entry);
      writing(target, () => rmSync(target, { recursive: true, force: true }));
    }
  } finally {
    held.forEach((lock) => lock.release());
  }
  return `Forgot the account and ${names.filter((name) => name.endsWith(".json")).length} stack(s) in ${work}.`;
}
