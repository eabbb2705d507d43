/** A stack's state on disk: the real engine's deployment v3, atomic, with a journal while a run goes on. */
import { createHash } from "node:crypto";
import * as path from "node:path";
import { JournaledFile } from "../storage/journaled-file";
import { StateError } from "../core/errors";
import { currentChange, type EarlierChange } from "./earlier-change";
import { tidy, type ResourceState } from "./resource-state";
import { passphraseSecrets, type SecretsManager } from "./secrets";
import { Snapshot, type Change, type Generations, type PendingOperation } from "./snapshot";
import type { Value } from "../property/values";

/** The one version of the state that this program reads and writes. */
const STATE_VERSION = 3;
/** The engine whose behaviour and format the recordings show. */
const ENGINE_VERSION = "3.260.0";

/** The document `pulumi stack export` gives. */
export interface Checkpoint {
  readonly version: number;
  readonly deployment: {
    readonly manifest: { readonly time: string; readonly magic: string; readonly version: string };
    readonly secrets_providers?: { readonly type: string; readonly state?: { readonly salt: string } };
    readonly resources?: readonly ResourceState[];
    readonly pending_operations?: readonly PendingOperation[];
    readonly metadata: { readonly generations?: Generations };
  };
}

/** Where a stack's state lives inside the work folder. */
export function statePath(work: string, stack: string): string {
  return path.join(work, "stacks", `${stack}.json`);
}

/** What a run that was cut off had done, by its journal. */
export interface CutOff {
  /** Resources that stand otherwise than before that run. */
  readonly changed: number;
}

/** A stack's state, opened for one run. */
export class StateFile {
  private readonly file: JournaledFile<Change>;
  private readonly before: string;

  private constructor(
    file: JournaledFile<Change>,
    readonly snapshot: Snapshot,
    private readonly secrets: SecretsManager,
    /** Whether there is a state at all. */
    readonly exists: boolean,
    /** What the journal of a run that was cut off had; absent where the last run ended. */
    readonly cutOff?: CutOff,
  ) {
    this.file = file;
    this.before = JSON.stringify(snapshot.list());
  }

  /** @throws StateError when it is corrupt, truncated, of a newer version, or locked by another passphrase. */
  static async open(
    work: string,
    stack: string,
    passphrase: string,
    mayWrite: () => void = () => undefined,
  ): Promise<StateFile> {
    const file = new JournaledFile<Change>(statePath(work, stack), mayWrite);
    const { text, entries } = file.load();
    const checkpoint = text === undefined ? undefined : parseCheckpoint(file.filePath, text);
    const secrets = await passphraseSecrets(passphrase, checkpoint?.deployment.secrets_providers?.state?.salt);
    const decrypt = <T>(value: T): T => secrets.decrypt(value as Value) as T;
    const deployment = checkpoint?.deployment;
    let hasSalt = text !== undefined;
    const record = (change: Change): void => {
      // The key's salt goes to disk before anything that needs the key: a journal without it could never be opened again.
      if (!hasSalt) file.replace(render(new Snapshot([]), secrets));
      hasSalt = true;
      file.append(secrets.encrypt(change as unknown as Value) as unknown as Change);
    };
    const resources = decrypt(deployment?.resources ?? []);
    const pending = decrypt(deployment?.pending_operations ?? []);
    const snapshot = new Snapshot(resources, pending, record, deployment?.metadata?.generations);
    for (const entry of entries) snapshot.replay(currentChange(decrypt<Change | EarlierChange>(entry)));
    return new StateFile(
      file,
      snapshot,
      secrets,
      text !== undefined || entries.length > 0,
      entries.length === 0 ? undefined : { changed: changedIn(resources, snapshot) },
    );
  }

  /** Writes the whole document and drops the journal; an unchanged state is left alone. */
  save(): void {
    if (this.exists && JSON.stringify(this.snapshot.list()) === this.before && this.snapshot.pending().length === 0) {
      if (this.file.load().entries.length === 0) return this.file.close();
    }
    this.file.replace(render(this.snapshot, this.secrets));
  }
}

/** How many resources stand otherwise than before the journal's run began. */
function changedIn(before: readonly ResourceState[], after: Snapshot): number {
  const old = new Map(before.map((row) => [row.urn, JSON.stringify(row)]));
  const now = new Map(after.list().map((row) => [row.urn, JSON.stringify(row)]));
  return [...new Set([...old.keys(), ...now.keys()])].filter((urn) => old.get(urn) !== now.get(urn)).length;
}

/** The document of these resources, as it stands on disk. */
function render(snapshot: Snapshot, secrets: SecretsManager): string {
  const sealed = (resource: ResourceState): ResourceState =>
    secrets.encrypt(tidy(resource) as unknown as Value) as unknown as ResourceState;
  const resources = snapshot.list().map(sealed);
  const pending = snapshot.pending().map(({ resource, type }) => ({ resource: sealed(resource), type }));
  const generations = snapshot.generations();
  const magic = createHash("sha256").update(ENGINE_VERSION).digest("hex");
  const checkpoint: Checkpoint = {
    version: STATE_VERSION,
    deployment: {
      manifest: { time: new Date().toISOString(), magic, version: ENGINE_VERSION },
      secrets_providers: { type: "passphrase", state: { salt: secrets.salt } },
      ...(resources.length > 0 ? { resources } : {}),
      ...(pending.length > 0 ? { pending_operations: pending } : {}),
      // The sandbox's own: the real engine draws by chance and keeps nothing of it.
      metadata: Object.keys(generations).length > 0 ? { generations } : {},
    },
  };
  return `${JSON.stringify(checkpoint, undefined, 4)}\n`;
}

function parseCheckpoint(file: string, text: string): Checkpoint {
  const advice = `Nothing was changed. Restore it from a copy, or start this sandbox stack anew: npx fridayproof sandbox reset.`;
  let checkpoint: Partial<Checkpoint> | null;
  try {
    checkpoint = JSON.parse(text) as Partial<Checkpoint> | null;
  } catch (error) {
    throw new StateError(`the state ${file} is corrupt or truncated: ${(error as Error).message}.\n${advice}`);
  }
  if (typeof checkpoint?.version === "number" && checkpoint.version > STATE_VERSION) {
    throw new StateError(
      `the state ${file} has version ${checkpoint.version}; this program reads version ${STATE_VERSION}.\n` +
        `A newer program wrote it: use that one. Nothing was changed.`,
    );
  }
  if (checkpoint?.version !== STATE_VERSION || !isDeployment(checkpoint.deployment)) {
    throw new StateError(`the state ${file} is not a Pulumi deployment of version ${STATE_VERSION}.\n${advice}`);
  }
  return checkpoint as Checkpoint;
}

function isDeployment(deployment: Partial<Checkpoint["deployment"]> | undefined): boolean {
  const resources = deployment?.resources;
  const valid =
    resources === undefined ||
    (Array.isArray(resources) &&
      resources.every((resource) => typeof resource?.urn === "string" && typeof resource.type === "string"));
  return deployment !== undefined && deployment !== null && typeof deployment === "object" && valid;
}
