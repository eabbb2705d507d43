/** Construct under a real CLI: the children of a component, registered with the engine from their plain description. */
import * as grpc from "@grpc/grpc-js";
import { ConstructResponse, type ConstructRequest } from "@pulumi/pulumi/proto/provider_pb";
import { ResourceMonitorClient } from "@pulumi/pulumi/proto/resource_grpc_pb";
import {
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  type RegisterResourceResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { fromStruct as structMap } from "../property/struct";
import { RESOURCE_SIG, SIG, UNKNOWN, type PropertyMap, type Value } from "../property/values";
import {
  atOutputPath,
  childrenIn,
  componentInputs,
  makeInOrder,
  resolve,
  sealTaken,
  type ChildOutput,
  type ComponentInputs,
  type ConstructedChild,
  type Construction,
} from "../protocol/construction";
import { CloudError, type Provider } from "../protocol/provider";
import { fromStruct, toStruct } from "./codec";

/** A child in the engine's response. */
interface Registered {
  readonly urn: string;
  readonly id: string;
  readonly outputs: PropertyMap;
}

/**
 * Registers the component and its children, then its outputs.
 * @throws CloudError when the package constructs nothing, or the engine's own error.
 */
export async function construct(provider: Provider, request: ConstructRequest): Promise<ConstructResponse> {
  const [type, name] = [request.getType(), request.getName()];
  if (provider.construct === undefined) throw new CloudError("Unimplemented", `no component ${type} in this package`);
  const inputs = componentInputs(structMap(request.getInputs()));
  const construction = await provider.construct({ urn: "", type, name }, inputs.inputs);
  const monitor = new ResourceMonitorClient(request.getMonitorendpoint(), grpc.credentials.createInsecure());
  try {
    return await new Registration(monitor, request, inputs).run(construction);
  } finally {
    monitor.close();
  }
}

class Registration {
  private readonly children = new Map<string, Registered>();

  constructor(
    private readonly monitor: ResourceMonitorClient,
    private readonly request: ConstructRequest,
    private readonly inputs: ComponentInputs,
  ) {}

  async run({ children, outputs }: Construction): Promise<ConstructResponse> {
    const component = await this.register(this.componentRequest());
    await makeInOrder(children, (child) => this.registerChild(component.urn, child));
    const state = this.resolved(outputs);
    await this.registerOutputs(component.urn, state);
    const response = new ConstructResponse();
    response.setUrn(component.urn);
    response.setState(toStruct(state));
    for (const [property, value] of Object.entries(outputs)) {
      const dependencies = new ConstructResponse.PropertyDependencies();
      dependencies.setUrnsList(this.urnsIn(value));
      response.getStatedependenciesMap().set(property, dependencies);
    }
    return response;
  }

  /** The component as the program registered it, but local: this registration is its step. */
  private componentRequest(): RegisterResourceRequest {
    const { request } = this;
    const message = this.message(request.getType(), request.getName(), request.getParent());
    message.setDependenciesList(request.getDependenciesList());
    message.setIgnorechangesList(request.getIgnorechangesList());
    message.setReplaceonchangesList(request.getReplaceonchangesList());
    message.setAliasesList(request.getAliasesList());
    message.setDeletedwith(request.getDeletedwith());
    message.setReplaceWithList(request.getReplaceWithList());
    message.setProtect(request.getProtect() ?? false);
    message.setRetainondelete(request.getRetainondelete() ?? false);
    message.setObject(toStruct({}));
    return message;
  }

  private message(type: string, name: string, parent: string): RegisterResourceRequest {
    const message = new RegisterResourceRequest();
    message.setType(type);
    message.setName(name);
    message.setParent(parent);
    for (const [pkg, reference] of this.request.getProvidersMap().entries())
      message.getProvidersMap().set(pkg, reference);
    message.setCustomtimeouts(new RegisterResourceRequest.CustomTimeouts());
    message.setSupportspartialvalues(true);
    message.setAcceptresources(true);
    message.setAliasspecs(true);
    message.setSupportsresultreporting(true);
    return message;
  }

  private async registerChild(component: string, child: ConstructedChild): Promise<void> {
    const parent = child.parent === undefined ? component : (this.children.get(child.parent)?.urn ?? component);
    const message = this.message(child.type, child.name, parent);
    message.setCustom(child.custom);
    message.setObject(toStruct(sealTaken(child, this.resolved(child.inputs), this.inputs)));
    message.setVersion(child.version ?? "");
    message.setIgnorechangesList([...(child.ignoreChanges ?? [])]);
    message.setProvider(this.providerOf(child));
    const all = new Set((child.dependsOn ?? []).flatMap((name) => this.children.get(name)?.urn ?? []));
    for (const property of Object.keys(child.inputs)) {
      const urns = [...new Set([...this.urnsIn(child.inputs[property] ?? null), ...this.taken(child, property)])];
      const dependencies = new RegisterResourceRequest.PropertyDependencies();
      dependencies.setUrnsList(urns);
      message.getPropertydependenciesMap().set(property, dependencies);
      for (const urn of urns) all.add(urn);
    }
    message.setDependenciesList([...all]);
    this.children.set(child.name, await this.register(message));
  }

  private providerOf(child: ConstructedChild): string {
    const own = child.provider === undefined ? undefined : this.children.get(child.provider);
    if (own !== undefined) return `${own.urn}::${own.id || UNKNOWN}`;
    return this.request.getProvidersMap().get(child.type.split(":")[0] ?? "") ?? "";
  }

  /** What the component's inputs that flow into this property depend on. */
  private taken({ takes }: ConstructedChild, property: string): string[] {
    const dependencies = this.request.getInputdependenciesMap();
    return (takes?.[property] ?? []).flatMap((input) => dependencies.get(input)?.getUrnsList() ?? []);
  }

  private urnsIn(value: Value): string[] {
    return childrenIn(value).flatMap((name) => this.children.get(name)?.urn ?? []);
  }

  private resolved(map: PropertyMap): PropertyMap {
    return resolve(map, (reference) => this.outputOf(reference)) as PropertyMap;
  }

  private outputOf({ $child, $output }: ChildOutput): Value {
    const child = this.children.get($child);
    if (child === undefined) throw new CloudError("Internal", `no child '${$child}' before its use`);
    // As the SDK of a component's own program sends it: the engine adds the package version.
    if ($output === "$ref") return { [SIG]: RESOURCE_SIG, urn: child.urn, id: child.id };
    if ($output === "id") return child.id || UNKNOWN;
    return atOutputPath(child.outputs, $output) ?? (this.request.getDryrun() ? UNKNOWN : null);
  }

  private register(message: RegisterResourceRequest): Promise<Registered> {
    return new Promise((done, failed) => {
      this.monitor.registerResource(message, (error: grpc.ServiceError | null, reply: RegisterResourceResponse) => {
        if (error !== null) failed(new Error(error.details));
        else done({ urn: reply.getUrn(), id: reply.getId(), outputs: fromStruct(reply.getObject()) });
      });
    });
  }

  private registerOutputs(urn: string, outputs: PropertyMap): Promise<void> {
    const message = new RegisterResourceOutputsRequest();
    message.setUrn(urn);
    message.setOutputs(toStruct(outputs));
    return new Promise((done, failed) => {
      this.monitor.registerResourceOutputs(message, (error: grpc.ServiceError | null) =>
        error === null ? done() : failed(new Error(error.details)),
      );
    });
  }
}
