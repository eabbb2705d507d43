/** What our engine asks the policy pack, as the recordings write it. */
import { AnalyzerClient } from "@pulumi/pulumi/proto/analyzer_grpc_pb";
import type * as proto from "@pulumi/pulumi/proto/analyzer_pb";
import { fromStruct } from "../../../sandbox/property/struct";
import { short, type Json } from "./recording";

const LEVELS = [undefined, "MANDATORY", "DISABLED", "REMEDIATE"] as const;

type Calls = Record<
  "analyze" | "remediate" | "analyzeStack" | "configure",
  (request: never, answer: unknown) => unknown
>;

/** Keeps every question; returns how to stop. */
export function listenToAnalyzer(asked: Json[]): () => void {
  const client = AnalyzerClient.prototype as unknown as Calls;
  const original: Calls = {
    analyze: client.analyze,
    remediate: client.remediate,
    analyzeStack: client.analyzeStack,
    configure: client.configure,
  };
  const listen = (name: keyof Calls, describe: (request: never) => Json): void => {
    client[name] = function (this: unknown, request, answer) {
      asked.push(describe(request));
      return original[name].call(this, request, answer);
    };
  };
  listen("analyze", (request: proto.AnalyzeRequest) => ({ method: "Analyze", ...question(request) }));
  listen("remediate", (request: proto.AnalyzeRequest) => ({ method: "Remediate", ...question(request) }));
  listen("configure", configuration);
  listen("analyzeStack", (request: proto.AnalyzeStackRequest) => ({
    method: "AnalyzeStack",
    resources: request
      .getResourcesList()
      .map(resource)
      .sort((left, right) => (String(left.urn) < String(right.urn) ? -1 : 1)),
  }));
  return () => void Object.assign(client, original);
}

type Object_ = { [key: string]: Json };

function question(request: proto.AnalyzeRequest | proto.AnalyzerResource): Object_ {
  const provider = request.getProvider();
  return {
    urn: short(request.getUrn()),
    properties: short(fromStruct(request.getProperties()), true),
    options: optionsOf(request.getOptions()),
    ...(provider === undefined
      ? {}
      : {
          provider: short({
            type: provider.getType(),
            properties: fromStruct(provider.getProperties()),
            urn: provider.getUrn(),
            name: provider.getName(),
          }),
        }),
  };
}

function resource(row: proto.AnalyzerResource): Object_ {
  const dependencies = [
    ...(row.getPropertydependenciesMap().entries() as Iterable<[string, { getUrnsList(): string[] }]>),
  ];
  return short({
    type: row.getType(),
    name: row.getName(),
    ...question(row),
    ...given({ parent: row.getParent(), dependencies: row.getDependenciesList() }),
    ...(dependencies.length === 0
      ? {}
      : {
          propertyDependencies: Object.fromEntries(
            dependencies.map(([property, urns]) => [property, { urns: urns.getUrnsList() }]),
          ),
        }),
  }) as Object_;
}

function optionsOf(options: proto.AnalyzerResourceOptions | undefined): Json {
  if (options === undefined) return null;
  return short({
    ...(options.hasCustomtimeouts() ? { customTimeouts: {} } : {}),
    ...given({
      parent: options.getParent(),
      protect: options.getProtect(),
      ignoreChanges: options.getIgnorechangesList(),
      deleteBeforeReplace: options.getDeletebeforereplace(),
      additionalSecretOutputs: options.getAdditionalsecretoutputsList(),
      aliases: options.getAliasesList(),
    }),
  });
}

/** Protobuf's JSON leaves out what is empty. */
function given(fields: Object_): Object_ {
  const isEmpty = (value: Json): boolean =>
    value === "" || value === false || (Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value)));
}

function configuration(request: proto.ConfigureAnalyzerRequest): Json {
  const policies = [...(request.getPolicyconfigMap().entries() as Iterable<[string, proto.PolicyConfig]>)];
  return {
    method: "Configure",
    policyConfig: Object.fromEntries(
      policies.map(([name, config]) => {
        const level = LEVELS[config.getEnforcementlevel()];
        return [
          name,
          {
            ...(level === undefined ? {} : { enforcementLevel: level }),
            properties: fromStruct(config.getProperties()),
          },
        ];
      }),
    ),
  };
}
