/** An SDK's requests of the engine, read from its messages into plain data. */
import type {
  ReadResourceRequest,
  RegisterResourceRequest,
  ResourceInvokeRequest,
} from "@pulumi/pulumi/proto/resource_pb";
import type { Question } from "../engine/invoke";
import { goalWith, type Goal } from "../state/goal";
import type { CustomTimeouts, PropertyDependencies } from "../state/resource-state";
import { fromStruct } from "../property/struct";
import { makeUrn } from "../property/urn";

/** Reads a RegisterResource request; `stack` and `project` are those of the run: an alias may name others. */
export function goalOf(request: RegisterResourceRequest, stack: string, project: string): Goal {
  return {
    type: request.getType(),
    name: request.getName(),
    custom: request.getCustom(),
    parent: request.getParent() || undefined,
    inputs: fromStruct(request.getObject()),
    dependencies: [...new Set(request.getDependenciesList())],
    propertyDependencies: propertyDependenciesOf(request),
    provider: request.getProvider() || undefined,
    providers: Object.fromEntries(request.getProvidersMap().entries() as Iterable<[string, string]>),
    version: request.getVersion(),
    protect: request.hasProtect() ? request.getProtect() : undefined,
    retainOnDelete: request.hasRetainondelete() ? request.getRetainondelete() : undefined,
    deletedWith: request.getDeletedwith() || undefined,
    deleteBeforeReplace: request.getDeletebeforereplacedefined() ? request.getDeletebeforereplace() : undefined,
    ignoreChanges: request.getIgnorechangesList(),
    replaceOnChanges: request.getReplaceonchangesList(),
    aliases: aliasesOf(request, stack, project),
    additionalSecretOutputs: [...new Set(request.getAdditionalsecretoutputsList())].sort(),
    customTimeouts: timeoutsOf(request),
    sourcePosition: positionOf(request),
  };
}

/** Reads a ReadResource request. */
export function goalOfRead(request: ReadResourceRequest): Goal {
  return goalWith({
    type: request.getType(),
    name: request.getName(),
    custom: true,
    parent: request.getParent() || undefined,
    inputs: fromStruct(request.getProperties()),
    dependencies: [...new Set(request.getDependenciesList())],
    provider: request.getProvider() || undefined,
    version: request.getVersion(),
    additionalSecretOutputs: request.getAdditionalsecretoutputsList(),
  });
}

/** Reads an Invoke request. */
export function questionOf(request: ResourceInvokeRequest): Question {
  return {
    token: request.getTok(),
    args: fromStruct(request.getArgs()),
    provider: request.getProvider() || undefined,
    version: request.getVersion(),
  };
}

/** What the request needs that the sandbox does not have; docs/sandbox.md explains why. */
export function unsupportedIn(request: RegisterResourceRequest): string[] {
  const hooks = Object.values(request.getHooks()?.toObject() ?? {}).flat();
  const features = {
    "resource import": request.getImportid() !== "",
    replaceWith: request.getReplaceWithList().length > 0,
    replacementTrigger: request.hasReplacementTrigger(),
    transforms: request.getTransformsList().length > 0,
    "resource hooks": hooks.length > 0,
  };
  return Object.entries(features).flatMap(([name, isUsed]) => (isUsed ? [name] : []));
}

function timeoutsOf(request: RegisterResourceRequest): CustomTimeouts {
  const timeouts = request.getCustomtimeouts();
  const all = { create: timeouts?.getCreate(), update: timeouts?.getUpdate(), delete: timeouts?.getDelete() };
  const entries = Object.entries(all).flatMap(([when, text = ""]) => (text === "" ? [] : [[when, text] as const]));
  return Object.fromEntries(entries.map(([when, text]) => [when, secondsOf(text)]));
}

/** Seconds in each unit of a Go duration. Source: time.ParseDuration, which the engine reads these with. */
const UNITS: Readonly<Record<string, number>> = { ns: 1e-9, us: 1e-6, µs: 1e-6, ms: 1e-3, s: 1, m: 60, h: 3600 };
const DURATION = /^(?:\d+(?:\.\d*)?(?:ns|us|µs|ms|s|m|h))+$/;
const PART = /(\d+(?:\.\d*)?)(ns|us|µs|ms|s|m|h)/g;

/** Seconds of a duration such as `1h30m`. @throws Error in the engine's words when it is none. */
function secondsOf(text: string): number {
  if (!DURATION.test(text)) throw new Error(`unable to parse customTimeout Value ${text}`);
  return [...text.matchAll(PART)].reduce((sum, [, number, unit]) => sum + Number(number) * (UNITS[unit ?? ""] ?? 0), 0);
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
    const parent = spec.getNoparent() ? undefined : spec.getParenturn() || request.getParent() || undefined;
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
