/** A sync of an application's manifests, as Argo CD makes it with the settings that are deployed. */
import { isDeepStrictEqual } from "node:util";
import { argoCdValues } from "../../../components/delivery/argo-cd-values";
import { rootSpec } from "../../../components/delivery/git-ops-objects";
import { type Json, synced, type SyncSettings } from "../argo-cd-sync";
import type { ApiServer, Applied } from "./api-server";

type JsonObject = Readonly<Record<string, Json>>;

const WAVE = "argocd.argoproj.io/sync-wave";
const OPTIONS = "argocd.argoproj.io/sync-options";
const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

const { cm } = (argoCdValues({ profile: "dev", host: "argocd.example.com" }) as { configs: { cm: SyncSettings["cm"] } })
  .configs;

/** The ConfigMap and the options of a sync as production has them. */
const syncSettings: SyncSettings = {
  cm,
  syncOptions: rootSpec({
    environment: "prod",
    repositoryUrl: "https://github.com/example/shop.git",
    revision: "main",
    preserveOnDeletion: true,
    runsOnce: true,
  }).template.spec.syncPolicy.syncOptions,
};

const annotationsOf = ({ metadata }: Applied): Readonly<Record<string, string>> =>
  (metadata["annotations"] ?? {}) as Readonly<Record<string, string>>;

/** What a client writes beside an object that it applies itself. */
function remembered(object: Applied): Applied {
  if (annotationsOf(object)[OPTIONS] !== "ServerSideApply=false") return object;
  const annotations = { ...annotationsOf(object), [LAST_APPLIED]: JSON.stringify(object) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Brings what stands to what is declared. @throws Error with the API server's refusal. */
export async function sync(server: ApiServer, objects: readonly Applied[]): Promise<void> {
  const wave = (object: Applied): number => Number(annotationsOf(object)[WAVE] ?? 0);
  for (const object of [...objects].sort((one, other) => wave(one) - wave(other))) {
    const live = await server.read(object);
    if (live === undefined) {
      const refusal = await server.refusal(remembered(object), false);
      if (refusal !== undefined) throw new Error(`${object.kind} ${object.metadata.name}: ${refusal}`);
      continue;
    }
    const next = synced(syncSettings, object as unknown as JsonObject, live as unknown as JsonObject);
    if (!isDeepStrictEqual(next, live)) await server.replace(next as unknown as Applied);
  }
}
