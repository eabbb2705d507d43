/** The pinned CustomResourceDefinitions in an API server. */
import { definitions } from "../crds";
import type { ApiServer } from "./api-server";

/** Applies all of CRDS_DIR, and waits until their kinds are served. @throws Error with the server's refusal. */
export async function applyDefinitions(server: ApiServer): Promise<void> {
  for (const { apiVersion, kind, metadata, spec } of definitions()) {
    const refusal = await server.refusal({ apiVersion, kind, metadata, ...{ spec } }, false);
    if (refusal !== undefined) throw new Error(`${metadata.name}: ${refusal}`);
    const [version] = spec.versions;
    await server.serves({ apiVersion: `${spec.group}/${version?.name ?? ""}`, kind: spec.names.kind });
  }
}
