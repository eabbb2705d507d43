/** The simulated account on disk: shared by all stacks, atomic, with a journal while a run goes on. */
import * as path from "node:path";
import { StateError } from "../../core/errors";
import { JournaledFile, type JsonCodec } from "../../storage/journaled-file";
import { sealing } from "../../storage/seal";
import { Account, ACCOUNT_ID, keyOf, type CloudObject } from "./account";

const FORMAT_VERSION = 1;

interface Entry {
  readonly key: string;
  readonly object?: CloudObject;
}

/** The account, opened for one run. */
export interface OpenAccount {
  readonly account: Account;
  /** Writes the whole account and drops the journal; an untouched one is left alone. */
  save(): void;
}

/** Where the account lives inside the work folder. */
export function accountPath(work: string): string {
  return path.join(work, "account.json");
}

/**
 * Opens the account, or starts a new one.
 * @param seed what AWS itself, or an earlier user, has put there.
 * @param mayWrite throws when this run's lock was taken away: what it wrote then would undo another run's work.
 * @param secrets values that stand in the file and its journal sealed only.
 * @throws StateError when the file is corrupt, truncated or of a newer version.
 */
export function openAccount(
  work: string,
  seed: () => Iterable<CloudObject>,
  mayWrite: () => void = () => undefined,
  secrets: readonly string[] = [],
): OpenAccount {
  const codec = sealing(path.join(work, "account.key"), secrets);
  const file = new JournaledFile<Entry>(accountPath(work), mayWrite, codec);
  const { text, entries } = file.load();
  const objects = new Map(
    (text === undefined ? [...seed()] : parseAccount(file.filePath, text, codec)).map((object) => [
      keyOf(object),
      object,
    ]),
  );
  for (const { key, object } of entries) {
    if (object === undefined) objects.delete(key);
    else objects.set(key, object);
  }
  let touched = entries.length > 0;
  const write = (key: string, object: CloudObject | undefined): void => {
    // The first change also writes down the seed: a later seed must not appear in an account that exists.
    if (!touched && text === undefined) file.replace(render(objects.values(), codec));
    touched = true;
    file.append({ key, object });
  };
  const account = new Account(ACCOUNT_ID, objects.values(), { write });
  return { account, save: () => (touched ? file.replace(render(account.all(), codec)) : undefined) };
}

function render(objects: Iterable<CloudObject>, codec: JsonCodec): string {
  const document = { version: FORMAT_VERSION, accountId: ACCOUNT_ID, objects: [...objects] };
  return `${codec.stringify(document, 1)}\n`;
}

function parseAccount(file: string, text: string, codec: JsonCodec): CloudObject[] {
  const advice =
    "Nothing was changed. Restore it from a copy, or start anew with every stack: npx fridayproof sandbox reset.";
  let document: { version?: number; objects?: CloudObject[] } | null;
  try {
    document = codec.parse(text) as typeof document;
  } catch (error) {
    if (error instanceof StateError) throw error;
    throw new StateError(`the account ${file} is corrupt or truncated: ${(error as Error).message}.\n${advice}`);
  }
  if ((document?.version ?? 0) > FORMAT_VERSION) {
    throw new StateError(
      `the account ${file} has version ${document?.version}; this program reads ${FORMAT_VERSION}. A newer program wrote it: use that one.`,
    );
  }
  if (document?.version !== FORMAT_VERSION || !Array.isArray(document.objects))
    throw new StateError(`the account ${file} is not one of the sandbox's.\n${advice}`);
  return document.objects;
}
