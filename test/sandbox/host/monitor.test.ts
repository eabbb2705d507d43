/** Every method that an SDK's client can call answers, or is refused by name; what is said to be there is there. */
import * as pulumi from "@pulumi/pulumi";
import { EngineService } from "@pulumi/pulumi/proto/engine_grpc_pb";
import { ResourceMonitorService } from "@pulumi/pulumi/proto/resource_grpc_pb";
import * as providerMessages from "@pulumi/pulumi/proto/provider_pb";
import * as resourceMessages from "@pulumi/pulumi/proto/resource_pb";
import { getEngine } from "@pulumi/pulumi/runtime/settings";
import * as emptyMessages from "google-protobuf/google/protobuf/empty_pb";
import * as structMessages from "google-protobuf/google/protobuf/struct_pb";
import { describe, expect, it } from "vitest";
import { Deployment } from "../../../sandbox/engine/deployment";
import { Monitor, type Callback } from "../../../sandbox/host/monitor";
import { rejectUnsupported } from "../../../sandbox/host/unsupported";
import { Snapshot } from "../../../sandbox/state/snapshot";
import { graphOf } from "../../support/graph";

const METHODS = Object.keys(ResourceMonitorService);
const messages = {
  resource: resourceMessages,
  provider: providerMessages,
  empty: emptyMessages,
  struct: structMessages,
};

type Method = (request: unknown, callback: Callback<unknown>) => void;

function monitorWith(methods: readonly string[]): Record<string, Method> {
  const options = {
    operation: "preview" as const,
    stack: "dev",
    project: "lab",
    config: { "lab:size": "small", "lab:token": "hunter2" },
    secretKeys: ["lab:token"],
    packages: [],
  };
  const monitor = new Monitor(new Deployment(options, new Snapshot([])), messages);
  return rejectUnsupported(monitor, methods) as unknown as Record<string, Method>;
}

function requested<T>(method: string, request: unknown = {}, methods = METHODS): Promise<T> {
  return new Promise((resolve, reject) => {
    const callback: Callback<unknown> = (error, response) => (error === null ? resolve(response as T) : reject(error));
    monitorWith(methods)[method]?.(request, callback);
  });
}

const errorOf = (what: string): string =>
  `the sandbox does not have ${what}: docs/sandbox.md lists what is not built, and why`;

describe("the resource monitor", () => {
  it("has every method of the SDK's service", () => {
    const monitor = monitorWith(METHODS);
    expect(METHODS).toContain("registerResource");
    expect(METHODS.filter((name) => typeof monitor[name] !== "function")).toEqual([]);
  });

  it.each([
    ["call", "call"],
    ["registerPackage", "parameterized packages"],
    ["registerStackTransform", "transforms"],
    ["registerStackInvokeTransform", "invoke transforms"],
    ["registerResourceHook", "resource hooks"],
    ["registerErrorHook", "error hooks"],
  ])("refuses %s by name", async (method, what) => {
    await expect(requested(method)).rejects.toThrow(errorOf(what));
  });

  it("refuses a method that a newer SDK has, as a server does that lacks it", async () => {
    await expect(requested("existsResource", {}, [...METHODS, "existsResource"])).rejects.toMatchObject({
      message: errorOf("the method existsResource"),
      code: 12,
    });
  });

  it.each([
    ["secrets", true],
    ["resourceReferences", true],
    ["outputValues", true],
    ["deletedWith", true],
    ["aliasSpecs", true],
    ["replaceWith", false],
    ["transforms", false],
    ["invokeTransforms", false],
    ["parameterization", false],
    ["resourceHooks", false],
    ["errorHooks", false],
    ["what nobody has heard of", false],
  ])("says of feature %s: %s", async (id, isThere) => {
    const request = new resourceMessages.SupportsFeatureRequest();
    request.setId(id);
    const response = await requested<resourceMessages.SupportsFeatureResponse>("supportsFeature", request);
    expect(response.getHassupport()).toBe(isThere);
  });

  it("tells a newer SDK the same features at once, with the stack that is run", async () => {
    const info = await requested<resourceMessages.DeploymentInfo>("getDeploymentInfo");
    const features = resourceMessages.ResourceMonitorFeature;
    expect(new Set(info.getSupportedfeaturesList())).toEqual(
      new Set([
        features.RESOURCE_MONITOR_FEATURE_SECRETS,
        features.RESOURCE_MONITOR_FEATURE_RESOURCE_REFERENCES,
        features.RESOURCE_MONITOR_FEATURE_OUTPUT_VALUES,
        features.RESOURCE_MONITOR_FEATURE_DELETED_WITH,
        features.RESOURCE_MONITOR_FEATURE_ALIAS_SPECS,
      ]),
    );
    expect(info.toObject()).toMatchObject({
      project: "lab",
      stack: "dev",
      organization: "organization",
      dryrun: true,
      configsecretkeysList: ["lab:token"],
    });
  });
});

describe("the engine's own service", () => {
  it("is called by no program: the SDK makes no client of it, and asking for a version of the CLI succeeds", async () => {
    let engine: unknown = "not asked";
    const graph = await graphOf(
      async () => {
        engine = getEngine();
        await pulumi.requirePulumiVersion(">=3.0.0");
      },
      { packages: [] },
    );
    expect(Object.keys(EngineService)).toContain("requirePulumiVersion");
    expect([engine, graph.exitCode]).toEqual([undefined, 0]);
  });
});

describe("a program that uses what is not built", () => {
  it.each([
    ["transforms", () => pulumi.runtime.registerResourceTransform(() => undefined)],
    ["resource hooks", () => new pulumi.ResourceHook("before", () => undefined)],
    ["error hooks", () => new pulumi.ErrorHook("retry", () => false)],
  ])("is told so, not to update a CLI: %s", async (what, use) => {
    const graph = await graphOf(() => void use(), { packages: [], allowErrors: true });
    expect(graph.exitCode).toBe(1);
    expect(graph.diagnostics.map(({ message }) => message)).toContain(errorOf(what));
  });
});
