/** A fake of the engine's monitor: keeps what is registered and answers as told. */
import * as grpc from "@grpc/grpc-js";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  RegisterResourceResponse,
  type RegisterResourceOutputsRequest,
  type RegisterResourceRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { fromStruct, toStruct } from "../../../sandbox/plugin-server/codec";
import type { PropertyMap } from "../../../sandbox/property/values";

/** What the engine answers to a registration. */
export interface Reply {
  readonly urn: string;
  readonly id?: string;
  readonly object?: PropertyMap;
}

/** A registration in the words of the recordings. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly custom: boolean;
  readonly object: PropertyMap;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: Readonly<Record<string, readonly string[]>>;
  readonly provider: string;
  readonly version: string;
  readonly ignoreChanges: readonly string[];
}

export interface Monitor {
  readonly endpoint: string;
  readonly registered: Registration[];
  readonly outputs: { urn: string; outputs: PropertyMap }[];
  stop(): void;
}

/** @param reply answers by name; throwing refuses. */
export function startMonitor(reply: (request: Registration) => Reply): Promise<Monitor> {
  const registered: Registration[] = [];
  const outputs: { urn: string; outputs: PropertyMap }[] = [];
  const server = new grpc.Server();
  server.addService(ResourceMonitorService, {
    registerResource(
      call: grpc.ServerUnaryCall<RegisterResourceRequest, RegisterResourceResponse>,
      done: grpc.sendUnaryData<RegisterResourceResponse>,
    ) {
      const registration = read(call.request);
      registered.push(registration);
      try {
        const { urn, id, object } = reply(registration);
        const response = new RegisterResourceResponse();
        response.setUrn(urn);
        response.setId(id ?? "");
        response.setObject(toStruct(object ?? {}));
        done(null, response);
      } catch (error) {
        done({ code: grpc.status.UNKNOWN, details: String(error) });
      }
    },
    registerResourceOutputs(
      call: grpc.ServerUnaryCall<RegisterResourceOutputsRequest, Empty>,
      done: grpc.sendUnaryData<Empty>,
    ) {
      outputs.push({ urn: call.request.getUrn(), outputs: fromStruct(call.request.getOutputs()) });
      done(null, new Empty());
    },
  });
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, port) => {
      if (error !== null) reject(error);
      else resolve({ endpoint: `127.0.0.1:${port}`, registered, outputs, stop: () => server.forceShutdown() });
    });
  });
}

function read(request: RegisterResourceRequest): Registration {
  const dependencies = request.getPropertydependenciesMap().toObject(false, (_include, value) => value.toObject()) as [
    string,
    { urnsList: string[] },
  ][];
  return {
    type: request.getType(),
    name: request.getName(),
    parent: request.getParent(),
    custom: request.getCustom(),
    object: fromStruct(request.getObject()),
    dependencies: request.getDependenciesList(),
    propertyDependencies: Object.fromEntries(dependencies.map(([property, { urnsList }]) => [property, urnsList])),
    provider: request.getProvider(),
    version: request.getVersion(),
    ignoreChanges: request.getIgnorechangesList(),
  };
}
