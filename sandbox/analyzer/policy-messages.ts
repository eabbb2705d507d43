/** Analyzer messages from the engine's own data. */
import * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { Goal } from "../state/goal";
import type { CustomTimeouts, ResourceState } from "../state/resource-state";
import { nameOf, splitReference } from "../property/urn";
import {
  equal,
  isObject,
  mapValue,
  RESOURCE_SIG,
  SIG,
  UNKNOWN,
  withoutBookkeeping,
  type PropertyMap,
  type Value,
} from "../property/values";

const LEVELS: Readonly<Record<string, proto.EnforcementLevel>> = {
  advisory: proto.EnforcementLevel.ADVISORY,
  mandatory: proto.EnforcementLevel.MANDATORY,
  remediate: proto.EnforcementLevel.REMEDIATE,
  disabled: proto.EnforcementLevel.DISABLED,
};

/** The wire's level for a name; an unknown name is mandatory, the safe side. */
export function levelOf(name: string): proto.EnforcementLevel {
  return LEVELS[name] ?? proto.EnforcementLevel.MANDATORY;
}

/** A policy gets a resource's id (its URN where it has none) in place of a reference: it could not read the envelope. */
export function readable(properties: Value): Value {
  return mapValue(properties, (value) => {
    if (!isReference(value)) return value;
    return value.id === "" ? UNKNOWN : (value.id ?? value.urn ?? null);
  });
}

/** The message's form of {@link readable}. */
export function analyzerStruct(properties: PropertyMap | undefined): Struct {
  return Struct.fromJavaScript(readable(properties ?? {}) as Record<string, never>);
}

/** What a remediation returned, with each reference back where the rule left its readable form as it was. */
export function withReferences(answered: Value, requested: Value | undefined): Value {
  if (requested === undefined) return answered;
  if (isReference(requested)) return equal(answered, readable(requested)) ? requested : answered;
  if (Array.isArray(answered) && Array.isArray(requested)) return withReferencesInList(answered, requested);
  if (!isObject(answered) || !isObject(requested)) return answered;
  return Object.fromEntries(
    Object.entries(answered).map(([key, value]) => [key, withReferences(value, requested[key])]),
  );
}

/** A rule may have put items in or taken some out: a reference is found wherever it stands now. */
function withReferencesInList(answered: readonly Value[], requested: readonly Value[]): Value {
  const meant = (item: Value, index: number): Value | undefined =>
    requested.find((one) => isReference(one) && equal(readable(one), item)) ?? requested[index];
  return answered.map((item, index) => withReferences(item, meant(item, index)));
}

function isReference(value: Value): value is PropertyMap {
  return isObject(value) && value[SIG] === RESOURCE_SIG;
}

/** The options of a declared resource. */
export function analyzerOptions(goal: Goal): proto.AnalyzerResourceOptions {
  const options = new proto.AnalyzerResourceOptions();
  options.setProtect(goal.protect ?? false);
  options.setIgnorechangesList([...goal.ignoreChanges]);
  options.setDeletebeforereplace(goal.deleteBeforeReplace ?? false);
  options.setDeletebeforereplacedefined(goal.deleteBeforeReplace !== undefined);
  options.setAdditionalsecretoutputsList([...goal.additionalSecretOutputs]);
  options.setParent(goal.parent ?? "");
  options.setCustomtimeouts(timeoutsOf(goal.customTimeouts));
  return options;
}

function timeoutsOf({ create = 0, update = 0, delete: deletion = 0 }: CustomTimeouts = {}) {
  const timeouts = new proto.AnalyzerResourceOptions.CustomTimeouts();
  timeouts.setCreate(create);
  timeouts.setUpdate(update);
  timeouts.setDelete(deletion);
  return timeouts;
}

/** The provider that serves a resource. */
export function analyzerProvider(resource: ResourceState): proto.AnalyzerProviderResource {
  const provider = new proto.AnalyzerProviderResource();
  provider.setType(resource.type);
  provider.setUrn(resource.urn);
  provider.setName(nameOf(resource.urn));
  provider.setProperties(analyzerStruct(withoutBookkeeping(resource.inputs ?? {})));
  return provider;
}

/** A live resource, with its outputs where it has any. */
export function analyzerResource(
  resource: ResourceState,
  all: ReadonlyMap<string, ResourceState>,
): proto.AnalyzerResource {
  const message = new proto.AnalyzerResource();
  message.setType(resource.type);
  message.setUrn(resource.urn);
  message.setName(nameOf(resource.urn));
  message.setProperties(analyzerStruct(resource.outputs ?? resource.inputs));
  message.setParent(resource.parent ?? "");
  message.setDependenciesList([...(resource.dependencies ?? [])]);
  const options = new proto.AnalyzerResourceOptions();
  options.setProtect(resource.protect ?? false);
  options.setIgnorechangesList([...(resource.ignoreChanges ?? [])]);
  options.setAdditionalsecretoutputsList([...(resource.additionalSecretOutputs ?? [])]);
  options.setParent(resource.parent ?? "");
  options.setCustomtimeouts(timeoutsOf(resource.customTimeouts));
  message.setOptions(options);
  const provider = resource.provider === undefined ? undefined : all.get(splitReference(resource.provider).urn);
  if (provider !== undefined) message.setProvider(analyzerProvider(provider));
  for (const [property, urns] of Object.entries(resource.propertyDependencies ?? {})) {
    if (urns.length === 0) continue;
    const dependencies = new proto.AnalyzerPropertyDependencies();
    dependencies.setUrnsList([...urns]);
    message.getPropertydependenciesMap().set(property, dependencies);
  }
  return message;
}
