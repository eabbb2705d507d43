/** What Argo CD would do with each application's folder: everything is checked first, and nothing of a refused one is applied. */
import { messageOf } from "../../core/errors";
import { equal, isObject, type PropertyMap } from "../../property/values";
import { Account, type CloudObject } from "../account/account";
import { CloudError } from "../../protocol/provider";
import { CALLER_ADDRESS, Cluster } from "../kubernetes/cluster";
import { kindOf } from "../kubernetes/kinds";
import { create, diff, remove, update } from "../kubernetes/objects";
import { syncedObjects, syncedUrn } from "../kubernetes/synced";
import { applicationsOf, type Application } from "./applications";
import { manifestsOf, type Manifest } from "./manifests";
import { projectProblems } from "./project";
import { quotaProblems } from "./quota";
import { referenceProblems } from "./references";
import { heldBack, type Held, type WindowReader } from "./windows";

/** What a synchronization does, or would do, with one application in one cluster. */
export interface ApplicationSync {
  readonly cluster: string;
  readonly application: string;
  /** Its folder, from the root. */
  readonly folder: string;
  readonly created: number;
  readonly updated: number;
  readonly removed: number;
  readonly unchanged: number;
  /** Why it is refused, as sentences; then nothing of it is changed. */
  readonly problems: readonly string[];
  /** What holds it back for now: then nothing of it is changed, and the counts say what would be. */
  readonly held?: Held;
}

/** An object of the folder, and the one in the cluster that it would become. */
interface Change {
  readonly manifest: Manifest;
  readonly urn: string;
  readonly live?: CloudObject;
}

/** Objects of the application that stand in its cluster. */
const standing = ({ cluster, name, stack }: Application): readonly CloudObject[] => syncedObjects(cluster, stack, name);

/** A hook that is made anew for every synchronization. */
function isHook({ metadata }: PropertyMap): boolean {
  const annotations = isObject(metadata) ? metadata.annotations : undefined;
  return isObject(annotations) && annotations["argocd.argoproj.io/hook"] !== undefined;
}

/** Applies one object. @throws CloudError with the API server's sentence. */
function apply({ manifest, urn, live }: Change, cluster: Cluster): void {
  const { id, inputs, type } = manifest;
  const identity = { type, urn, name: id };
  if (live === undefined) create(identity, inputs, cluster);
  else if (isHook(inputs)) {
    remove(identity, id, cluster);
    create(identity, inputs, cluster);
  } else {
    const { detailed } = diff(identity, live.inputs, inputs, ["ConfigMap", "Secret"]);
    const replaces = Object.keys(detailed).filter((path) => detailed[path]?.endsWith("-replace"));
    if (replaces.length > 0)
      throw new Error(`${kindOf(type).kind} "${id}": ${replaces.join(", ")} cannot change in place.`);
    update(identity, id, inputs, cluster);
  }
}

/** What differs between the folder and the cluster. */
function changesOf(application: Application, manifests: readonly Manifest[]) {
  const live = standing(application);
  const at =
    ({ type, id }: Pick<Manifest, "type" | "id">) =>
    (each: Pick<Manifest, "type" | "id">) =>
      each.type === type && each.id === id;
  const all = manifests.map((manifest): Change => ({
    manifest,
    urn: syncedUrn(application.stack, application.name, manifest.type),
    live: live.find(at(manifest)),
  }));
  return {
    applied: all.filter((change) => change.live === undefined || !equal(change.live.inputs, change.manifest.inputs)),
    unchanged: all.filter((change) => change.live !== undefined && equal(change.live.inputs, change.manifest.inputs)),
    pruned: live.filter((object) => !manifests.some(at(object))),
  };
}

/** The API server's message, without its code, as a sentence. */
function asSentence(error: unknown): string {
  const text = error instanceof CloudError ? error.message.slice(`${error.code}: `.length) : messageOf(error);
  return text.endsWith(".") ? text : `${text}.`;
}

/** Tries the change in a copy of the account. @returns what is refused, as sentences. */
function problemsOf(application: Application, manifests: readonly Manifest[]): readonly string[] {
  const { cluster, namespace } = application;
  if (!cluster.hasNamespace(namespace)) return [`namespaces "${namespace}" not found.`];
  const copied = new Account(cluster.account.accountId, cluster.account.all());
  const tried = copyOf(cluster, copied);
  const { applied, pruned } = changesOf({ ...application, cluster: tried }, manifests);
  for (const { type, id } of pruned) tried.remove(type, id);
  const refused = applied.flatMap((change) => {
    try {
      apply(change, tried);
      return [];
    } catch (error) {
      return [`${change.manifest.file}: ${asSentence(error)}`];
    }
  });
  if (refused.length > 0) return refused;
  return [...referenceProblems(manifests, tried), ...quotaProblems(namespace, tried)];
}

function copyOf(cluster: Cluster, account: Account): Cluster {
  const control = account.find("aws:eks/cluster:Cluster", cluster.name);
  return new Cluster(account, control?.outputs.endpoint, CALLER_ADDRESS);
}

function syncOf(application: Application, read: WindowReader, carriesOut: boolean): ApplicationSync {
  const { cluster, name, shown } = application;
  const { manifests, problems: unread } = manifestsOf(application);
  const { applied, pruned, unchanged } = changesOf(application, manifests);
  const row = { cluster: cluster.name, application: name, folder: shown };
  const project = [...unread, ...projectProblems(application, manifests)];
  // An empty folder is a mistake and not a wish: Argo CD's `allowEmpty` is off.
  const empty = manifests.length === 0 ? [`${shown} holds no manifest: nothing is taken away because of it.`] : [];
  const refused = [...project, ...empty];
  const problems = refused.length > 0 ? refused : problemsOf(application, manifests);
  if (problems.length > 0)
    return { ...row, created: 0, updated: 0, removed: 0, unchanged: standing(application).length, problems };
  const held = heldBack(application, read);
  if (carriesOut && held === undefined) {
    for (const change of applied) apply(change, cluster);
    for (const { type, id } of pruned) cluster.remove(type, id);
  }
  const updated = applied.filter(({ live }) => live !== undefined).length;
  return {
    ...row,
    created: applied.length - updated,
    updated,
    removed: pruned.length,
    unchanged: unchanged.length,
    problems: [],
    ...(held === undefined ? {} : { held }),
  };
}

/** Which applications are synchronized, and when. */
export interface SyncRequest {
  readonly stack: string;
  /** Folder that stands for the Git repository. */
  readonly root: string;
  readonly windows: WindowReader;
}

/** What a synchronization of every application of the stack would do. */
export function plannedSync(account: Account, { stack, root, windows }: SyncRequest): readonly ApplicationSync[] {
  return applicationsOf(account, stack, root).map((application) => syncOf(application, windows, false));
}

/** Carries it out. @param only the one application that a person synchronizes. @default all of them */
export function carriedOutSync(
  account: Account,
  { stack, root, windows }: SyncRequest,
  only?: string,
): readonly ApplicationSync[] {
  return applicationsOf(account, stack, root)
    .filter(({ name }) => only === undefined || name === only)
    .map((application) => syncOf(application, windows, true));
}
