/** The resource monitor: the methods an SDK calls, as plain `(request, callback)`, for any host to serve. */
import type * as proto from "@pulumi/pulumi/proto/resource_pb";
import type { Deployment } from "../engine/deployment";
import { RejectedError } from "../engine/analyze";
import { invoke } from "../engine/invoke";
import { read } from "../engine/read";
import { register } from "../engine/register";
import type { Reply } from "../engine/registration";
import { recordOutputs } from "../engine/steps";
import { messageOf, StoppedError } from "../core/errors";
import type { Goal } from "../state/goal";
import { fromStruct } from "../property/struct";
import { isStackType, typeOf } from "../property/urn";
import type { PropertyMap } from "../property/values";
import { construct } from "./construct";
import { goalOf, goalOfRead, questionOf, unsupportedIn } from "./requests";
import { notSupported } from "./unsupported";

/** A method's handler. */
export type Callback<T> = (error: Error | null, response?: T) => void;

/** What the wire types need of `google-protobuf`: loaded by the host, so that this file stays free of load time. */
export interface Messages {
  readonly resource: typeof proto;
  readonly provider: typeof import("@pulumi/pulumi/proto/provider_pb");
  readonly empty: typeof import("google-protobuf/google/protobuf/empty_pb");
  readonly struct: typeof import("google-protobuf/google/protobuf/struct_pb");
}

/** The organization that a backend without organizations gives every stack. */
export const ORGANIZATION = "organization";

/** What is built, as old and new SDKs name it; anything else gets false. */
const FEATURES = {
  secrets: "RESOURCE_MONITOR_FEATURE_SECRETS",
  resourceReferences: "RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES",
  outputValues: "RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES",
  deletedWith: "RESOURCE_MONITOR_FEATURE_DELETED_WITH",
  aliasSpecs: "RESOURCE_MONITOR_FEATURE_ALIAS_SPECS",
} as const;

/**
 * Serves one program run.
 * A registration that fails gets no response: the SDK would turn one into dozens of errors, and the real
 * engine ends the program before it gets one. The host ends the run once nothing else is under way.
 */
export class Monitor {
  /** Outputs of the root stack, as the program registered them. */
  stackOutputs: PropertyMap | undefined;

  constructor(
    private readonly deployment: Deployment,
    private readonly messages: Messages,
  ) {}

  /** How SDKs up to 3.24x query it, feature by feature. */
  supportsFeature = (
    request: proto.SupportsFeatureRequest,
    callback: Callback<proto.SupportsFeatureResponse>,
  ): void => {
    const response = new this.messages.resource.SupportsFeatureResponse();
    response.setHassupport(request.getId() in FEATURES);
    callback(null, response);
  };

  /** How newer SDKs query it: once, for everything about the run. */
  getDeploymentInfo = (_request: unknown, callback: Callback<proto.DeploymentInfo>): void => {
    const { project, stack, config, secretKeys = [] } = this.deployment.options;
    const info = new this.messages.resource.DeploymentInfo();
    info.setProject(project);
    info.setStack(stack);
    info.setOrganization(ORGANIZATION);
    info.setDryrun(this.deployment.preview);
    for (const [key, value] of Object.entries(config)) info.getConfigMap().set(key, value);
    info.setConfigsecretkeysList([...secretKeys]);
    const features = Object.values(FEATURES).map((name) => this.messages.resource.ResourceMonitorFeature[name]);
    info.setSupportedfeaturesList(features);
    callback(null, info);
  };

  registerResource = (
    request: proto.RegisterResourceRequest,
    callback: Callback<proto.RegisterResourceResponse>,
  ): void => {
    const goal = this.goalOf(request);
    if (goal === undefined) return;
    void this.guarded(this.deployment.urnOf(goal), async () => {
      this.deployment.rejectUnknownTypes(goal.type);
      const unsupported = unsupportedIn(request);
      if (unsupported.length > 0) throw notSupported(unsupported.join(", "));
      const reply = request.getRemote() ? construct(this.deployment, goal) : register(this.deployment, goal);
      callback(null, this.replyTo(await reply));
    });
  };

  readResource = (request: proto.ReadResourceRequest, callback: Callback<proto.ReadResourceResponse>): void => {
    const goal = goalOfRead(request);
    void this.guarded(this.deployment.urnOf(goal), async () => {
      this.deployment.rejectUnknownTypes(goal.type);
      const found = await read(this.deployment, goal, request.getId());
      const response = new this.messages.resource.ReadResourceResponse();
      response.setUrn(found.urn);
      response.setProperties(this.struct(found.outputs));
      callback(null, response);
    });
  };

  registerResourceOutputs = (request: proto.RegisterResourceOutputsRequest, callback: Callback<unknown>): void => {
    void this.guarded(request.getUrn(), async () => {
      const outputs = fromStruct(request.getOutputs());
      if (isStackType(typeOf(request.getUrn()))) this.stackOutputs = outputs;
      else recordOutputs(this.deployment, request.getUrn(), outputs);
      callback(null, new this.messages.empty.Empty());
    });
  };

  /** The program may catch a data source's error: it gets it as gRPC sends it. */
  invoke = (request: proto.ResourceInvokeRequest, callback: Callback<unknown>): void => {
    const fail = (error: unknown): void =>
      callback(Object.assign(new Error(messageOf(error)), { details: messageOf(error) }));
    void this.guarded(undefined, async () => {
      const { result, failures } = await invoke(this.deployment, questionOf(request)).catch((error: unknown) => {
        fail(error);
        throw new StoppedError(messageOf(error));
      });
      const response = new this.messages.provider.InvokeResponse();
      response.setReturn(this.struct(result));
      response.setFailuresList(
        failures.map(({ property, reason }) => {
          const failure = new this.messages.provider.CheckFailure();
          failure.setProperty(property);
          failure.setReason(reason);
          return failure;
        }),
      );
      callback(null, response);
    });
  };

  signalAndWaitForShutdown = (_request: unknown, callback: Callback<unknown>): void => {
    callback(null, new this.messages.empty.Empty());
  };

  /** What is not built fails by name (docs/sandbox.md lists it). */
  call = (_request: unknown, callback: Callback<never>): void => callback(notSupported("call"));
  registerPackage = (_request: unknown, callback: Callback<never>): void =>
    callback(notSupported("parameterized packages"));
  registerStackTransform = (_request: unknown, callback: Callback<never>): void => callback(notSupported("transforms"));
  registerStackInvokeTransform = (_request: unknown, callback: Callback<never>): void =>
    callback(notSupported("invoke transforms"));
  registerResourceHook = (_request: unknown, callback: Callback<never>): void =>
    callback(notSupported("resource hooks"));
  registerErrorHook = (_request: unknown, callback: Callback<never>): void => callback(notSupported("error hooks"));

  /** The request's content; one that cannot be read ends the run, as any refusal does. */
  private goalOf(request: proto.RegisterResourceRequest): Goal | undefined {
    const { stack, project } = this.deployment.options;
    try {
      return goalOf(request, stack, project);
    } catch (error) {
      this.deployment.fail(`${request.getType()} resource '${request.getName()}': ${messageOf(error)}`);
      return undefined;
    }
  }

  private replyTo(reply: Reply): proto.RegisterResourceResponse {
    const response = new this.messages.resource.RegisterResourceResponse();
    response.setUrn(reply.urn);
    response.setId(reply.id);
    response.setObject(this.struct(reply.outputs));
    for (const [property, urns] of Object.entries(reply.propertyDependencies ?? {})) {
      const dependencies = new this.messages.resource.RegisterResourceResponse.PropertyDependencies();
      dependencies.setUrnsList([...urns]);
      response.getPropertydependenciesMap().set(property, dependencies);
    }
    return response;
  }

  private struct(properties: PropertyMap) {
    return this.messages.struct.Struct.fromJavaScript(properties as Record<string, never>);
  }

  /** @param urn of what fails, if it fails: an invoke's failure has none. */
  private async guarded(urn: string | undefined, work: () => Promise<void>): Promise<void> {
    try {
      await this.deployment.working(work);
    } catch (error) {
      if (error instanceof StoppedError || error instanceof RejectedError) return;
      this.deployment.fail(messageOf(error), urn);
    }
  }
}
