/** What a program asks for: RegisterResource and ReadResource requests as plain data. */
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { CustomTimeouts, PropertyDependencies } from "../state/resource-state";
import { makeUrn } from "../values/urn";
import type { PropertyMap } from "../values/values";

/** A resource as declared. */
export interface Goal {
  readonly type: string;
  readonly name: string;
  readonly custom: boolean;
  /** Made by a provider's Construct. */
  readonly remote: boolean;
  readonly parent?: string;
  readonly inputs: PropertyMap;
  readonly dependencies: readonly string[];
  readonly propertyDependencies: PropertyDependencies;
  /** `<urn>::<id>`; absent lets the engine choose. */
  readonly provider?: string;
  /** Package to provider reference, for components. */
  readonly providers: Readonly<Record<string, string>>;
  /** Package version: names the default provider. */
  readonly version: string;
  /** Unset inherits the parent's. */
  readonly protect?: boolean;
  readonly retainOnDelete?: boolean;
  readonly deletedWith?: string;
  readonly deleteBeforeReplace?: boolean;
  readonly ignoreChanges: readonly string[];
  readonly replaceOnChanges: readonly string[];
  /** URNs the resource may have had, resolved. */
  readonly aliases: readonly string[];
  readonly additionalSecretOutputs: readonly string[];
  readonly customTimeouts: CustomTimeouts;
  readonly sourcePosition?: string;
}

/** A Struct as a plain property map. */
export function fromStruct(struct: Struct | undefined): PropertyMap {
  return (struct?.toJavaScript() ?? {}) as PropertyMap;
}

/** Reads a RegisterResource request. */
export function goalOf(request: RegisterResourceRequest, stack: string, project: string): Goal {
  const timeouts = request.getCustomtimeouts();
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    remote: request.getRemote(),
    parent: textOrNothing(request.getParent()),
    inputs: fromStruct(request.getObject()),
    dependencies: request.getDependenciesList(),
    propertyDependencies: propertyDependenciesOf(request),
    provider: textOrNothing(request.getProvider()),
    providers: Object.fromEntries(request.getProvidersMap().entries() as Iterable<[string, string]>),
    version: request.getVersion(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: textOrNothing(request.getDeletedwith()),
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    aliases: aliasesOf(request, stack, project),
    additionalSecretOutputs: [...new Set(request.getAdditionalsecretoutputsList())].sort(),
    customTimeouts: {
      create: textOrNothing(timeouts?.getCreate()),
      update: textOrNothing(timeouts?.getUpdate()),
      delete: textOrNothing(timeouts?.getDelete()),
    },
    sourcePosition: positionOf(request),
  };
}

/** What the request asks for that the sandbox does not have; docs/sandbox.md says why. */
export function unbuiltIn(request: RegisterResourceRequest): string[] {
  const hooks = Object.values(request.getHooks()?.toObject() ?? {}).flat();
  const asked = {
    "resource import": request.getImportid() !== "",
    replaceWith: request.getReplaceWithList().length > 0,
    replacementTrigger: request.hasReplacementTrigger(),
    transforms: request.getTransformsList().length > 0,
    "resource hooks": hooks.length > 0,
  };
  return Object.entries(asked).flatMap(([name, isAsked]) => (isAsked ? [name] : []));
}

function textOrNothing(text: string | undefined): string | undefined {
  return text === undefined || text === "" ? undefined : text;
}

function propertyDependenciesOf(request: RegisterResourceRequest): PropertyDependencies {
  const entries = request.getPropertydependenciesMap().entries() as Iterable<[string, { getUrnsList(): string[] }]>;
  return Object.fromEntries([...entries].map(([property, value]) => [property, value.getUrnsList()]));
}

/** Alias specs name what differs from today's identity: name, type, parent, project or stack. */
function aliasesOf(request: RegisterResourceRequest, stack: string, project: string): string[] {
  return request.getAliasesList().map((alias) => {
    const spec = alias.getSpec();
    if (spec === undefined) return alias.getUrn();
    const parent = spec.getNoparent()
      ? undefined
      : (textOrNothing(spec.getParenturn()) ?? textOrNothing(request.getParent()));
    return makeUrn(
      spec.getStack() || stack,
      spec.getProject() || project,
      parent,
      spec.getType() || request.getType(),
      spec.getName() || request.getName(),
    );
  });
}

/** `project:///stacks/index.ts#12,3`, as the state records it; nothing outside the project is named. */
function positionOf(request: RegisterResourceRequest): string | undefined {
  const position = request.getSourceposition();
  if (position === undefined || position.getUri() === "") return undefined;
  const root = `file://${process.cwd()}/`;
  const uri = position.getUri();
  if (!uri.startsWith(root)) return undefined;
  return `project:///${uri.slice(root.length)}#${position.getLine()},${position.getColumn()}`;
}
