/** Between our plain data and the messages of Pulumi's provider protocol. */
import * as grpc from "@grpc/grpc-js";
import {
  CheckFailure as ProtoFailure,
  CheckResponse,
  DiffResponse,
  ErrorResourceInitFailed,
  PropertyDiff,
} from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { plainMap, type PropertyMap } from "../property/values";
import { InitError, type CheckFailure, type DiffKind, type DiffResult } from "../protocol/provider";

const KINDS: Readonly<Record<DiffKind, PropertyDiff.Kind>> = {
  add: PropertyDiff.Kind.ADD,
  "add-replace": PropertyDiff.Kind.ADD_REPLACE,
  delete: PropertyDiff.Kind.DELETE,
  "delete-replace": PropertyDiff.Kind.DELETE_REPLACE,
  update: PropertyDiff.Kind.UPDATE,
  "update-replace": PropertyDiff.Kind.UPDATE_REPLACE,
};

/** A message's struct with its secrets, for responses: the engine leaves their sealing to us. */
export function withSecretsFrom(struct: Struct | undefined): PropertyMap {
  return (struct?.toJavaScript() ?? {}) as PropertyMap;
}

/** A message's struct as plain data: providers get no secrets. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return plainMap(withSecretsFrom(struct));
}

/** Plain data as a struct; undefined members are left out, as JSON does. */
export function toStruct(map: PropertyMap): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(map)) as Record<string, JavaScriptValue>);
}

/** The response of Check and CheckConfig. */
export function checkResponse({
  inputs,
  failures,
}: {
  inputs: PropertyMap;
  failures: readonly CheckFailure[];
}): CheckResponse {
  const response = new CheckResponse();
  response.setInputs(toStruct(inputs));
  for (const { property, reason } of failures) {
    const failure = new ProtoFailure();
    failure.setProperty(property);
    failure.setReason(reason);
    response.addFailures(failure);
  }
  return response;
}

/** The response of Diff and DiffConfig, with the kind of every changed path. */
export function diffResponse(diff: DiffResult): DiffResponse {
  const response = new DiffResponse();
  response.setChanges(diff.changes ? DiffResponse.DiffChanges.DIFF_SOME : DiffResponse.DiffChanges.DIFF_NONE);
  response.setDiffsList([...diff.diffs]);
  response.setReplacesList([...diff.replaces]);
  response.setDeletebeforereplace(diff.deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const [path, kind] of Object.entries(diff.detailed)) {
    const property = new PropertyDiff();
    property.setKind(KINDS[kind]);
    property.setInputdiff(true);
    response.getDetaileddiffMap().set(path, property);
  }
  return response;
}

/**
 * An error as the engine shows it. Never CANCELLED or UNAVAILABLE: the SDK takes those for the engine's own end and
 * stays silent. A failed initialisation carries what was made, so that the engine saves it.
 */
export function codecError(error: unknown): Partial<grpc.StatusObject> & { code: grpc.status } {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitError)) return { code: grpc.status.UNKNOWN, details: message };
  const detail = new ErrorResourceInitFailed();
  detail.setId(error.result.id);
  detail.setProperties(toStruct(error.result.outputs));
  detail.setReasonsList([...error.reasons]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(message);
  status.addDetails(any);
  const metadata = new grpc.Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  return { code: grpc.status.UNKNOWN, details: message, metadata };
}
