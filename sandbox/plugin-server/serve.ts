/** Serves one simulated package to a real Pulumi CLI, over the provider protocol on 127.0.0.1. */
import { randomInt } from "node:crypto";
import * as grpc from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as proto from "@pulumi/pulumi/proto/provider_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { identityOf } from "../property/urn";
import { keepSecrets, keepSecretsInOutputs, type PropertyMap } from "../property/values";
import { construct } from "./construct";
import {
  InitError,
  type CreateResult,
  type Provider,
  type ProviderPackage,
  type ResourceIdentity,
} from "../protocol/provider";
import { checkResponse, diffResponse, fromStruct, toStruct, codecError, withSecretsFrom } from "./codec";

/** Enough that two objects of a URN do not draw the same. */
const GENERATIONS = 2 ** 47;

/** A package that listens. */
export interface Served {
  /** Name of the package, as in PULUMI_DEBUG_PROVIDERS before the port. */
  readonly name: string;
  readonly port: number;
  /** Ends all calls and frees the port. */
  stop(): void;
}

/**
 * Starts the service. It listens once the promise resolves: a CLI that starts earlier finds no plugin.
 * @param version what GetPluginInfo returns, such as `7.48.0`.
 * @param port 0 takes any free one.
 * @throws Error when the port is taken.
 */
export function serve(pkg: ProviderPackage, version: string, port = 0): Promise<Served> {
  const server = new grpc.Server();
  const connections = new Connections(pkg);
  server.addService(ResourceProviderService, {
    ...packageMethods(pkg, version, connections),
    ...resourceMethods(connections),
    ...changeMethods(connections),
  });
  return new Promise((resolve, reject) => {
    server.bindAsync(`127.0.0.1:${port}`, grpc.ServerCredentials.createInsecure(), (error, bound) => {
      if (error !== null) reject(error);
      else resolve({ name: pkg.name, port: bound, stop: () => server.forceShutdown() });
    });
  });
}

/**
 * The configured provider of each connection. An attached service is one process for all providers of its package
 * (two regions, say), and requests do not name theirs; but the engine opens one connection for each.
 */
class Connections {
  private readonly providers = new Map<string, Provider>();
  private readonly warned = new Set<string>();

  constructor(private readonly pkg: ProviderPackage) {}

  configure(peer: string, config: PropertyMap): void {
    this.providers.set(peer, this.pkg.configure(config));
  }

  of(peer: string): Provider {
    const provider = this.providers.get(peer);
    if (provider === undefined) throw new Error(`package ${this.pkg.name}: call before Configure`);
    return provider;
  }

  /** The protocol's Check has no place for a warning; this process shares the CLI's standard error. Each is printed once. */
  warn({ name }: ResourceIdentity, warnings: readonly string[]): void {
    for (const line of warnings.map((warning) => `warning: ${name}: ${warning}\n`)) {
      if (!this.warned.has(line)) process.stderr.write(line);
      this.warned.add(line);
    }
  }
}

type Handler<Request, Response> = (request: Request, peer: string) => Response | Promise<Response>;

function unaryHandler<Request, Response>(handle: Handler<Request, Response>): grpc.handleUnaryCall<Request, Response> {
  return (call, done) => {
    const answered = Promise.resolve(call).then(({ request }) => handle(request, call.getPeer()));
    answered.then(
      (response) => done(null, response),
      (error: unknown) => done(codecError(error)),
    );
  };
}

/** Methods of the package. Handshake stays Unimplemented, as recorded: with it the engine would skip Configure's response. */
function packageMethods(
  pkg: ProviderPackage,
  version: string,
  connections: Connections,
): grpc.UntypedServiceImplementation {
  return {
    getPluginInfo: unaryHandler(() => {
      const info = new PluginInfo();
      info.setVersion(version);
      return info;
    }),
    attach: unaryHandler(() => new Empty()),
    cancel: unaryHandler(() => new Empty()),
    getSchema: unaryHandler(() => {
      const schema = new proto.GetSchemaResponse();
      schema.setSchema(JSON.stringify({ name: pkg.name, version }));
      return schema;
    }),
    checkConfig: unaryHandler((request: proto.CheckRequest) =>
      checkResponse(pkg.checkConfig(fromStruct(request.getNews()))),
    ),
    diffConfig: unaryHandler((request: proto.DiffRequest) =>
      diffResponse(pkg.diffConfig(oldInputs(request), fromStruct(request.getNews()))),
    ),
    configure: unaryHandler((request: proto.ConfigureRequest, peer) => {
      connections.configure(peer, fromStruct(request.getArgs()));
      const response = new proto.ConfigureResponse();
      response.setSupportspreview(true);
      // Like the real providers: what they repeat (`__inputs`, `tagsAll`) is sealed here, the engine would not do it.
      response.setAcceptsecrets(true);
      response.setAcceptresources(pkg.constructs === true);
      response.setAcceptoutputs(pkg.constructs === true);
      return response;
    }),
  };
}

/** Inputs as last written; an engine that does not send them gives the old state instead. */
function oldInputs(request: proto.DiffRequest | proto.UpdateRequest | proto.DeleteRequest): PropertyMap {
  if (request.hasOldInputs()) return fromStruct(request.getOldInputs());
  return fromStruct(request instanceof proto.DeleteRequest ? request.getProperties() : request.getOlds());
}

function old(request: proto.DiffRequest | proto.UpdateRequest): {
  id: string;
  inputs: PropertyMap;
  outputs: PropertyMap;
} {
  return { id: request.getId(), inputs: oldInputs(request), outputs: fromStruct(request.getOlds()) };
}

/** What a provider made, with everything secret that the inputs hold as a secret; the same of what never became ready. */
async function sealing<Answer extends Pick<CreateResult, "outputs">>(
  inputs: Struct | undefined,
  id: string,
  make: () => Answer | Promise<Answer>,
): Promise<Answer> {
  const source = withSecretsFrom(inputs);
  try {
    const result = await make();
    return { ...result, outputs: keepSecretsInOutputs(result.outputs, source) };
  } catch (error) {
    if (!(error instanceof InitError)) throw error;
    const { result, reasons } = error;
    throw new InitError(
      { ...result, id: result.id || id, outputs: keepSecretsInOutputs(result.outputs, source) },
      reasons,
    );
  }
}

/** Methods of one configured provider about an existing resource. */
function changeMethods(connections: Connections): grpc.UntypedServiceImplementation {
  return {
    diff: unaryHandler(async (request: proto.DiffRequest, peer) =>
      diffResponse(
        await connections.of(peer).diff(identityOf(request.getUrn()), old(request), fromStruct(request.getNews())),
      ),
    ),
    update: unaryHandler(async (request: proto.UpdateRequest, peer) => {
      const [identity, news] = [identityOf(request.getUrn()), fromStruct(request.getNews())];
      const { outputs } = await sealing(request.getNews(), request.getId(), () =>
        connections.of(peer).update(identity, old(request), news, request.getPreview()),
      );
      const response = new proto.UpdateResponse();
      response.setProperties(toStruct(outputs));
      return response;
    }),
    delete: unaryHandler(async (request: proto.DeleteRequest, peer) => {
      const last = { id: request.getId(), inputs: oldInputs(request), outputs: fromStruct(request.getProperties()) };
      await connections.of(peer).delete(identityOf(request.getUrn()), last);
      return new Empty();
    }),
  };
}

/** The other methods of one configured provider. */
function resourceMethods(connections: Connections): grpc.UntypedServiceImplementation {
  return {
    check: unaryHandler(async (request: proto.CheckRequest, peer) => {
      const [olds, news] = [fromStruct(request.getOlds()), fromStruct(request.getNews())];
      const identity = identityOf(request.getUrn());
      const checked = await connections.of(peer).check(identity, olds, news, request.getRandomseed_asU8());
      connections.warn(identity, checked.warnings ?? []);
      return checkResponse({ ...checked, inputs: keepSecrets(checked.inputs, withSecretsFrom(request.getNews())) });
    }),
    create: unaryHandler(async (request: proto.CreateRequest, peer) => {
      const inputs = fromStruct(request.getProperties());
      // The real engine counts no generations: a value that replaces another is drawn by chance, as by the real provider.
      const identity = { ...identityOf(request.getUrn()), generation: randomInt(GENERATIONS) };
      const result = await sealing(request.getProperties(), "", () =>
        connections.of(peer).create(identity, inputs, request.getPreview()),
      );
      const response = new proto.CreateResponse();
      response.setId(result.id);
      response.setProperties(toStruct(result.outputs));
      return response;
    }),
    read: unaryHandler(async (request: proto.ReadRequest, peer) => {
      const known = { inputs: fromStruct(request.getInputs()), outputs: fromStruct(request.getProperties()) };
      const found = await connections.of(peer).read(identityOf(request.getUrn()), request.getId(), known);
      const response = new proto.ReadResponse();
      if (found === undefined) return response;
      response.setId(found.id);
      response.setInputs(toStruct(keepSecrets(found.inputs, withSecretsFrom(request.getInputs()))));
      response.setProperties(toStruct(keepSecrets(found.outputs, withSecretsFrom(request.getProperties()))));
      return response;
    }),
    invoke: unaryHandler(async (request: proto.InvokeRequest, peer) => {
      const response = new proto.InvokeResponse();
      response.setReturn(toStruct(await connections.of(peer).invoke(request.getTok(), fromStruct(request.getArgs()))));
      return response;
    }),
    construct: unaryHandler((request: proto.ConstructRequest, peer) => construct(connections.of(peer), request)),
  };
}
