/** Plain objects of a simulated cluster: names, diffs, creation, removal, as pulumi-kubernetes v4 with server-side apply. */
import { CloudError, InitError, type Checked, type DiffResult } from "../../protocol/provider";
import type { Known, CreateResult, ResourceIdentity } from "../../protocol/provider";
import { validate, type Call } from "./api-server";
import { diffInputs } from "../../property/diff";
import { pathsTouch } from "../../property/paths";
import { UNKNOWN, isObject, secret, type PropertyMap } from "../../property/values";
import { known } from "../account/account";
import { asUuid, hashHex } from "../account/hash-hex";
import type { Cluster } from "./cluster";
import { kindOf, kinds, replacingPaths } from "./kinds";
import { removeSynced } from "./synced";
import { removeClaim } from "./volumes";

const AUTONAMED = "pulumi.com/autonamed";

/** `prefix-` and eight hexadecimal digits of the engine's seed. Source: Pulumi resource.NewUniqueName with defaults. */
export function autoname(prefix: string, seed: Uint8Array): string {
  return `${prefix}-${hashHex(Buffer.concat([seed, Buffer.from(prefix)]), 8)}`;
}

function metadataOf(inputs: PropertyMap): PropertyMap {
  return isObject(inputs.metadata) ? inputs.metadata : {};
}

function isAutonamed(inputs: PropertyMap): boolean {
  const { annotations } = metadataOf(inputs);
  return isObject(annotations) && annotations[AUTONAMED] === "true";
}

/**
 * Completes inputs: apiVersion, kind, namespace, and a name that stays once it was given.
 * @throws CloudError for generateName, which pulumi-kubernetes refuses here too.
 */
export function check(
  { type, name }: ResourceIdentity,
  olds: PropertyMap,
  news: PropertyMap,
  seed: Uint8Array,
  namespace: string,
): Checked {
  const kind = kindOf(type);
  const base = { apiVersion: kind.apiVersion, kind: kind.kind, ...news };
  const completed = (more: PropertyMap): Checked => ({ inputs: { ...base, ...more }, failures: [] });
  if (news.metadata === UNKNOWN) return completed({});
  const metadata = metadataOf(news);
  if (metadata.generateName !== undefined)
    throw new CloudError("Invalid", "metadata.generateName is not supported with server-side apply");
  const defaultNamespace: PropertyMap = kind.namespaced && (metadata.namespace ?? "") === "" ? { namespace } : {};
  if ((metadata.name ?? "") !== "") return completed({ metadata: { ...metadata, ...defaultNamespace } });
  const currentName = isAutonamed(olds) ? metadataOf(olds).name : undefined;
  const annotations = { ...(isObject(metadata.annotations) ? metadata.annotations : {}), [AUTONAMED]: "true" };
  return completed({
    metadata: { ...metadata, ...defaultNamespace, annotations, name: currentName ?? autoname(name, seed) },
  });
}

/** Compares; a fixed name means that the old object must go before its replacement can exist. */
export function diff(
  { type }: ResourceIdentity,
  old: PropertyMap,
  news: PropertyMap,
  mutable: readonly string[],
): DiffResult {
  const kind = kindOf(type);
  const forcing = replacingPaths(kind, mutable.includes(kind.kind) && news.immutable !== true);
  const result = diffInputs(old, news, (path) => forcing.some((one) => pathsTouch(one, path)));
  const [before, after] = [metadataOf(old), metadataOf(news)];
  const keepsName = !isAutonamed(news) && before.name === after.name && before.namespace === after.namespace;
  return { ...result, deleteBeforeReplace: result.replaces.length > 0 && keepsName };
}

function callOf(verb: Call["verb"], cluster: Cluster, type: string, inputs: PropertyMap): Call {
  const kind = kindOf(type);
  const metadata = metadataOf(inputs);
  const name = String(metadata.name);
  const namespace = kind.namespaced ? String(metadata.namespace ?? "default") : "";
  return { verb, cluster, type, kind, name, namespace, id: namespace === "" ? name : `${namespace}/${name}`, inputs };
}

/** The uid of a new object: another than that of any object of the URN before it. */
function newUid(urn: string, inputs: PropertyMap, generation: number): string {
  const which = generation === 0 ? "" : `#${generation}`;
  return asUuid(hashHex(`${urn}\n${String(metadataOf(inputs).name)}${which}`, 32));
}

/** What a Secret holds is secret wherever the provider repeats it (provider.go, checkpointObject), with either engine. */
function sealedData(inputs: PropertyMap): PropertyMap {
  const data = ["data", "stringData"].flatMap((name) => {
    const value = inputs[name];
    return value === undefined ? [] : [[name, secret(value)] as const];
  });
  return { ...inputs, ...Object.fromEntries(data) };
}

/** What the API server returns: the inputs, with what it fills in. */
function live(uid: string, inputs: PropertyMap): PropertyMap {
  const metadata = metadataOf(inputs);
  return {
    ...inputs,
    metadata: { ...metadata, uid },
    __inputs: inputs.kind === "Secret" ? sealedData(inputs) : inputs,
    __initialApiVersion: String(inputs.apiVersion),
    __fieldManager: `pulumi-kubernetes-${uid.slice(0, 8)}`,
  };
}

/** @throws CloudError when the API server refuses; InitError when pods have no node to run on. */
export function create({ type, urn }: ResourceIdentity, inputs: PropertyMap, cluster: Cluster): CreateResult {
  const call = callOf("create", cluster, type, inputs);
  validate(call);
  const result = { id: call.id, outputs: live(newUid(urn, inputs, cluster.account.nextGeneration(urn)), inputs) };
  cluster.put({ type, id: call.id, urn, inputs, outputs: result.outputs });
  awaitPods(call, result);
  return result;
}

function awaitPods({ kind, id, cluster }: Call, result: CreateResult): void {
  if (!kinds().withPods.includes(kind.kind) || cluster.hasNodes()) return;
  const reason = `timed out waiting for ${kind.kind} "${id}" to become ready: 0 nodes are available, its pods stay Pending`;
  throw new InitError(result, [reason]);
}

/** @throws CloudError when the API server refuses or the object is gone; InitError as on create. */
export function update({ type, urn }: ResourceIdentity, id: string, news: PropertyMap, cluster: Cluster): PropertyMap {
  const call = callOf("update", cluster, type, news);
  validate(call);
  const existing = cluster.find(type, id);
  if (existing === undefined) throw new CloudError("NotFound", `${type} "${id}" not found`);
  const outputs = live(String(metadataOf(existing.outputs).uid), news);
  cluster.put({ type, id, urn, inputs: news, outputs });
  awaitPods(call, { id, outputs });
  return outputs;
}

/** Removes an object and, with a namespace, all in it; an ApplicationSet takes along what Argo CD made of it. @throws CloudError when a finalizer would hold it for ever. */
export function remove({ type }: ResourceIdentity, id: string, cluster: Cluster): void {
  const existing = cluster.find(type, id);
  if (existing === undefined) return;
  validate(callOf("delete", cluster, type, existing.inputs));
  const inside =
    kindOf(type).kind === "Namespace" ? cluster.objects().filter((object) => object.id.startsWith(`${id}/`)) : [];
  if (kindOf(type).kind === "ApplicationSet") removeSynced(existing, cluster);
  for (const object of [...inside, existing]) removeClaim(cluster, object);
}

/** The object as it is. */
export function read({ type }: ResourceIdentity, id: string, cluster: Cluster): Known | undefined {
  const found = cluster.find(type, id);
  if (found !== undefined) return known(found);
  const isFirst = type === "kubernetes:core/v1:Namespace" && cluster.hasNamespace(id);
  return isFirst
    ? { id, inputs: {}, outputs: { apiVersion: "v1", kind: "Namespace", metadata: { name: id } } }
    : undefined;
}
