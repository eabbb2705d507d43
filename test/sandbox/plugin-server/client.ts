/** Calls a served package with the client that Pulumi's SDK ships, and reads recorded calls. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { fromStruct, toStruct } from "../../../sandbox/plugin-server/codec";
import type { PropertyMap } from "../../../sandbox/property/values";

/** A recorded call: its method, where it went, and what was in it. */
export interface Recorded {
  readonly pkg: string;
  readonly m: string;
  readonly urn: string;
  readonly id?: string;
  readonly preview?: boolean;
  readonly news?: PropertyMap;
  readonly olds?: PropertyMap;
  readonly oldInputs?: PropertyMap;
  readonly props?: PropertyMap;
  readonly inputs?: PropertyMap;
  readonly args?: PropertyMap;
}

/** The lines of a recording under test/sandbox/recordings/providers. */
export function recorded<T>(file: string): T[] {
  const path = join(__dirname, "../recordings/providers", file);
  return readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as T);
}

/** A connection of its own, as the engine has one for each provider. */
export class Client {
  private readonly stub: ResourceProviderClient;

  constructor(port: number) {
    const options = { "grpc.use_local_subchannel_pool": 1 };
    this.stub = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure(), options);
  }

  close(): void {
    this.stub.close();
  }

  /** Sends any request. */
  send<Request, Response>(method: string, request: Request): Promise<Response> {
    const stub = this.stub as unknown as Record<
      string,
      (request: Request, done: (error: Error | null, response: Response) => void) => void
    >;
    return new Promise((resolve, reject) => {
      stub[method]?.call(this.stub, request, (error, response) => (error === null ? resolve(response) : reject(error)));
    });
  }

  configure(args: PropertyMap): Promise<proto.ConfigureResponse> {
    const request = new proto.ConfigureRequest();
    request.setArgs(toStruct(args));
    return this.send("configure", request);
  }

  async check(
    call: Recorded,
    method: "check" | "checkConfig" = "check",
  ): Promise<{ inputs: PropertyMap; failures: string[] }> {
    const request = new proto.CheckRequest();
    request.setUrn(call.urn);
    request.setOlds(toStruct(call.olds ?? {}));
    request.setNews(toStruct(call.news ?? {}));
    request.setRandomseed(new Uint8Array(32));
    const response = await this.send<proto.CheckRequest, proto.CheckResponse>(method, request);
    const failures = response.getFailuresList().map((failure) => `${failure.getProperty()} ${failure.getReason()}`);
    return { inputs: fromStruct(response.getInputs()), failures };
  }

  async diff(call: Recorded, method: "diff" | "diffConfig" = "diff"): Promise<proto.DiffResponse.AsObject> {
    const request = new proto.DiffRequest();
    request.setUrn(call.urn);
    request.setId(call.id ?? "");
    request.setOlds(toStruct(call.olds ?? {}));
    if (call.oldInputs !== undefined) request.setOldInputs(toStruct(call.oldInputs));
    request.setNews(toStruct(call.news ?? {}));
    return (await this.send<proto.DiffRequest, proto.DiffResponse>(method, request)).toObject();
  }

  async create(call: Recorded): Promise<{ id: string; outputs: PropertyMap }> {
    const request = new proto.CreateRequest();
    request.setUrn(call.urn);
    request.setProperties(toStruct(call.props ?? {}));
    request.setPreview(call.preview ?? false);
    const response = await this.send<proto.CreateRequest, proto.CreateResponse>("create", request);
    return { id: response.getId(), outputs: fromStruct(response.getProperties()) };
  }

  async read(call: Recorded): Promise<{ id: string; inputs: PropertyMap; outputs: PropertyMap }> {
    const request = new proto.ReadRequest();
    request.setUrn(call.urn);
    request.setId(call.id ?? "");
    request.setProperties(toStruct(call.props ?? {}));
    request.setInputs(toStruct(call.inputs ?? {}));
    const response = await this.send<proto.ReadRequest, proto.ReadResponse>("read", request);
    return {
      id: response.getId(),
      inputs: fromStruct(response.getInputs()),
      outputs: fromStruct(response.getProperties()),
    };
  }

  async update(call: Recorded): Promise<PropertyMap> {
    const request = new proto.UpdateRequest();
    request.setUrn(call.urn);
    request.setId(call.id ?? "");
    request.setOlds(toStruct(call.olds ?? {}));
    request.setNews(toStruct(call.news ?? {}));
    request.setPreview(call.preview ?? false);
    return fromStruct((await this.send<proto.UpdateRequest, proto.UpdateResponse>("update", request)).getProperties());
  }

  async delete(call: Recorded): Promise<void> {
    const request = new proto.DeleteRequest();
    request.setUrn(call.urn);
    request.setId(call.id ?? "");
    request.setProperties(toStruct(call.props ?? {}));
    request.setOldInputs(toStruct(call.oldInputs ?? {}));
    await this.send("delete", request);
  }
}
