/** A sync of an application's manifests, as Argo CD makes it with the settings that are deployed. */
import { isDeepStrictEqual } from "node:util";
import { deployedSettings, type Json, lastApplied, synced } from "../argo-cd-sync";
import type { ApiServer, Applied } from "./api-server";

type JsonObject = Readonly<Record<string, Json>>;

const WAVE = "argocd.argoproj.io/sync-wave";
const OPTIONS = "argocd.argoproj.io/sync-options";

const annotationsOf = ({ metadata }: Applied): Readonly<Record<string, string>> =>
  (metadata["annotations"] ?? {}) as Readonly<Record<string, string>>;

/** What a client writes beside an object that it applies itself. */
function remembered(object: Applied): Applied {
  if (annotationsOf(object)[OPTIONS] !== "ServerSideApply=false") return object;
  const annotations = { ...annotationsOf(object), [lastApplied]: JSON.stringify(object) };
  return { ...object, metadata: { ...object.metadata, annotations } };
}

/** Brings one object to what is declared, again where a controller has changed it meanwhile. */
async function syncObject(server: ApiServer, object: Applied): Promise<void> {
  const live = await server.read(object);
  if (live === undefined) {
    const refusal = await server.refusal(remembered(object), false);
    if (refusal !== undefined) throw new Error(`${object.kind} ${object.metadata.name}: ${refusal}`);
    return;
  }
  const next = synced(deployedSettings, object as unknown as JsonObject, live as unknown as JsonObject);
  if (isDeepStrictEqual(next, live)) return;
  if (!(await server.replace(next as unknown as Applied))) await syncObject(server, object);
}

/** Brings what stands to what is declared. @throws Error with the API server's refusal. */
export async function sync(server: ApiServer, objects: readonly Applied[]): Promise<void> {
  const wave = (object: Applied): number => Number(annotationsOf(object)[WAVE] ?? 0);
  for (const object of [...objects].sort((one, other) => wave(one) - wave(other))) await syncObject(server, object);
}
